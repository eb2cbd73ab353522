import { sql } from 'kysely'
import { on, type Listener } from '../../../platform/context/room.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { wake } from '../../agenda/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { closeTask } from '../../task/server/index.ts'
import {
  patientCarerChanged,
  patientDeathCorrected,
  patientDied,
  patientMerged,
  patientUnmerged,
} from '../../patient/contract/events.ts'
import { messageFailed } from '../../message/contract/events.ts'
import { questionnaireAnswered } from '../../questionnaire/contract/responses.ts'
import { taskCancelled, taskDone } from '../../task/contract/events.ts'
import { completeOccurrence } from './answer-store.ts'
import { definitionOf, type Opened } from './begin.ts'
import { endPlans } from './end.ts'
import { settleMissed } from './escalate.ts'
import { climb } from './ladder.ts'
import { planNext } from './next.ts'
import { findDueOf, findOccurrence } from './occurrence-store.ts'
import { TASK_SOURCE } from './progress.ts'
import { findProtocols } from './protocol-store.ts'
import { findReaches } from './reach-store.ts'
import { findRuns, lockRun } from './run-store.ts'
import { moveBack, moveRuns } from './move.ts'

/** A follow-up whose task somebody has closed, with its plan locked; undefined when it does not wait any more. */
async function waiting(ctx: WriteContext, occurrenceId: string | null): Promise<Omit<Opened, 'patient'> | undefined> {
  const before = occurrenceId ? await findOccurrence(ctx.tx, ctx.organizationId, occurrenceId) : undefined
  const run = before && (await lockRun(ctx.tx, ctx.organizationId, before.run_id))
  const occurrence = before && (await findOccurrence(ctx.tx, ctx.organizationId, before.id))
  if (!run || !occurrence || run.state !== 'active' || occurrence.state !== 'due') return undefined
  const protocols = await findProtocols(ctx.tx, ctx.organizationId)
  return { occurrence, run, protocols, ...definitionOf(protocols, run, occurrence.step) }
}

/** A follow-up without a form is done: the next one is planned, and whoever was asked besides need not any more. */
async function settle(
  ctx: WriteContext,
  opened: Omit<Opened, 'patient'>,
  by: { id: string | null; name: string },
): Promise<void> {
  const done = await completeOccurrence(
    ctx.tx,
    ctx.organizationId,
    opened.occurrence.id,
    {
      state: 'done',
      reason: '',
      way: null,
      class: null,
      proposedClass: null,
      action: null,
      proposedAction: null,
      actualOn: ctx.today,
      backEntered: false,
      answerId: null,
    },
    by,
    ctx.clock.now(),
  )
  if (!done) return
  await planNext(ctx, { ...opened, occurrence: done } as Opened, undefined)
  await settleMissed(ctx, [opened.run], { state: 'completed' }, opened.occurrence.track)
  await wake(ctx.tx, ctx.organizationId, [opened.run.patient_id], 'follow-up', ctx.clock.now())
}

export const listeners: Listener[] = [
  on(patientDied, 'follow-up/end-with-death', async (ctx, { patientId }) => {
    const runs = await findRuns(ctx.tx, ctx.organizationId, [patientId], ['active'])
    for (const run of runs.toSorted((a, b) => (a.id < b.id ? -1 : 1))) await lockRun(ctx.tx, ctx.organizationId, run.id)
    await endPlans(
      ctx,
      runs.map((run) => ({ runId: run.id, state: 'exited', reason: 'death' })),
    )
    await wake(ctx.tx, ctx.organizationId, [patientId], 'death', ctx.clock.now())
  }),
  on(patientDeathCorrected, 'follow-up/look-again', (ctx, { patientId }) =>
    wake(ctx.tx, ctx.organizationId, [patientId], 'death corrected', ctx.clock.now()),
  ),
  /** Another doctor may stand in another department, whose protocols take the person in. */
  on(patientCarerChanged, 'follow-up/look-at-carers', async (ctx, { patientId }) => {
    const { size } = await findReaches(ctx.tx, ctx.organizationId)
    if (size > 0) await wake(ctx.tx, ctx.organizationId, [patientId], 'carers changed', ctx.clock.now())
  }),
  on(patientMerged, 'follow-up/follow-merge', (ctx, { fromId, intoId, mergeId }) =>
    moveRuns(ctx, { fromId, intoId, mergeId }),
  ),
  on(patientUnmerged, 'follow-up/undo-merge', (ctx, { fromId, intoId, mergeId }) =>
    moveBack(ctx, { fromId, intoId, mergeId }),
  ),
  /** Somebody dropped the task: this follow-up is left out, with their reason. */
  on(taskCancelled, 'follow-up/leave-out', async (ctx, { source, sourceKey, by, reason }) => {
    if (source !== TASK_SOURCE || by === null) return
    const opened = await waiting(ctx, sourceKey)
    if (!opened) return
    const now = ctx.clock.now()
    await sql`update occurrence set state = 'cancelled', reason = ${reason}, settled_at = ${now}, settled_by = ${by},
      settled_by_name = coalesce((select name from staff where organization_id = ${ctx.organizationId} and id = ${by}), '')
      where organization_id = ${ctx.organizationId} and id = ${opened.occurrence.id} and state = 'due'`.execute(ctx.tx)
    await planNext(ctx, { ...opened, occurrence: { ...opened.occurrence, state: 'cancelled' } } as Opened, undefined)
    await wake(ctx.tx, ctx.organizationId, [opened.run.patient_id], 'follow-up', now)
  }),
  /** A task without a form, such as the yearly check, is done with its task; one with a form waits for the form. */
  on(taskDone, 'follow-up/done-with-task', async (ctx, { source, sourceKey, by }) => {
    if (source !== TASK_SOURCE) return
    const opened = await waiting(ctx, sourceKey)
    if (opened && opened.step.form === null) await settle(ctx, opened, { id: by, name: '' })
  }),
  /** Whoever answered has done the step that asked for it, by whatever way the answers came. */
  on(questionnaireAnswered, 'follow-up/done-with-answers', async (ctx, { patientId, code, corrects }) => {
    if (patientId === null || corrects !== null) return
    for (const id of await findDueOf(ctx.tx, ctx.organizationId, patientId)) {
      const opened = await waiting(ctx, id)
      if (opened?.step.kind !== 'questionnaire' || opened.step.questionnaire !== code) continue
      const person = await patientSummary(ctx, patientId)
      await settle(ctx, opened, { id: null, name: person?.name ?? '' })
      await closeTask(ctx, { source: TASK_SOURCE, sourceKey: id }, { state: 'completed' })
    }
  }),
  on(messageFailed, 'follow-up/climb-ladder', climb),
]
