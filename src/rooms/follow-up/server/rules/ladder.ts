import { CHANNELS, type Channel } from '../../../message/contract/words.ts'

const isKnown = (channel: string): channel is Channel => (CHANNELS as readonly string[]).includes(channel)

/** The first channel of a step's ladder that this house has; undefined leaves it to the template. */
export function firstRung(ladder: readonly string[] | undefined): Channel | undefined {
  return ladder?.find(isKnown)
}

/** The channel to try once one has failed; undefined at the end of the ladder. */
export function nextRung(ladder: readonly string[] | undefined, failed: string): Channel | undefined {
  const at = ladder?.indexOf(failed) ?? -1
  return at < 0 ? undefined : ladder!.slice(at + 1).find(isKnown)
}
