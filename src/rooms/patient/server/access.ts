import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Transaction } from '../../../platform/database/database.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { visibleTo } from './scope.ts'
import { findPatient, lockPatientRow, type NamedPatientRow, type PatientRow } from './store.ts'

/**
 * Opens a person's file to a member of staff beyond their own customers: a hand-over, a leave. Opening again changes
 * the reason and the end.
 */
export async function grantAccess(
  ctx: WriteContext,
  patientId: string,
  staffId: string,
  because: string,
  until: Date | null = null,
): Promise<void> {
  const values = { because, granted_by: ctx.actor.id, granted_at: ctx.clock.now(), until }
  await ctx.tx
    .insertInto('patient_access')
    .values({ organization_id: ctx.organizationId, patient_id: patientId, staff_id: staffId, ...values })
    .onConflict((c) => c.columns(['organization_id', 'patient_id', 'staff_id']).doUpdateSet(values))
    .execute()
}

/**
 * Ends what `grantAccess` opened for a reason; nothing happens when it has ended already or stands for another one
 * since.
 */
export async function endAccess(
  ctx: WriteContext,
  patientId: string,
  staffId: string,
  because?: string,
): Promise<void> {
  let ending = ctx.tx
    .deleteFrom('patient_access')
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .where('staff_id', '=', staffId)
  if (because !== undefined) ending = ending.where('because', '=', because)
  await ending.execute()
}

/** Clears away what has ended; the scope ends it at its moment, this only keeps the table small. */
export async function clearEndedAccess(ctx: WriteContext): Promise<void> {
  await ctx.tx
    .deleteFrom('patient_access')
    .where('organization_id', '=', ctx.organizationId)
    .where('until', '<=', ctx.clock.now())
    .execute()
}

/** The person, when the actor may see them. @throws Problem NotFound: what one may not see does not exist */
export async function requireVisible(ctx: ReadContext, patientId: string): Promise<NamedPatientRow> {
  const row = await findPatient(ctx.db, ctx.organizationId, patientId, visibleTo(ctx.actor, 'patient', ctx.clock.now()))
  if (!row) throw platformProblem('NotFound')
  return row
}

/** Locks a person's row until the transaction ends; other rooms lock it before they decide something about the person. */
export async function lockPatient(tx: Transaction, organizationId: string, patientId: string): Promise<PatientRow> {
  const row = await lockPatientRow(tx, organizationId, patientId)
  if (!row) throw platformProblem('NotFound')
  return row
}
