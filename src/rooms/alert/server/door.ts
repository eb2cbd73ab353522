import type { ReadContext } from '../../../platform/context/context.ts'
import { findOpenPatients, findUntold } from './store.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/** Which of these people have an open alert: nothing promotional goes to them, and campaigns leave them out. */
export function openAlertsAmong({ db, organizationId }: Reading, patientIds: readonly string[]): Promise<Set<string>> {
  return findOpenPatients(db, organizationId, patientIds)
}

/** The same of one person. */
export async function hasOpenAlert(reader: Reading, patientId: string): Promise<boolean> {
  return (await openAlertsAmong(reader, [patientId])).has(patientId)
}

/**
 * Whether the person has a class A result that nobody has told them of yet: until then nothing shows it to them on its
 * own, neither a message nor a page.
 */
export function mustBeToldFirst({ db, organizationId }: Reading, patientId: string): Promise<boolean> {
  return findUntold(db, organizationId, patientId)
}

/** The alerts of a person that were raised from an instant until before another, oldest first. Who may see them is the caller's business. */
export async function alertsWithin(
  { db, organizationId }: Reading,
  patientId: string,
  from: Date,
  until: Date,
): Promise<{ id: string; isClosed: boolean }[]> {
  const rows = await db
    .selectFrom('alert')
    .select(['id', 'state'])
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('raised_at', '>=', from)
    .where('raised_at', '<', until)
    .orderBy('raised_at')
    .orderBy('id')
    .execute()
  return rows.map(({ id, state }) => ({ id, isClosed: state === 'closed' }))
}

/** Whether an alert is about this person. */
export async function isAlertOf({ db, organizationId }: Reading, patientId: string, alertId: string): Promise<boolean> {
  const row = await db
    .selectFrom('alert')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', alertId)
    .executeTakeFirst()
  return row !== undefined
}
