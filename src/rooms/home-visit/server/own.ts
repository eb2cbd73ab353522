import type { WriteContext } from '../../../platform/context/context.ts'
import { homeVisitProblem } from '../contract/problems.ts'
import { lockVisit, type VisitRow } from './store.ts'
import { requireVisit } from './view.ts'

/** A visit this member of staff has made, locked. @throws Problem HomeVisitUnknown, HomeVisitNotYours, HomeVisitError */
export async function own(ctx: WriteContext, id: string, also?: 'also those in error'): Promise<VisitRow> {
  await requireVisit(ctx, id)
  const row = (await lockVisit(ctx.tx, ctx.organizationId, id))!
  if (row.staff_id !== ctx.actor.id) throw homeVisitProblem('HomeVisitNotYours', { name: row.staff_name })
  if (row.state === 'error' && !also) throw homeVisitProblem('HomeVisitError')
  return row
}
