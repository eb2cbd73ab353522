import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Answers } from '../contract/form.ts'
import type { OccurrenceRow } from './occurrence-store.ts'
import { reachOf } from './rules/attempts.ts'
import type { ContactAttemptTable, FormAnswerTable, ReferralTable } from './table.ts'
import './table.ts'

export type AnswerRow = Omit<Selectable<FormAnswerTable>, 'answers' | 'extracted'> & {
  answers: Answers
  extracted: Record<string, string>
}
export type AttemptRow = Selectable<ContactAttemptTable>
export type ReferralRow = Selectable<ReferralTable>

/** The answers of a follow-up, newest version first. */
export async function findAnswers(db: Db, organizationId: string, occurrenceId: string): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select * from form_answer where organization_id = ${organizationId} and occurrence_id = ${occurrenceId} order by version desc`.execute(
    db,
  )
  return rows
}

export interface NewAnswer {
  id: string
  occurrenceId: string
  patientId: string
  version: number
  formCode: string
  formVersion: number
  answers: Answers
  extracted: Record<string, string>
  because: string
}

export async function insertAnswer(
  tx: Transaction,
  organizationId: string,
  answer: NewAnswer,
  by: { id: string | null; name: string },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('form_answer')
    .values({
      organization_id: organizationId,
      id: answer.id,
      occurrence_id: answer.occurrenceId,
      patient_id: answer.patientId,
      version: answer.version,
      form_code: answer.formCode,
      form_version: answer.formVersion,
      answers: JSON.stringify(answer.answers),
      extracted: JSON.stringify(answer.extracted),
      because: answer.because,
      by_id: by.id,
      by_name: by.name,
      at: now,
    })
    .execute()
}

export type DoneVisit = OccurrenceRow & { answers: Answers | null }

/** Completed visits of one track, newest first, with their answers as they stand. */
export async function findDoneVisits(
  db: Db,
  organizationId: string,
  wanted: { runId: string; track: string; notId: string; limit: number },
): Promise<DoneVisit[]> {
  const { rows } = await sql<DoneVisit>`
    select o.*, f.answers from occurrence o
    left join form_answer f on f.organization_id = o.organization_id and f.id = o.form_answer_id
    where o.organization_id = ${organizationId} and o.run_id = ${wanted.runId} and o.track = ${wanted.track} and o.id <> ${wanted.notId}
      and o.state in ('done', 'done-late')
    order by o.actual_on desc, o.sequence desc limit ${wanted.limit}`.execute(db)
  return rows
}

/** Tries to reach a person about a follow-up, oldest first. */
export async function findAttempts(db: Db, organizationId: string, occurrenceId: string): Promise<AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select * from contact_attempt where organization_id = ${organizationId} and occurrence_id = ${occurrenceId} order by number`.execute(
    db,
  )
  return rows
}

/** Keeps beside the follow-up how far calls about it came: it never falls. */
export async function insertAttempt(
  tx: Transaction,
  organizationId: string,
  attempt: Omit<AttemptRow, 'organization_id'>,
): Promise<void> {
  await tx
    .insertInto('contact_attempt')
    .values({ organization_id: organizationId, ...attempt })
    .execute()
  const reach = reachOf(attempt)
  await sql`update occurrence set reach = ${reach} where organization_id = ${organizationId} and id = ${attempt.occurrence_id} and reach < ${reach}`.execute(
    tx,
  )
}

/** The referral a follow-up made, or the one whose outcome it asks for. */
export async function findReferral(
  db: Db,
  organizationId: string,
  occurrenceId: string,
): Promise<ReferralRow | undefined> {
  const { rows } = await sql<ReferralRow>`
    select * from referral where organization_id = ${organizationId} and (occurrence_id = ${occurrenceId} or check_id = ${occurrenceId})
    order by (occurrence_id = ${occurrenceId}) desc limit 1`.execute(db)
  return rows[0]
}

export async function insertReferral(
  tx: Transaction,
  organizationId: string,
  referral: {
    id: string
    occurrenceId: string
    patientId: string
    reasonCodes: string[]
    reason: string
    referTo: string
    urgent: boolean
    checkId: string | null
  },
  by: { id: string | null; name: string },
  now: Date,
): Promise<void> {
  const { id, occurrenceId, patientId, reasonCodes, reason, referTo, urgent, checkId } = referral
  await sql`
    insert into referral (organization_id, id, occurrence_id, patient_id, reason_codes, reason, refer_to, urgent, check_id, state, by_id, by_name, at)
    values (${organizationId}, ${id}, ${occurrenceId}, ${patientId}, ${reasonCodes}::text[], ${reason}, ${referTo}, ${urgent}, ${checkId}, 'open', ${by.id}, ${by.name}, ${now})
    on conflict (organization_id, occurrence_id) do nothing`.execute(tx)
}

/** Writes what came of the referral that a look asked for. */
export async function settleReferral(
  tx: Transaction,
  organizationId: string,
  checkId: string,
  state: string,
  outcome: string,
  now: Date,
): Promise<void> {
  await sql`update referral set state = ${state}, outcome = ${outcome}, settled_at = ${now}
    where organization_id = ${organizationId} and check_id = ${checkId} and state = 'open'`.execute(tx)
}

export interface Completion {
  state: 'done' | 'done-late'
  reason: string
  way: OccurrenceRow['way']
  class: OccurrenceRow['class']
  proposedClass: OccurrenceRow['class']
  action: OccurrenceRow['action']
  proposedAction: OccurrenceRow['action']
  actualOn: string
  backEntered: boolean
  answerId: string | null
}

/** Completes a follow-up that still waits to be. @returns undefined when somebody was quicker */
export async function completeOccurrence(
  tx: Transaction,
  organizationId: string,
  id: string,
  done: Completion,
  by: { id: string | null; name: string },
  now: Date,
): Promise<OccurrenceRow | undefined> {
  const { rows } = await sql<OccurrenceRow>`
    update occurrence set state = ${done.state}, reason = ${done.reason}, way = ${done.way}, class = ${done.class}, proposed_class = ${done.proposedClass},
      action = ${done.action}, proposed_action = ${done.proposedAction}, actual_on = ${done.actualOn}, back_entered = ${done.backEntered},
      form_answer_id = ${done.answerId}, call_back_at = null, settled_at = ${now}, settled_by = ${by.id}, settled_by_name = ${by.name}
    where organization_id = ${organizationId} and id = ${id} and state in ('planned', 'due', 'missed') returning *`.execute(
    tx,
  )
  return rows[0]
}

/** Face-to-face and other visits that were done in a year, per track. */
export async function countDoneInYear(
  db: Db,
  organizationId: string,
  runIds: readonly string[],
  year: string,
): Promise<{ run_id: string; track: string; way: string | null; count: number }[]> {
  if (runIds.length === 0) return []
  const { rows } = await sql<{ run_id: string; track: string; way: string | null; count: number }>`
    select run_id, track, way, count(*)::int as count from occurrence where organization_id = ${organizationId} and run_id = any(${[...runIds]}::uuid[])
      and state in ('done', 'done-late') and actual_on >= ${`${year}-01-01`}::date and actual_on <= ${`${year}-12-31`}::date
    group by run_id, track, way`.execute(db)
  return rows
}
