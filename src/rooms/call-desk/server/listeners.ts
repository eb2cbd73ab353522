import type { WriteContext } from '../../../platform/context/context.ts'
import { on, type Listener } from '../../../platform/context/room.ts'
import { followUpCompleted } from '../../follow-up/contract/events.ts'
import {
  patientChanged,
  patientDeathCorrected,
  patientDied,
  patientMerged,
  patientUnmerged,
} from '../../patient/contract/events.ts'
import { taskDone } from '../../task/contract/events.ts'
import type { Subject } from '../contract/words.ts'
import { liftBlock, putBlock } from './block-store.ts'
import { endActiveOf, moveBack, moveMerged } from './move-store.ts'
import { noteCompleted } from './session-store.ts'
import { clearNumberHolds, clearSubject } from './subject-store.ts'

/** A form that is filled after the call belongs to it for so long. */
const LATE_FORM_DAYS = 7
const NUMBERS = ['phone', 'guardian']

export const listeners: Listener[] = [
  on(followUpCompleted, 'call-desk/visit-done', (ctx, { occurrenceId }) =>
    done(ctx, { kind: 'follow-up', id: occurrenceId }),
  ),
  on(taskDone, 'call-desk/task-done', (ctx, { type, taskId }) =>
    type === 'call' ? done(ctx, { kind: 'task', id: taskId }) : Promise.resolve(),
  ),
  on(patientDied, 'call-desk/died', (ctx, { patientId }) => died(ctx, patientId)),
  on(patientDeathCorrected, 'call-desk/death-corrected', async (ctx, { patientId }) => {
    await lift(ctx, patientId, 'deceased', 'corrected')
  }),
  on(patientChanged, 'call-desk/number', async (ctx, { patientId, fields }) => {
    if (!fields.some((field) => NUMBERS.includes(field))) return
    await lift(ctx, patientId, 'wrong-number', 'changed')
    await clearNumberHolds(ctx.tx, ctx.organizationId, patientId, ctx.clock.now())
  }),
  on(patientMerged, 'call-desk/follow-merge', (ctx, merge) =>
    moveMerged(ctx.tx, ctx.organizationId, merge, ctx.clock.now()),
  ),
  on(patientUnmerged, 'call-desk/undo-merge', (ctx, merge) => moveBack(ctx.tx, ctx.organizationId, merge)),
]

async function done(ctx: WriteContext, subject: Subject): Promise<void> {
  const now = ctx.clock.now()
  await clearSubject(ctx.tx, ctx.organizationId, subject, now)
  const since = new Date(now.getTime() - LATE_FORM_DAYS * 86_400_000)
  await noteCompleted(ctx.tx, ctx.organizationId, subject, since)
}

/** Nobody calls the dead: whoever has them on the screen gets the next one. */
async function died(ctx: WriteContext, patientId: string): Promise<void> {
  await endActiveOf(ctx.tx, ctx.organizationId, patientId, 'died', ctx.clock.now())
  await putBlock(ctx.tx, {
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string & never>() as string,
    patient_id: patientId,
    reason: 'deceased',
    note: '',
    since: ctx.clock.now(),
    until: null,
    by_id: null,
    by_name: ctx.actor.name,
    lifted_at: null,
    lifted_by: null,
    lifted_by_name: null,
    lifted_because: null,
  })
}

function lift(
  ctx: WriteContext,
  patientId: string,
  reason: 'deceased' | 'wrong-number',
  because: string,
): Promise<boolean> {
  const lifting = { at: ctx.clock.now(), by: { id: null, name: ctx.actor.name }, because }
  return liftBlock(ctx.tx, ctx.organizationId, { patientId, reason }, lifting)
}
