import type { ReadContext } from '../../../platform/context/context.ts'
import { findOpenPatients } from './store.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/** Which of these people have an open alert: nothing promotional goes to them, and campaigns leave them out. */
export function openAlertsAmong({ db, organizationId }: Reading, patientIds: readonly string[]): Promise<Set<string>> {
  return findOpenPatients(db, organizationId, patientIds)
}

/** The same of one person. */
export async function hasOpenAlert(reader: Reading, patientId: string): Promise<boolean> {
  return (await openAlertsAmong(reader, [patientId])).has(patientId)
}
