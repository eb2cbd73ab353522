import { addMonths, addDays, daysBetween } from '../../../../platform/clock.ts'
import type { RowPlan, SettingDefinition } from '../../contract/setting.ts'
import type { Waiting } from '../../contract/words.ts'

/** What is to be done about a nodule now. */
export type Plan = { waiting: Waiting; recheck: null } | { waiting: Waiting | null; recheck: PlannedRecheck }

export interface PlannedRecheck {
  kind: 'recheck' | 'refer'
  source: 'radiologist' | 'guideline' | 'physician'
  anchorOn: string
  months: number | null
  fromOn: string
  dueOn: string
  words: string
}

export interface Standing {
  /** The newest scan that stands. */
  scan: { on: string; gone: boolean; radiologist: { months: number | null; on: string | null; words: string } | null }
  /** Its settled category, as the row of the guideline it falls into; null row where the guideline has none for it. */
  settled: { row: string | null; since: string } | null
  /** A physician's own day for this scan. */
  physician: { dueOn: string; words: string } | null
  setting: SettingDefinition | null
}

/** Days after which a physician is asked again for what waits. */
export const WAITING_DAYS = 7
/** A recheck may be arranged so many days before its day where nothing else is set. */
const WINDOW_DAYS = 14

/**
 * A physician's own word first, then the radiologist's interval, then the guideline of the clinic, all counted from the
 * day of the scan. Where none of them gives a day, a physician has to: nothing ends by itself.
 */
export function planOf({ scan, settled, physician, setting }: Standing): Plan {
  const ungraded: Waiting | null = settled || scan.gone ? null : 'grade'
  const windowDays = setting?.windowDays ?? WINDOW_DAYS
  if (physician)
    return {
      waiting: ungraded,
      recheck: {
        ...span(scan.on, physician.dueOn, windowDays),
        kind: 'recheck',
        source: 'physician',
        months: null,
        words: physician.words,
      },
    }
  if (scan.radiologist) {
    const { months, on, words } = scan.radiologist
    const dueOn = on ?? addMonths(scan.on, months ?? 0)
    return {
      waiting: ungraded,
      recheck: {
        ...span(scan.on, dueOn, windowDays),
        kind: months === 0 ? 'refer' : 'recheck',
        source: 'radiologist',
        months,
        words,
      },
    }
  }
  if (scan.gone) return { waiting: 'interval', recheck: null }
  if (!settled) return { waiting: 'grade', recheck: null }
  if (!setting) return { waiting: 'setting', recheck: null }
  const plan = settled.row === null ? undefined : setting.rows[settled.row]
  const recheck = plan ? byGuideline(plan, scan.on, settled.since, setting) : null
  return recheck ? { waiting: null, recheck } : { waiting: 'interval', recheck: null }
}

function byGuideline(plan: RowPlan, on: string, since: string, setting: SettingDefinition): PlannedRecheck | null {
  if (plan.act === 'refer') {
    const dueOn = addDays(on, setting.referDays)
    return { kind: 'refer', source: 'guideline', anchorOn: on, months: null, fromOn: on, dueOn, words: '' }
  }
  if (plan.act !== 'recheck') return null
  const next = nextStep(plan, since, on)
  if (!next) return null
  const { anchorOn, months, earliest } = next
  const dueOn = addMonths(anchorOn, months)
  const fromOn =
    earliest === null ? later(addDays(dueOn, -setting.windowDays), on) : later(addMonths(anchorOn, earliest), on)
  return { kind: 'recheck', source: 'guideline', anchorOn, months, fromOn, dueOn, words: '' }
}

/** A scan that comes up to a month early is still the scan that was due. */
const EARLY_DAYS = 31

/**
 * The next of a guideline's times: counted from the scan that first showed the category, `since`, while its list lasts.
 * @returns null when the list is done and a physician decides what follows
 */
export function nextStep(
  { months, earliest, then }: Extract<RowPlan, { act: 'recheck' }>,
  since: string,
  on: string,
): { anchorOn: string; months: number; earliest: number | null } | null {
  // One interval again and again is counted from the newest scan; a list of times from the scan that began it.
  if (months.length === 1 && then === 'repeat')
    return { anchorOn: on, months: months[0]!, earliest: earliest?.[0] ?? null }
  for (const [at, upTo] of months.entries()) {
    const opens = earliest?.[at] ?? upTo
    if (daysBetween(on, addMonths(since, opens)) > EARLY_DAYS)
      return { anchorOn: since, months: upTo, earliest: earliest?.[at] ?? null }
  }
  if (then === 'doctor') return null
  const last = months.at(-1)!
  return { anchorOn: on, months: last - (months.at(-2) ?? 0), earliest: null }
}

function span(anchorOn: string, dueOn: string, windowDays: number) {
  const due = later(dueOn, anchorOn)
  return { anchorOn, fromOn: later(addDays(due, -windowDays), anchorOn), dueOn: due }
}

function later(a: string, b: string): string {
  return a > b ? a : b
}

/** So many days between reminders of a recheck that is late: ever more rarely, and never none. */
const SPACING_DAYS = [7, 14, 28]

export function nextReminderOn(today: string, level: number): string {
  return addDays(today, SPACING_DAYS[Math.min(level, SPACING_DAYS.length) - 1] ?? SPACING_DAYS[0]!)
}
