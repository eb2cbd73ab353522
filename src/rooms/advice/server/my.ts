import { dateIn } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import type { myAdvice } from '../contract/my.ts'
import { findGiven } from './given-store.ts'

/** The person's own advice that stands; what was taken back is gone for them. */
export async function showOwn(ctx: ReadContext): Promise<AnswerOf<typeof myAdvice>> {
  const rows = await findGiven(ctx.db, ctx.organizationId, ownPatientId(ctx), { standing: true, most: 100 })
  return {
    rows: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      text: row.text,
      source: row.source,
      givenOn: dateIn(row.given_at, ctx.tenant.timeZone),
      givenBy: row.given_by_name,
    })),
  }
}
