import { sql } from 'kysely'
import type { Bilingual } from '../../../platform/contract/index.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'

export interface AskedCard {
  code: string
  because: Bilingual
  isMental: boolean
  answeredAt: Date
}

/** What answered questionnaires name for a person and nothing has ended, answered since `since`; the newest first. */
export async function findAsked(db: Db, organizationId: string, patientId: string, since: Date): Promise<AskedCard[]> {
  const rows = await db
    .selectFrom('advice_asked')
    .select(['card_code', 'because', 'is_mental', 'answered_at'])
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('ended_at', 'is', null)
    .where('answered_at', '>=', since)
    .orderBy('answered_at', 'desc')
    .orderBy('response_id', 'desc')
    .orderBy('card_code')
    .execute()
  return rows.map((row) => ({
    code: row.card_code,
    because: row.because,
    isMental: row.is_mental,
    answeredAt: row.answered_at,
  }))
}

export interface NewAsked {
  responseId: string
  patientId: string
  questionnaire: string
  isMental: boolean
  answeredAt: Date
  at: Date
  cards: readonly { card: string; because: Bilingual }[]
}

/** Keeps what one response names; the same response again changes nothing. @returns how many cards were new */
export async function insertAsked(tx: Transaction, organizationId: string, asked: NewAsked): Promise<number> {
  if (asked.cards.length === 0) return 0
  const inserted = await tx
    .insertInto('advice_asked')
    .values(
      asked.cards.map(({ card, because }) => ({
        organization_id: organizationId,
        response_id: asked.responseId,
        card_code: card,
        patient_id: asked.patientId,
        questionnaire: asked.questionnaire,
        is_mental: asked.isMental,
        because: JSON.stringify(because),
        answered_at: asked.answeredAt,
        asked_at: asked.at,
        ended_at: null,
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .returning('card_code')
    .execute()
  return inserted.length
}

/** Ends what other answers of the person to the same questionnaire had named. */
export async function endOthers(
  tx: Transaction,
  organizationId: string,
  { patientId, questionnaire, responseId, at }: Omit<NewAsked, 'cards' | 'isMental' | 'answeredAt'>,
): Promise<void> {
  await sql`
    update advice_asked set ended_at = ${at}
    where organization_id = ${organizationId} and patient_id = ${patientId} and questionnaire = ${questionnaire}
      and response_id <> ${responseId} and ended_at is null`.execute(tx)
}
