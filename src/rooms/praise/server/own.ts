import { addDays } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import type { myPraise } from '../contract/praise.ts'
import './table.ts'

const SHOWN_DAYS = 60
const SHOWN = 3

/** What the person has reached lately, newest first. */
export async function showOwnPraise(ctx: ReadContext): Promise<AnswerOf<typeof myPraise>> {
  const rows = await ctx.db
    .selectFrom('praise')
    .select(['milestone', 'on_date as on', 'days'])
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', ownPatientId(ctx))
    .where('on_date', '>', addDays(ctx.today, -SHOWN_DAYS))
    .orderBy('on_date', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute()
  return { rows }
}
