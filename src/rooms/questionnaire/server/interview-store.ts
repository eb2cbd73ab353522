import type { Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { QuestionnaireInterviewTable } from './table.ts'

export type InterviewRow = Selectable<QuestionnaireInterviewTable>

export interface InterviewKey {
  patientId: string
  code: string
  staffId: string
}

export function findInterview(db: Db, organizationId: string, key: InterviewKey): Promise<InterviewRow | undefined> {
  return db
    .selectFrom('questionnaire_interview')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', key.patientId)
    .where('code', '=', key.code)
    .where('staff_id', '=', key.staffId)
    .executeTakeFirst()
}

/** The last word wins: a colleague has one draft of a questionnaire with a patient, on however many screens. */
export async function keepInterviewDraft(tx: Transaction, row: InterviewRow): Promise<void> {
  const { version, submission, corrects, draft_sealed, kept_at } = row
  await tx
    .insertInto('questionnaire_interview')
    .values(row)
    .onConflict((oc) =>
      oc
        .columns(['organization_id', 'patient_id', 'code', 'staff_id'])
        .doUpdateSet({ version, submission, corrects, draft_sealed, kept_at }),
    )
    .execute()
}

export async function deleteInterview(tx: Transaction, organizationId: string, key: InterviewKey): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('questionnaire_interview')
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', key.patientId)
    .where('code', '=', key.code)
    .where('staff_id', '=', key.staffId)
    .executeTakeFirst()
  return deleted.numDeletedRows > 0n
}
