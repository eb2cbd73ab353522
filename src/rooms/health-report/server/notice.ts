import type { WriteContext } from '../../../platform/context/context.ts'
import { mustBeToldFirst } from '../../alert/server/index.ts'
import { sendMessage } from '../../message/server/index.ts'
import { openWay } from '../../patient-access/server/index.ts'
import { reportProblem } from '../contract/problems.ts'
import { lockSeen } from './composition.ts'
import { updateComposition } from './composition-store.ts'

/** As long as the message says. */
const LINK_DAYS = 14

/**
 * Tells the person that the report can be read: only when somebody of the staff says so, and never before a class A result
 * was told by a human. Told once.
 */
export async function tellPatient(ctx: WriteContext, compositionId: string): Promise<{ notifiedAt: string }> {
  const row = await lockSeen(ctx, compositionId)
  if (row.state !== 'issued') throw reportProblem('ReportNotIssued')
  if (await mustBeToldFirst(ctx, row.patient_id)) throw reportProblem('AlertStillOpen')
  if (row.notified_at) return { notifiedAt: row.notified_at.toISOString() }
  const at = ctx.clock.now()
  const { link } = await openWay(ctx, row.patient_id, { page: `/my/report/${row.id}`, days: LINK_DAYS })
  await sendMessage(ctx, {
    patientId: row.patient_id,
    template: 'report-issued',
    touch: `report-issued:${row.id}`,
    values: { link },
    source: 'health-report',
    sourceKey: row.id,
  })
  await updateComposition(ctx.tx, row, { notified_by_name: ctx.actor.name, notified_at: at })
  return { notifiedAt: at.toISOString() }
}
