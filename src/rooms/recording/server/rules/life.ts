import type { RecordingClass, RecordingState, SubjectKind } from '../../contract/words.ts'

const SECOND_MS = 1000
const HOUR_MS = 3600 * SECOND_MS

/** Nothing heard of for so long: the browser is gone, and the house closes the recording. */
const SILENT_AFTER_MS = 120 * SECOND_MS
/** Pieces that waited for the line may still come for so long, and the person may still say no. */
const LATE_MS = 24 * HOUR_MS
/** A call without a name that was cut off may be gone on with for so long. */
const CUT_OFF_MS = 1800 * SECOND_MS
/** A play opens the sound for so long. */
const PLAY_MS = 4 * HOUR_MS

export const CLASS_OF: Readonly<Record<SubjectKind, RecordingClass>> = {
  'follow-up': 'follow-up',
  interpretation: 'interpretation',
  other: 'service',
}

export interface Life {
  state: RecordingState
  begunAt: Date
}

/** Why nothing more can be added to a recording; undefined when it can. */
export function closedTo({ state, begunAt }: Life, now: Date): 'stopped' | 'over' | undefined {
  if (state === 'refused' || state === 'withdrawn') return 'stopped'
  if (state === 'recording' || state === 'interrupted') return isLate(begunAt, now) ? 'over' : undefined
  return 'over'
}

/** Whether somebody may still say that they do not want it: while it runs, and for a day from its beginning. */
export function mayWithdraw({ state, begunAt }: Life, now: Date): boolean {
  return ['recording', 'interrupted', 'ended'].includes(state) && !isLate(begunAt, now)
}

const isLate = (begunAt: Date, now: Date) => now.getTime() - begunAt.getTime() > LATE_MS

/** What was cut off and begun before then gets no more pieces. */
export const silentDay = (now: Date) => new Date(now.getTime() - LATE_MS)
/** Open recordings of which nothing was heard since then were cut off. */
export const silentBefore = (now: Date) => new Date(now.getTime() - SILENT_AFTER_MS)
/** What was cut off before then is another call: nobody rings back that late without saying so. */
export const cutOffSince = (now: Date) => new Date(now.getTime() - CUT_OFF_MS)
export const playEndsAt = (now: Date) => new Date(now.getTime() + PLAY_MS)

/** How many pieces were spoken and are not there. @param expected as the browser counted at the end; null: nobody did */
export function missingCount(pieces: number, last: number | null, expected: number | null): number {
  return Math.max(0, Math.max(expected ?? 0, last === null ? 0 : last + 1) - pieces)
}

/** Times at which pieces are missing, from the beginning of what is there. @param rows in their order */
export function gapsMs(rows: readonly { number: number; durationMs: number }[]): number[] {
  const gaps: number[] = []
  let at = 0
  let next = 0
  for (const { number, durationMs } of rows) {
    if (number > next) gaps.push(at)
    next = number + 1
    at += durationMs
  }
  return gaps
}

/** The loudest of each quarter of a second as a browser writes it; what is no figure is silence. */
export function readPeaks(text: string): Buffer {
  if (text === '') return Buffer.alloc(0)
  return Buffer.from(text.split(',').map((one) => Math.min(100, Math.max(0, Math.round(Number(one)) || 0))))
}
