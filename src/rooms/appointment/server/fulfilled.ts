import type { ReadContext } from '../../../platform/context/context.ts'
import './table.ts'

export interface FulfilledAppointment {
  id: string
  patientId: string
  department: string
  /** When it was marked as done. */
  closedAt: Date
}

/** Which appointments of these people were kept and are over, since an instant. Who may see them is the caller's business. */
export async function fulfilledSince(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  patientIds: readonly string[],
  since: Date,
): Promise<FulfilledAppointment[]> {
  const rows = await db
    .selectFrom('appointment')
    .select(['id', 'patient_id', 'department', 'changed_at'])
    .where('organization_id', '=', organizationId)
    .where('patient_id', 'in', [...patientIds])
    .where('status', '=', 'fulfilled')
    .where('changed_at', '>', since)
    .where('starts_at', '>', new Date(since.getTime() - 86_400_000))
    .orderBy('changed_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    patientId: row.patient_id,
    department: row.department,
    closedAt: row.changed_at,
  }))
}
