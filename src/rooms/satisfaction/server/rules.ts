import type { SatisfactionPolicy } from '../contract/rule.ts'
import type { LeftOut, VisitClass, VisitKind } from '../contract/words.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** What is longer ago is not asked about: nobody remembers, and a file that was read in late is no visit of today. */
export const LOOK_BACK_DAYS = 10

export interface Visit {
  kind: VisitKind
  id: string
  patientId: string
  class: VisitClass
  department: string
  closedAt: Date
  correctsId: string | null
}

/** Since when visits count: nothing from before the switch, nothing that is long ago. */
export const countsSince = (onSince: Date, now: Date): Date =>
  new Date(Math.max(onSince.getTime(), now.getTime() - LOOK_BACK_DAYS * DAY_MS))

export const askAt = ({ closedAt }: Pick<Visit, 'closedAt'>, { waitHours }: SatisfactionPolicy): Date =>
  new Date(closedAt.getTime() + waitHours * HOUR_MS)

/** What is known of a person at the moment of asking. */
export interface Known {
  isActive: boolean
  inHospital: boolean
  openAlert: boolean
  openComplaint: boolean
  /** When they were asked last, about whatever visit. */
  lastAsked: Date | null
  /** Visits that were decided of under a former version of their row. */
  decided: ReadonlySet<string>
}

/**
 * What becomes of each visit of one person whose time has come: the newest is asked about where nothing speaks against it,
 * all others are left out, each with why. Nobody is asked twice about one stay, however it was recorded.
 */
export function decide(
  visits: readonly Visit[],
  known: Known,
  { gapDays }: SatisfactionPolicy,
  now: Date,
): { visit: Visit; reason: LeftOut | null }[] {
  const fresh = visits.filter(({ correctsId }) => !correctsId || !known.decided.has(correctsId))
  const newest = fresh.toSorted((a, b) => b.closedAt.getTime() - a.closedAt.getTime() || (a.id < b.id ? -1 : 1))[0]
  const against = obstacle(known, gapDays, now)
  return visits.map((visit) => ({
    visit,
    reason: !fresh.includes(visit) ? 'corrected' : visit === newest ? against : (against ?? 'same-time'),
  }))
}

function obstacle(known: Known, gapDays: number, now: Date): LeftOut | null {
  if (!known.isActive) return 'gone'
  if (known.inHospital) return 'in-hospital'
  if (known.openAlert) return 'open-alert'
  if (known.openComplaint) return 'open-complaint'
  const isRecent = known.lastAsked !== null && now.getTime() - known.lastAsked.getTime() < gapDays * DAY_MS
  return isRecent ? 'recent' : null
}
