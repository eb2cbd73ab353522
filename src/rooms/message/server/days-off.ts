import type { ReadContext } from '../../../platform/context/context.ts'
import { settingsOf } from '../../organization/server/index.ts'
import type { DayRule } from '../contract/rule.ts'
import { readSendRules } from './rule.ts'
import { dayState } from './rules/send-window.ts'

/**
 * Which dates are days of work for something that is no message, such as calls, by the table of days off that the
 * organization knows. A year without a table goes by the days of the week alone.
 */
export async function workingDays(ctx: ReadContext, rule: DayRule): Promise<(date: string) => boolean> {
  const { general } = await settingsOf(ctx)
  const { holidays } = await readSendRules(ctx, general)
  const days = { hours: general.callHours, rule, waitsForTable: false }
  return (date) => dayState(date, days, holidays) === 'open'
}
