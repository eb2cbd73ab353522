import type { Bilingual, Endpoint } from '../../../platform/contract/index.ts'
import { useLocale, type T, type Tone } from '../../../platform/web/index.ts'
import { listTasks } from '../../task/contract/task.ts'
import { getWorkbench } from '../../task/contract/workbench.ts'
import { countVisits, listVisits } from '../contract/list.ts'
import type { Interval, Margin } from '../contract/protocol.ts'
import type { SpreadRule } from '../contract/spread.ts'
import { listRuns } from '../contract/run.ts'
import { getVisit } from '../contract/visit.ts'
import { EXIT_REASONS, type OccurrenceState, type VisitClass } from '../contract/words.ts'

/** What any act on a follow-up may change. */
export const CHANGED_BY_ACT: readonly Pick<Endpoint, 'name'>[] = [
  listVisits,
  countVisits,
  getVisit,
  listRuns,
  listTasks,
  getWorkbench,
]

/** Words of content in the reader's language. */
export function useSaid(): (text: Bilingual) => string {
  const locale = useLocale()
  return (text) => (locale === 'en' ? text.en : text.zh)
}

/** Lines that have words of their own; any other is called by its first step. */
const lineOf = (track: string) => (track === 'visit' || track === 'health-check' ? track : 'other')
interface Quota {
  track: string
  way: 'face-to-face' | 'phone' | 'any'
  perYear: number
}

/** 面对面随访 2/4 次 */
export function quotaWords(t: T, said: (text: Bilingual) => string, quota: Quota & { done: number; name: Bilingual }) {
  const { track, way, done, perYear: count, name } = quota
  return t(`quota.${lineOf(track)}`, { way: t(`stepWay.${way}`), done, count, name: said(name) })
}

/** 面对面随访 4 次 */
export const quotaRuleWords = (t: T, name: string, { track, way, perYear: count }: Quota) =>
  t(`quotaRule.${lineOf(track)}`, { way: t(`stepWay.${way}`), count, name })

export const STATE_TONES: Record<OccurrenceState, Tone> = {
  planned: 'plain',
  due: 'due',
  done: 'good',
  'done-late': 'good',
  missed: 'danger',
  cancelled: 'plain',
}

export const CLASS_TONES: Record<VisitClass, Tone> = {
  satisfied: 'good',
  unsatisfied: 'due',
  'adverse-reaction': 'due',
  complication: 'danger',
  normal: 'good',
  abnormal: 'due',
}

/** As people write them. */
export const SIGNS = { '<': '<', '<=': '≤', '=': '=', '>=': '≥', '>': '>' } as const

export function intervalWords(t: T, { days, months }: Interval): string {
  if (months) return months === 12 ? t('interval.year') : t('interval.months', { count: months })
  return t('interval.days', { count: days ?? 0 })
}

export function marginWords(t: T, margin: Margin): string {
  return 'days' in margin
    ? t('interval.days', { count: margin.days })
    : t('interval.percent', { count: margin.percent })
}

/** Reasons the house itself gives; others are a person's own words. */
const HOUSE_REASONS = new Set<string>([...EXIT_REASONS, 'finished', 're-anchored', 're-planned', 'in-hospital'])

export function reasonWords(t: T, reason: string): string {
  return HOUSE_REASONS.has(reason) ? t(`cancelled.${reason}`) : reason
}

/** 每天最多 50 位开始 */
export function spreadWords(t: T, spread: SpreadRule): string {
  return 'perDay' in spread
    ? t('spread.perDay', { count: spread.perDay })
    : t('spread.overDays', { count: spread.overDays })
}
