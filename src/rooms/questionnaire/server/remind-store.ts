import { sql } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'
import '../../patient/server/table.ts'

export interface DueReminder {
  id: string
  patient_id: string
  closes_at: Date | null
  /** Which of its reminders this is, from 1. */
  nth: number
}

/**
 * Takes up links whose reminder has come, locked so that of two rounds at once each has its own, and sets the next one.
 * Only what can still be answered: open, before its closing, of somebody alive, of a questionnaire that is asked.
 */
export async function takeDueReminders(
  tx: Transaction,
  organizationId: string,
  now: Date,
  limit: number,
): Promise<DueReminder[]> {
  const { rows } = await sql<DueReminder>`
    with due as materialized (
      select i.id from questionnaire_invitation i
      join patient p on p.organization_id = i.organization_id and p.id = i.patient_id
      where i.organization_id = ${organizationId} and i.state = 'open' and i.next_remind_at <= ${now}
        and (i.closes_at is null or i.closes_at > ${now}) and p.state = 'active'
        and exists (select from questionnaire a where a.organization_id = i.organization_id and a.code = i.code and a.state = 'active')
      order by i.next_remind_at, i.id limit ${limit} for update of i skip locked
    )
    update questionnaire_invitation i
    set next_remind_at = (select min(at) from unnest(i.remind_at) at where at > ${now})
    from due where i.organization_id = ${organizationId} and i.id = due.id
    returning i.id, i.patient_id, i.closes_at,
      (select count(*)::int from unnest(i.remind_at) at where at <= ${now}) nth`.execute(tx)
  return rows
}

/** What can no longer be answered reminds nobody: it leaves the index of what waits. */
export async function dropVainReminders(tx: Transaction, organizationId: string, now: Date): Promise<void> {
  await sql`
    update questionnaire_invitation i set next_remind_at = null
    where i.organization_id = ${organizationId} and i.state = 'open' and i.next_remind_at <= ${now} and i.closes_at <= ${now}`.execute(
    tx,
  )
}
