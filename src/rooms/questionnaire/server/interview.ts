import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { keepInterview, openInterview } from '../contract/interviews.ts'
import { questionnaireProblem } from '../contract/problems.ts'
import { findInForce, findVersion, type QuestionnaireRow } from './definition-store.ts'
import { publishedForm } from './form.ts'
import { deleteInterview, findInterview, keepInterviewDraft, type InterviewKey } from './interview-store.ts'
import { knownOf, NOTHING_KNOWN, showsKnown } from './known.ts'
import { findResponse } from './response-store.ts'
import { notInForce } from './template.ts'

/**
 * What somebody needs to fill a questionnaire in with a patient. A correction shows the version that was asked then.
 * @throws Problem QuestionnaireUnknown, TextsWanted, ResponseUnknown, PatientGone, MindAskedByOthers
 */
export async function open(
  ctx: ReadContext,
  patientId: string,
  code: string,
  corrects: string | undefined,
  nextId: () => string,
): Promise<OutputOf<typeof openInterview>> {
  await requireActive(ctx, patientId)
  const mental = ctx.actor.permissions.has('questionnaire.answers-mental')
  const former = corrects ? await findResponse(ctx.db, ctx.organizationId, patientId, corrects, mental) : undefined
  if (corrects && (!former || former.code !== code)) throw questionnaireProblem('ResponseUnknown')
  const definition = former
    ? await findVersion(ctx.db, ctx.organizationId, code, former.version)
    : await findInForce(ctx.db, ctx.organizationId, code)
  if (!definition) throw notInForce(ctx, code)
  requireMayAsk(ctx, definition)
  const begun = await findInterview(ctx.db, ctx.organizationId, keyOf(ctx, patientId, code))
  // What was begun of another version, or of another correction, is not this one.
  const draft = begun?.version === definition.version && begun.corrects === (corrects ?? null) ? begun : undefined
  const form = publishedForm(`${ctx.organizationId}/${code}/${definition.version}`, definition.definition)
  const known = showsKnown(ctx) ? await knownOf(ctx, form, patientId) : NOTHING_KNOWN
  return {
    code,
    version: definition.version,
    title: { zh: definition.title_zh, en: definition.title_en },
    sensitivity: definition.sensitivity,
    definition: definition.definition as never,
    today: ctx.today,
    submission: draft?.submission ?? nextId(),
    known: { answers: known.answers, answeredOn: known.answeredOn } as never,
    draft: draft ? JSON.parse(ctx.sealer.open(ctx.organizationId, draft.draft_sealed)) : null,
    keptAt: draft?.kept_at.toISOString() ?? null,
    former: (former?.response as never) ?? null,
  }
}

/** @throws Problem QuestionnaireUnknown, PatientGone, MindAskedByOthers */
export async function keep(
  ctx: WriteContext,
  patientId: string,
  code: string,
  { version, submission, corrects, response }: InputOf<typeof keepInterview>['body'],
): Promise<{ keptAt: string }> {
  await requireActive(ctx, patientId)
  const definition = await findVersion(ctx.db, ctx.organizationId, code, version)
  if (!definition || definition.state === 'draft') throw questionnaireProblem('QuestionnaireUnknown', { code })
  requireMayAsk(ctx, definition)
  const now = ctx.clock.now()
  const { staffId } = keyOf(ctx, patientId, code)
  await keepInterviewDraft(ctx.tx, {
    organization_id: ctx.organizationId,
    patient_id: patientId,
    code,
    staff_id: staffId,
    version,
    submission,
    corrects,
    draft_sealed: ctx.sealer.seal(ctx.organizationId, JSON.stringify(response)),
    kept_at: now,
  })
  return { keptAt: now.toISOString() }
}

export async function drop(ctx: WriteContext, patientId: string, code: string): Promise<{ dropped: boolean }> {
  await requireVisible(ctx, patientId)
  return { dropped: await deleteInterview(ctx.tx, ctx.organizationId, keyOf(ctx, patientId, code)) }
}

/** Scales of mood and mind are asked by those who may read the answers (R2). @throws Problem MindAskedByOthers */
export function requireMayAsk(ctx: ReadContext, { sensitivity }: Pick<QuestionnaireRow, 'sensitivity'>): void {
  if (sensitivity === 'mental' && !ctx.actor.permissions.has('questionnaire.answers-mental'))
    throw questionnaireProblem('MindAskedByOthers')
}

/** What was begun goes once it is handed in. */
export const endInterview = (ctx: WriteContext, patientId: string, code: string) =>
  deleteInterview(ctx.tx, ctx.organizationId, keyOf(ctx, patientId, code))

const keyOf = (ctx: ReadContext, patientId: string, code: string): InterviewKey => ({
  patientId,
  code,
  staffId: ctx.actor.id!,
})

async function requireActive(ctx: ReadContext, patientId: string): Promise<void> {
  const patient = await requireVisible(ctx, patientId)
  if (patient.state !== 'active') throw questionnaireProblem('PatientGone')
}
