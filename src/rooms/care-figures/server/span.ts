import { addDays, daysBetween, instantAt } from '../../../platform/clock.ts'
import type { Tenant } from '../../../platform/context/context.ts'
import { SPAN_MAX_DAYS } from '../contract/care-figures.ts'
import { careFigureProblem } from '../contract/problems.ts'

export interface Span {
  from: string
  until: string
  /** From this instant, up to that one. */
  at: Date
  to: Date
}

const DAYS = 30

export function spanOf({ timeZone }: Pick<Tenant, 'timeZone'>, from: string, until: string): Span {
  return { from, until, at: instantAt(from, 0, timeZone), to: instantAt(addDays(until, 1), 0, timeZone) }
}

/** The span asked for, or the last thirty days. @throws Problem CareSpanTooLong */
export function askedSpan(
  ctx: { tenant: Tenant; today: string },
  asked: { from?: string | undefined; until?: string | undefined },
): Span {
  const until = asked.until ?? ctx.today
  const from = asked.from ?? addDays(until, 1 - DAYS)
  const days = daysBetween(from, until)
  if (days < 0 || days >= SPAN_MAX_DAYS)
    throw careFigureProblem('CareSpanTooLong', { days: SPAN_MAX_DAYS }, 'query.until')
  return spanOf(ctx.tenant, from, until)
}
