import type { ReadContext } from '../context/context.ts'
import type { FactBook } from './book.ts'
import type { EvaluationMoment } from './fact.ts'

/** What a condition is compiled on: the kinds of this house, and the moment. */
export interface Ground extends EvaluationMoment {
  facts: FactBook
}

export function groundOf(ctx: Pick<ReadContext, 'organizationId' | 'clock' | 'today' | 'tenant' | 'facts'>): Ground {
  return {
    organizationId: ctx.organizationId,
    now: ctx.clock.now(),
    today: ctx.today,
    timeZone: ctx.tenant.timeZone,
    facts: ctx.facts,
  }
}
