import type { WriteContext } from '../../../platform/context/context.ts'
import type { CareBatch, CareStep } from '../../agenda/server/index.ts'
import { whoBelongs } from './evaluate.ts'
import { findRolls } from './in-force.ts'
import { applyMoves, type ListKind, type Roll } from './roll.ts'
import { tellMoves } from './tell.ts'

/**
 * The care step of segments and worklists: who comes in and who leaves, of the claimed batch, one statement per level.
 * Proposes the earliest moment at which time alone would move somebody.
 */
export const segmentStep: CareStep = {
  name: 'segment',
  async evaluate(ctx, batch) {
    for (const level of await findRolls(ctx)) await follow(ctx, level, batch)
  },
}

async function follow(ctx: WriteContext, rolls: readonly Roll[], batch: CareBatch): Promise<void> {
  const { patientIds, now, today } = batch
  const belonging = await whoBelongs(ctx, rolls, patientIds, { now, today, isOften: true })
  for (const { patientId, flipsAt } of belonging)
    if (flipsAt) batch.propose(patientId, flipsAt, 'segment or worklist may turn')
  for (const kind of ['segment', 'worklist'] as const) {
    const own = rolls.filter((roll) => roll.kind === kind)
    if (own.length === 0) continue
    const moves = await applyMoves(
      ctx,
      kind,
      own.map(({ id }) => id),
      patientIds,
      heldOf(kind, rolls, belonging),
      now,
    )
    if (kind === 'segment') await tellMoves(ctx, own, moves, now)
  }
}

/** Who belongs in which list of a kind. */
export function heldOf(
  kind: ListKind,
  rolls: readonly Roll[],
  belonging: readonly { patientId: string; holds: readonly number[] }[],
) {
  return belonging.flatMap(({ patientId, holds }) =>
    holds.flatMap((n) => (rolls[n]?.kind === kind ? [{ listId: rolls[n].id, patientId }] : [])),
  )
}
