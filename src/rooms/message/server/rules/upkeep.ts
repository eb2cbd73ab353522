/** Whoever keeps a template hears of its end so many days before, and again this near to it. */
export const SOON_DAYS = 30
const STAGES_DAYS = [14, 3, 0] as const

export interface Upkeep {
  reviewOn: string | null
  expiresOn: string | null
}

/** `expired`: not sent any more. `soon`: ends within a month. `due`: the day of review has come. */
export type UpkeepState = 'fine' | 'due' | 'soon' | 'expired'

export function upkeepOf({ reviewOn, expiresOn }: Upkeep, today: string): UpkeepState {
  if (expiresOn && expiresOn <= today) return 'expired'
  if (expiresOn && daysBetween(today, expiresOn) <= SOON_DAYS) return 'soon'
  return reviewOn && reviewOn <= today ? 'due' : 'fine'
}

/** What its keeper is told of today; each stage once, since it is part of the key. */
export function alarmOf(
  { reviewOn, expiresOn }: Upkeep,
  today: string,
): { kind: 'ends' | 'review'; stage: string } | undefined {
  const days = expiresOn ? daysBetween(today, expiresOn) : undefined
  const stage = days === undefined ? undefined : STAGES_DAYS.findLast((most) => days <= most)
  if (stage !== undefined) return { kind: 'ends', stage: `${expiresOn}:${stage}` }
  return reviewOn && reviewOn <= today ? { kind: 'review', stage: reviewOn } : undefined
}

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
