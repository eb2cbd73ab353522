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
