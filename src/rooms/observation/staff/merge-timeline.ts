import type { TimelineEntry } from '../contract/timeline.ts'

export interface Told extends TimelineEntry {
  /** Which source told it, and the room whose words it uses. */
  source: string
  room: string
}

/** How far a source has been read: what it has told and is not shown yet, and where it goes on; null when it has told all. */
export interface SourceState {
  source: string
  room: string
  waiting: Told[]
  cursor: string | null | undefined
}

export interface MergedPage {
  rows: Told[]
  states: SourceState[]
  /** Sources that did not answer; the others are shown. */
  silent: string[]
}

export type Ask = (
  source: string,
  cursor: string | undefined,
) => Promise<{ rows: TimelineEntry[]; next: string | null }>

/**
 * The next entries of all sources in one order, newest first. Each source pages for itself; an entry is shown only
 * when every other source has told something older or has come to its end, so nothing appears out of place later.
 */
export async function nextEntries(states: readonly SourceState[], ask: Ask, limit: number): Promise<MergedPage> {
  const now = states.map((state) => ({ ...state, waiting: [...state.waiting] }))
  const rows: Told[] = []
  const silent: string[] = []
  while (rows.length < limit) {
    await Promise.all(now.map((state) => refill(state, ask, silent)))
    const next = now.filter(({ waiting }) => waiting.length > 0).toSorted(byNewestHead)[0]
    if (!next) break
    rows.push(next.waiting.shift()!)
  }
  return { rows, states: now, silent }
}

async function refill(state: SourceState, ask: Ask, silent: string[]): Promise<void> {
  while (state.waiting.length === 0 && state.cursor !== null) {
    try {
      const page = await ask(state.source, state.cursor)
      state.waiting = page.rows.map((entry) => ({ ...entry, source: state.source, room: state.room }))
      state.cursor = page.next
    } catch {
      silent.push(state.source)
      state.cursor = null
    }
  }
}

function byNewestHead(a: SourceState, b: SourceState): number {
  const [left, right] = [a.waiting[0]!, b.waiting[0]!]
  return left.at === right.at ? (left.id < right.id ? 1 : -1) : left.at < right.at ? 1 : -1
}

export const hasMore = (states: readonly SourceState[]): boolean =>
  states.some(({ waiting, cursor }) => waiting.length > 0 || cursor !== null)
