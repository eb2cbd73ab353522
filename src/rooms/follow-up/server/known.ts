import type { ReadContext } from '../../../platform/context/context.ts'
import { findRepeats } from './occurrence-store.ts'
import { keyOf, type Protocols } from './protocol-store.ts'
import { conditionsOf } from './rules/branch.ts'
import type { Known } from './rules/plan.ts'
import type { RunRow } from './run-store.ts'
import { askAll } from './says.ts'

/** A plan as far as its questions go. */
type Asking = Pick<RunRow, 'id' | 'patient_id' | 'protocol_code' | 'protocol_version' | 'switch_to'>

/** What the steps of these plans ask of their people, and how often each step was there: asked once for all of them. */
export async function whatIsKnown(
  ctx: ReadContext,
  protocols: Protocols,
  runs: readonly Asking[],
): Promise<(run: Asking) => Omit<Known, 'skipsBefore'>> {
  const steps = (run: Asking) =>
    [run.protocol_version, run.switch_to].flatMap((version) =>
      version === null ? [] : (protocols.get(keyOf(run.protocol_code, version))?.definition.steps ?? []),
    )
  const asking = runs.filter((run) => conditionsOf(steps(run)).length > 0)
  const says = await askAll(
    ctx,
    asking.flatMap((run) => conditionsOf(steps(run))),
    asking.map((run) => run.patient_id),
  )
  const counted = runs.filter((run) => steps(run).some(({ recurrence }) => recurrence?.times !== undefined))
  const repeats = await findRepeats(
    ctx.db,
    ctx.organizationId,
    counted.map((run) => run.id),
  )
  return (run) => ({
    holds: says.holdsFor(run.patient_id),
    repeats: (step) => repeats.get(`${run.id} ${step}`) ?? 0,
  })
}
