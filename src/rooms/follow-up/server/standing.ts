import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { definitionOf } from './begin.ts'
import { findOfRuns } from './occurrence-store.ts'
import { findProtocols, keyOf } from './protocol-store.ts'
import { findRuns } from './run-store.ts'

/** Where a running plan stands: its phase and the step that is next. */
export interface PlanStanding {
  id: string
  name: Bilingual
  phase: Bilingual | null
  step: Bilingual | null
  dueOn: string | null
  startedAt: string
}

/** Where the running plans of a person stand, oldest first. Who may see them is the caller's business. */
export async function standingOfPlans(ctx: ReadContext, patientId: string): Promise<PlanStanding[]> {
  const runs = await findRuns(ctx.db, ctx.organizationId, [patientId], ['active'])
  if (runs.length === 0) return []
  const protocols = await findProtocols(ctx.db, ctx.organizationId)
  const ids = runs.map(({ id }) => id)
  const byRun = Map.groupBy(await findOfRuns(ctx.db, ctx.organizationId, ids), ({ run_id }) => run_id)
  return runs.flatMap((run) => {
    const definition = protocols.get(keyOf(run.protocol_code, run.protocol_version))?.definition
    if (!definition) return []
    const next = (byRun.get(run.id) ?? [])
      .filter(({ state }) => state === 'planned' || state === 'due')
      .toSorted((a, b) => (a.due_on < b.due_on ? -1 : 1))[0]
    const step = next && definitionOf(protocols, run, next.step).step
    return {
      id: run.id,
      name: definition.name,
      phase: definition.phases?.find(({ code }) => code === step?.phase)?.name ?? null,
      step: step?.name ?? null,
      dueOn: next?.due_on ?? null,
      startedAt: run.started_at.toISOString(),
    }
  })
}
