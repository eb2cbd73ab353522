import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { questionnaireProblem } from '../contract/problems.ts'
import type { answerForPatient, correctResponse, readResponse, responsesOf } from '../contract/responses.ts'
import type { ResponseSummary } from '../contract/words.ts'
import { findVersion } from './definition-store.ts'
import { withdrawOfLink } from './by-message.ts'
import { answerOpen } from './invitation-store.ts'
import { endInterview, requireMayAsk } from './interview.ts'
import { keepResponse, type NewResponse } from './respond.ts'
import { findBySubmission, findResponse, findResponsesOf, type ResponseRow } from './response-store.ts'

const seesMental = (ctx: ReadContext) => ctx.actor.permissions.has('questionnaire.answers-mental')

export async function listOf(ctx: ReadContext, patientId: string): Promise<OutputOf<typeof responsesOf>> {
  await requireVisible(ctx, patientId)
  const rows = await findResponsesOf(ctx.db, ctx.organizationId, patientId, seesMental(ctx))
  const may = (permission: string) => ctx.actor.permissions.has(permission)
  return {
    rows: rows.map(summaryOf),
    can: {
      answer: may('questionnaire.interview'),
      send: may('questionnaire.send'),
      correct: may('questionnaire.interview'),
    },
  }
}

export async function readOne(ctx: ReadContext, patientId: string, id: string): Promise<OutputOf<typeof readResponse>> {
  await requireVisible(ctx, patientId)
  const row = await findResponse(ctx.db, ctx.organizationId, patientId, id, seesMental(ctx))
  if (!row) throw questionnaireProblem('ResponseUnknown')
  return {
    ...summaryOf(row),
    response: row.response as never,
    definition: row.definition as never,
    corrects: row.corrects as never,
    because: row.because,
  }
}

/** @throws Problem QuestionnaireUnknown, AnswersIncomplete, PatientGone */
export async function answer(
  ctx: WriteContext,
  patientId: string,
  body: InputOf<typeof answerForPatient>['body'],
): Promise<OutputOf<typeof answerForPatient>> {
  const patient = await requireVisible(ctx, patientId)
  if (patient.state !== 'active') throw questionnaireProblem('PatientGone')
  const definition = await findVersion(ctx.db, ctx.organizationId, body.code, body.version)
  if (!definition || definition.state === 'draft')
    throw questionnaireProblem('QuestionnaireUnknown', { code: body.code })
  requireMayAsk(ctx, definition)
  ctx.audit.detail = { code: body.code, version: body.version, author: body.author }
  return keepOrTell(ctx, {
    definition,
    patientId,
    invitationId: null,
    submission: body.submission,
    author: body.author,
    way: 'interview',
    response: body.response,
  })
}

/** @throws Problem ResponseUnknown, ChangedMeanwhile, AnswersIncomplete */
export async function correct(
  ctx: WriteContext,
  patientId: string,
  id: string,
  body: InputOf<typeof correctResponse>['body'],
): Promise<OutputOf<typeof correctResponse>> {
  await requireVisible(ctx, patientId)
  const before = await findResponse(ctx.db, ctx.organizationId, patientId, id, seesMental(ctx))
  if (!before) throw questionnaireProblem('ResponseUnknown')
  const same = await findBySubmission(ctx.db, ctx.organizationId, body.submission)
  if (before.superseded_by !== null && before.superseded_by !== same?.id) throw platformProblem('ChangedMeanwhile')
  const definition = (await findVersion(ctx.db, ctx.organizationId, before.code, before.version))!
  return keepOrTell(ctx, {
    definition,
    patientId,
    invitationId: before.invitation_id,
    submission: body.submission,
    author: before.author,
    way: 'interview',
    response: body.response,
    corrects: id,
    former: before.response as Record<string, unknown>,
    because: body.because,
  })
}

async function keepOrTell(ctx: WriteContext, given: NewResponse): Promise<OutputOf<typeof answerForPatient>> {
  const kept = await keepResponse(ctx, given)
  if (kept.outcome === 'incomplete')
    throw questionnaireProblem(
      'AnswersIncomplete',
      { count: kept.missing.length, first: kept.missing[0]! },
      'body.response',
    )
  const row = await findBySubmission(ctx.db, ctx.organizationId, given.submission)
  // Not kept, and not there under this submission: another correction was quicker.
  if (!row || row.patient_id !== given.patientId) throw platformProblem('ChangedMeanwhile')
  ctx.audit.subjectId = row.id
  await endInterview(ctx, row.patient_id!, given.definition.code)
  const link = await answerOpen(ctx.tx, ctx.organizationId, row.patient_id!, given.definition.code)
  if (link) await withdrawOfLink(ctx, row.patient_id!, link)
  return { created: kept.outcome === 'kept', response: summaryOf(row), urgent: kept.outcome === 'kept' && kept.urgent }
}

function summaryOf(row: ResponseRow): ResponseSummary {
  return {
    id: row.id as ResponseSummary['id'],
    patientId: row.patient_id as ResponseSummary['patientId'],
    code: row.code,
    version: row.version,
    title: { zh: row.title_zh, en: row.title_en },
    author: row.author,
    by: row.by_name,
    answeredAt: row.answered_at.toISOString(),
    scores: row.scores,
    supersededBy: row.superseded_by as ResponseSummary['supersededBy'],
  }
}
