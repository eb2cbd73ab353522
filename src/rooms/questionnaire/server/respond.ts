import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { createTasks, type NewTask } from '../../task/server/index.ts'
import { clearRoomTags, publishedTags, setRoomTags } from '../../tag/server/index.ts'
import type { FiredAction, Form, State } from '../../../clinical/questionnaire/index.ts'
import { questionnaireAnswered } from '../contract/responses.ts'
import type { Author, ResponseId, ScoreView, Way } from '../contract/words.ts'
import type { QuestionnaireRow } from './definition-store.ts'
import { faultsOf, finishedResponse, publishedForm, resume, titleOf } from './form.ts'
import { adviceAsked } from './advice-asked.ts'
import { raiseAlarms } from './alarm.ts'
import { raiseDanger, wordsOfDanger } from './danger.ts'
import { extractObservations } from './extract.ts'
import { countAsked, knownOf, showsKnown } from './known.ts'
import { insertResponse } from './response-store.ts'
import { isUrgent, scoresOf } from './scores.ts'

export interface NewResponse {
  definition: Pick<QuestionnaireRow, 'code' | 'version' | 'sensitivity' | 'definition' | 'title_zh' | 'title_en'>
  patientId: string | null
  invitationId: string | null
  submission: string
  author: Author
  way: Way
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
  const danger = wordsOfDanger(form, response)
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
    way: given.way,
    ...countAsked(state, known, showsKnown(ctx)),
  })
  if (!isNew) return { outcome: 'kept-before' }
  if (given.patientId) await act(ctx, given.patientId, id, { form, definition, actions })
  if (given.patientId) await followUp(ctx, given as Known, { id, form, state, actions, danger })
  await ctx.emit(questionnaireAnswered, {
    responseId: id,
    patientId: given.patientId as never,
    code: definition.code,
    version: definition.version,
    sensitivity: definition.sensitivity,
    scores: scores.map(({ code, value, band }) => ({ code, value, band })),
    corrects: (given.corrects ?? null) as never,
    advice: adviceAsked(titleOf(form, definition.code), scores, actions),
  })
  return { outcome: 'kept', id, scores, urgent: danger || isUrgent(actions) }
}

interface Answered {
  form: Form
  definition: NewResponse['definition']
  actions: readonly FiredAction[]
}

type Known = NewResponse & { patientId: string }

interface Consequence {
  id: string
  form: Form
  state: State
  actions: readonly FiredAction[]
  /** Somebody wrote what sounds like danger to life. */
  danger: boolean
}

/** Whoever has to know is told at once, and what was measured goes into the record. */
async function followUp(
  ctx: WriteContext,
  { patientId, definition, former, corrects, because }: Known,
  { id, form, state, actions, danger }: Consequence,
): Promise<void> {
  const firedBefore = new Set(former ? scoresOf(form, former).actions.map(({ code }) => code) : [])
  await raiseAlarms(ctx, patientId, id, definition, actions, firedBefore)
  if (danger && !(former && wordsOfDanger(form, former))) await raiseDanger(ctx, { patientId, responseId: id })
  await extractObservations(ctx, { responseId: id, patientId, state, corrects, because })
}

async function act(
  ctx: WriteContext,
  patientId: string,
  responseId: string,
  { form, definition, actions }: Answered,
): Promise<void> {
  const { sensitivity } = definition
  const tasks = actions.flatMap((action): NewTask[] => {
    if (action.kind !== 'task' && action.kind !== 'alert') return []
    const isAlert = action.kind === 'alert'
    return [
      {
        type: isAlert ? 'call' : 'other',
        title: action.text,
        patientId,
        priority: isAlert ? 'stat' : action.days === 0 ? 'urgent' : 'routine',
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
  if (sensitivity !== 'mental') await tagFrom(ctx, patientId, responseId, { form, definition, actions })
}

/**
 * Sets the tags that the answers ask for, as long as the band says, and takes away what earlier answers to the same
 * questionnaire had set. Tags reach segments and campaigns; what a scale of mood or mind says never does (R2).
 */
async function tagFrom(
  ctx: WriteContext,
  patientId: string,
  responseId: string,
  { form, definition, actions }: Answered,
): Promise<void> {
  const fired = new Map(actions.flatMap((action) => (action.kind === 'tag' ? [[action.code, action] as const] : [])))
  const possible = (form.scoring?.scores ?? []).flatMap(({ bands = [] }) =>
    bands.flatMap(({ actions: asked = [] }) => asked.flatMap(({ kind, code }) => (kind === 'tag' ? [code] : []))),
  )
  const known = await publishedTags(ctx, [...new Set([...possible, ...fired.keys()])])
  const now = ctx.clock.now()
  const facts = [
    {
      kind: 'questionnaire',
      code: definition.code,
      responseId,
      name: titleOf(form, definition.code),
      at: now.toISOString(),
    },
  ]
  await clearRoomTags(
    ctx,
    possible.filter((code) => known.has(code) && !fired.has(code)).map((tag) => ({ patientId, tag })),
    'answered anew',
  )
  await setRoomTags(
    ctx,
    [...fired.values()]
      .filter(({ code }) => known.has(code))
      .map(({ code, days }) => ({
        patientId,
        tag: code,
        facts,
        sensitivity: definition.sensitivity,
        until: days ? new Date(now.getTime() + days * 86_400_000) : null,
      })),
  )
}
