import type { WriteContext } from '../../../../platform/context/context.ts'
import { wake } from '../../../agenda/server/index.ts'
import { recordProblem } from '../../contract/problems.ts'
import { insertObservations, type NewObservation } from '../store-observation.ts'
import { tellRecorded } from '../tell.ts'
import { authorOf } from './add.ts'
import type { FactKind, NewFactOf } from './kind.ts'
import { endFact, findFact, insertFacts } from './store-fact.ts'

export interface FactRef {
  patientId: string
  id: string
}

/**
 * Puts a corrected fact in place of one that stands. The former one stays, with who, when and why; the new one keeps
 * the key of its source, so that the source telling its old story again changes nothing.
 * @returns the id of the new fact
 * @throws Problem FactUnknown, FactEndedAlready (somebody else was faster)
 */
export async function correctFact<K extends FactKind>(
  ctx: WriteContext,
  kind: K,
  ref: FactRef,
  fact: Omit<NewFactOf[K], keyof FactRef>,
  because: string,
): Promise<string> {
  const former = await findFact(ctx.tx, ctx.organizationId, kind, ref)
  if (!former) throw recordProblem('FactUnknown')
  const at = ctx.clock.now()
  const id: string = ctx.ids.next()
  await end(ctx, kind, ref, id, because)
  const whole = { ...fact, patientId: ref.patientId } as unknown as NewFactOf[K]
  const { source, source_id: sourceId } = former
  await insertFacts(
    ctx.tx,
    ctx.organizationId,
    kind,
    [{ id, fact: whole, source, sourceId, authorId: authorOf(ctx) }],
    at,
    { newVersion: true },
  )
  await wake(ctx.tx, ctx.organizationId, [ref.patientId], 'fact', at)
  return id
}

/** Withdraws a fact: nothing stands in its place, and it stays to be seen. @throws Problem as `correctFact` */
export async function retractFact(
  ctx: WriteContext,
  kind: FactKind | 'observation',
  ref: FactRef,
  because: string,
): Promise<void> {
  await end(ctx, kind, ref, ref.id, because)
  await wake(ctx.tx, ctx.organizationId, [ref.patientId], 'fact', ctx.clock.now())
  if (kind === 'observation') await tellRecorded(ctx, [ref.patientId], ctx.clock.now())
}

/** Puts a corrected value in place of one that stands. @returns the id of the new observation */
export async function correctObservation(
  ctx: WriteContext,
  ref: FactRef,
  corrected: Omit<NewObservation, 'id' | 'patientId'>,
  because: string,
): Promise<string> {
  const at = ctx.clock.now()
  const id: string = ctx.ids.next()
  await end(ctx, 'observation', ref, id, because)
  await insertObservations(
    ctx.tx,
    ctx.organizationId,
    [{ ...corrected, id, patientId: ref.patientId, authorId: authorOf(ctx) }],
    at,
  )
  await wake(ctx.tx, ctx.organizationId, [ref.patientId], 'observation', at)
  await tellRecorded(ctx, [ref.patientId], at)
  return id
}

async function end(
  ctx: WriteContext,
  kind: FactKind | 'observation',
  ref: FactRef,
  by: string,
  because: string,
): Promise<void> {
  const ending = { by, at: ctx.clock.now(), authorId: authorOf(ctx), because }
  if (await endFact(ctx.tx, ctx.organizationId, kind, ref, ending)) return
  throw recordProblem((await findFact(ctx.tx, ctx.organizationId, kind, ref)) ? 'FactEndedAlready' : 'FactUnknown')
}
