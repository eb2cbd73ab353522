import type { WriteContext } from '../../../platform/context/context.ts'
import type { PayloadOf } from '../../../platform/contract/index.ts'
import type { messageFailed } from '../../message/contract/events.ts'
import { definitionOf } from './begin.ts'
import { tellingOf } from './differences.ts'
import { findOccurrence } from './occurrence-store.ts'
import { TASK_SOURCE } from './progress.ts'
import { findProtocols } from './protocol-store.ts'
import { nextRung } from './rules/ladder.ts'
import { findRunsById } from './run-store.ts'
import { tellPatients } from './tell.ts'

/**
 * A message of a step did not arrive: the next channel of its ladder is tried, as long as its window is open and its plan
 * runs. Heard twice it is tried once, since the ledger knows the touch on that channel.
 */
export async function climb(ctx: WriteContext, { touch, channel }: PayloadOf<typeof messageFailed>): Promise<void> {
  const [source, template, occurrenceId] = touch.split(':')
  if (source !== TASK_SOURCE || !occurrenceId) return
  const occurrence = await findOccurrence(ctx.tx, ctx.organizationId, occurrenceId)
  if (!occurrence || occurrence.window_until < ctx.today || occurrence.state === 'cancelled') return
  const [run] = await findRunsById(ctx.tx, ctx.organizationId, [occurrence.run_id])
  if (!run || run.state !== 'active') return
  const { step } = definitionOf(await findProtocols(ctx.tx, ctx.organizationId), run, occurrence.step)
  const rung = nextRung(step.channels, channel)
  if (!rung || step.message !== template) return
  const telling = tellingOf(step, {
    occurrenceId,
    patientId: run.patient_id,
    dueOn: occurrence.due_on,
    windowUntil: occurrence.window_until,
  })
  await tellPatients(ctx, [{ ...telling, ladder: [rung], timeOfDay: undefined }])
}
