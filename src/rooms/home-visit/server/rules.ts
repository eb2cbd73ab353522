import { addDays } from '../../../platform/clock.ts'
import { LATE_DAYS_MAX, VISIT_HOURS_MAX, type VisitContent } from '../contract/words.ts'

/** Clocks of phones differ; what is a few minutes ahead was now. */
const AHEAD_MS = 10 * 60_000

export type Fault =
  | 'HomeVisitInFuture'
  | 'HomeVisitTooLate'
  | 'HomeVisitLeftBefore'
  | 'HomeVisitTooLong'
  | 'HomeVisitSeenMissing'
  | 'HomeVisitNobodyThere'
  | 'HomeVisitPlaceUnknown'

export interface Judged {
  code: Fault
  field: keyof VisitContent
}

export interface Times {
  now: Date
  /** The organization's date now. */
  today: string
  /** The organization's date of an instant. */
  dayOf: (at: Date) => string
}

/** What is wrong with what was written of a visit; undefined: nothing. @param isKnown whether an address of this person stands */
export function faultOf(content: VisitContent, { now, today, dayOf }: Times, isKnown: boolean): Judged | undefined {
  const [arrived, left] = [new Date(content.arrivedAt), new Date(content.leftAt)]
  if (arrived.getTime() > now.getTime() + AHEAD_MS) return { code: 'HomeVisitInFuture', field: 'arrivedAt' }
  if (left.getTime() > now.getTime() + AHEAD_MS) return { code: 'HomeVisitInFuture', field: 'leftAt' }
  if (dayOf(arrived) < addDays(today, -LATE_DAYS_MAX)) return { code: 'HomeVisitTooLate', field: 'arrivedAt' }
  if (left < arrived) return { code: 'HomeVisitLeftBefore', field: 'leftAt' }
  if (left.getTime() - arrived.getTime() > VISIT_HOURS_MAX * 3_600_000)
    return { code: 'HomeVisitTooLong', field: 'leftAt' }
  if (content.place === 'known' && !isKnown) return { code: 'HomeVisitPlaceUnknown', field: 'place' }
  if (content.outcome !== 'seen') return undefined
  if (content.present.length === 0) return { code: 'HomeVisitNobodyThere', field: 'present' }
  if (content.seen.length < 2) return { code: 'HomeVisitSeenMissing', field: 'seen' }
  return undefined
}

/** Children under 14 do not say yes to photos for themselves. */
export const needsGuardian = (ageYears: number | null): boolean => ageYears !== null && ageYears < 14

/** The same content in the same words, whatever the order of its fields: what is compared when something is sent again. */
export function sameWords(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sameWords).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${sameWords(one)}`).join()}}`
}

export const minutesOf = (arrivedAt: Date, leftAt: Date): number =>
  Math.round((leftAt.getTime() - arrivedAt.getTime()) / 60_000)
