import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { createTasks, type NewTask } from '../../task/server/index.ts'
import { publishedTags, setRoomTag } from '../../tag/server/index.ts'
import type { FiredAction, Form, State } from '../../../clinical/questionnaire/index.ts'
import { questionnaireAnswered } from '../contract/responses.ts'
import type { Author, ResponseId, ScoreView } from '../contract/words.ts'
import type { QuestionnaireRow } from './definition-store.ts'
import { faultsOf, finishedResponse, publishedForm, resume } from './form.ts'
import { raiseAlarms } from './alarm.ts'
import { extractObservations } from './extract.ts'
import { countAsked, knownOf } from './known.ts'
import { insertResponse } from './response-store.ts'
import { isUrgent, scoresOf } from './scores.ts'

export interface NewResponse {
  definition: Pick<QuestionnaireRow, 'code' | 'version' | 'sensitivity' | 'definition' | 'title_zh' | 'title_en'>
  patientId: string | null
  invitationId: string | null
  submission: string
  author: Author
  response: Record<string, unknown>
  corrects?: string
  /** The answers that are corrected: what they alarmed about already is not raised again. */
  former?: Record<string, unknown>
  because?: string
}

export type Kept =
  | { outcome: 'kept'; id: ResponseId; scores: ScoreView[]; urgent: boolean }
  | { outcome: 'kept-before' }
  | { outcome: 'incomplete'; missing: string[] }

/**
 * Keeps answers with their scores, and does what the questionnaire asks for: tags, tasks, and, where somebody may be in
 * danger, a task that cannot wait. All in the caller's transaction. Handed in twice, it counts once.
 */
export async function keepResponse(ctx: WriteContext, given: NewResponse): Promise<Kept> {
  const { definition } = given
  const now = ctx.clock.now()
  const form = publishedForm(`${ctx.organizationId}/${definition.code}/${definition.version}`, definition.definition)
  const known = await knownOf(ctx, form, given.patientId)
  const { answers, answeredOn } = known
  const state = resume(form, given.response, { today: ctx.today, now: now.toISOString(), answers, answeredOn })
  const missing = faultsOf(state)
  if (missing.length > 0) return { outcome: 'incomplete', missing }
  const response = finishedResponse(state, now)
  const { scores, actions } = scoresOf(form, response)
  const id = ctx.ids.next<ResponseId>()
  const isNew = await insertResponse(ctx.tx, ctx.organizationId, {
    id,
    code: definition.code,
    version: definition.version,
    patient_id: given.patientId,
    invitation_id: given.invitationId,
    submission: given.submission,
    author: given.author,
    by_id: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
    by_name: ctx.actor.name,
    answered_at: now,
    response,
    scores,
    corrects: given.corrects ?? null,
    because: given.because ?? '',
    ...countAsked(state, known),
  })
  if (!isNew) return { outcome: 'kept-before' }
  if (given.patientId) await act(ctx, given.patientId, id, definition, actions)
  if (given.patientId) await followUp(ctx, given as Known, { id, form, state, actions })
  await ctx.emit(questionnaireAnswered, {
    responseId: id,
    patientId: given.patientId as never,
    code: definition.code,
    version: definition.version,
    sensitivity: definition.sensitivity,
    scores: scores.map(({ code, value, band }) => ({ code, value, band })),
    corrects: (given.corrects ?? null) as never,
  })
  return { outcome: 'kept', id, scores, urgent: isUrgent(actions) }
}

type Known = NewResponse & { patientId: string }

/** Whoever has to know is told at once, and what was measured goes into the record. */
async function followUp(
  ctx: WriteContext,
  { patientId, definition, former, corrects, because }: Known,
  { id, form, state, actions }: { id: string; form: Form; state: State; actions: readonly FiredAction[] },
): Promise<void> {
  const firedBefore = new Set(former ? scoresOf(form, former).actions.map(({ code }) => code) : [])
  await raiseAlarms(ctx, patientId, id, definition, actions, firedBefore)
  await extractObservations(ctx, { responseId: id, patientId, state, corrects, because })
}

async function act(
  ctx: WriteContext,
  patientId: string,
  responseId: string,
  { code, sensitivity }: NewResponse['definition'],
  actions: readonly FiredAction[],
): Promise<void> {
  const tasks = actions.flatMap((action): NewTask[] => {
    if (action.kind !== 'task' && action.kind !== 'alert') return []
    const isAlert = action.kind === 'alert'
    return [
      {
        type: isAlert ? 'call' : 'other',
        title: action.text,
        patientId,
        priority: isAlert ? 'stat' : 'routine',
        dueOn: isAlert ? ctx.today : addDays(ctx.today, action.days ?? 7),
        alert: isAlert ? (action.text?.zh ?? action.code) : null,
        source: 'questionnaire',
        sourceKey: `${responseId}:${action.code}`,
        // The same worry from two questionnaires is one call.
        concern: isAlert ? `questionnaire:${action.code}` : null,
      },
    ]
  })
  if (tasks.length > 0) await createTasks(ctx, tasks)
  // Tags reach segments and campaigns; what a scale of mood or mind says never does (R2).
  const tags = sensitivity === 'mental' ? [] : actions.filter((action) => action.kind === 'tag')
  const known = await publishedTags(
    ctx,
    tags.map((action) => action.code),
  )
  for (const action of tags)
    if (known.has(action.code))
      await setRoomTag(ctx, patientId, action.code, { facts: [{ kind: 'questionnaire', code, responseId }] })
}
