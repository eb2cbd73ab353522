import type { T } from '../../../platform/web/index.ts'
import type { RowPlan } from '../contract/setting.ts'

/** A row's plan as it is edited: the months as text, several with commas. */
export interface PlanValues {
  act: RowPlan['act']
  months?: string
  then?: 'repeat' | 'doctor'
}

/** 复查 6、12、24，由医生决定 */
export function planWords(t: T, plan: RowPlan | undefined): string {
  if (!plan) return ''
  if (plan.act !== 'recheck') return t(`setting.act.${plan.act}`)
  const spans = plan.months.map((upTo, at) => (plan.earliest ? `${plan.earliest[at]}–${upTo}` : String(upTo)))
  const then = t(plan.then === 'repeat' ? 'setting.thenRepeat' : 'setting.thenDoctor')
  return t('setting.planWords', { months: spans.join(' / '), then })
}

export function planValues(plan: RowPlan): PlanValues {
  if (plan.act !== 'recheck') return { act: plan.act }
  const spans = plan.months.map((upTo, at) => (plan.earliest ? `${plan.earliest[at]}-${upTo}` : String(upTo)))
  return { act: 'recheck', months: spans.join(', '), then: plan.then }
}

/** `6-12, 24` → a window and a single month; undefined where it does not read as months. */
export function planOf({ act, months = '', then = 'repeat' }: PlanValues): RowPlan | undefined {
  if (act !== 'recheck') return { act }
  const spans = months
    .split(/[,，、/\s]+/)
    .filter(Boolean)
    .map((part) => /^(\d{1,3})(?:[-–~](\d{1,3}))?$/.exec(part))
  if (spans.length === 0 || spans.some((one) => one === null)) return undefined
  const upTo = spans.map((one) => Number(one![2] ?? one![1]))
  const from = spans.map((one) => Number(one![1]))
  const hasWindow = from.some((month, at) => month !== upTo[at])
  return { act, months: upTo, then, ...(hasWindow ? { earliest: from } : {}) }
}
