import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, PatientId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { wake } from '../../agenda/server/index.ts'
import { patientSummary, requireVisible } from '../../patient/server/index.ts'
import { lifecycleMoved } from '../contract/events.ts'
import type { moveRelationship } from '../contract/lifecycle.ts'
import { lifecycleProblem } from '../contract/problems.ts'
import { applyMoves, findMove, lockStanding, type MoveRow, type NewMove, type StandingRow } from './move-store.ts'
import { isForward, rests } from './rules.ts'

/**
 * Sets somebody forward or back. Set back, rules leave them alone for a while: what they hold for is still true and would
 * bring the person forward again at once.
 * @throws Problem ChangedMeanwhile, RelationshipSame, RelationshipPatientGone
 */
export async function move(
  ctx: WriteContext,
  patientId: string,
  { to, revision, because, restDays }: InputOf<typeof moveRelationship>['body'],
): Promise<{ moveId: never }> {
  const standing = await open(ctx, patientId, revision)
  if (standing?.stage === to) throw lifecycleProblem('RelationshipSame')
  const isBack = standing !== undefined && !isForward(standing.stage, to)
  ctx.audit.detail = { from: standing?.stage ?? null, to }
  return make(ctx, standing, {
    patientId,
    kind: 'hand',
    to,
    since: ctx.clock.now(),
    restsUntil: isBack ? addDays(ctx.today, restDays) : null,
    because,
  })
}

/** Takes back the last move if a person made it: it stands as before, with the day it had. */
export async function undo(ctx: WriteContext, patientId: string, revision: number): Promise<{ moveId: never }> {
  const standing = await open(ctx, patientId, revision)
  const last = standing && (await findMove(ctx.db, ctx.organizationId, standing.move_id))
  if (!standing || !last || !mayUndo(last)) throw lifecycleProblem('RelationshipNothingToUndo')
  ctx.audit.detail = { from: standing.stage, to: last.from_stage }
  return make(ctx, standing, {
    patientId,
    kind: 'undo',
    to: last.from_stage!,
    since: last.since_before!,
    restsUntil: last.rest_before,
    undoes: last.id,
  })
}

/** What stood before is known, and a person made it. What a rule did is set back with a reason instead. */
export function mayUndo(last: Pick<MoveRow, 'kind' | 'from_stage' | 'since_before'>): boolean {
  return last.kind === 'hand' && last.from_stage !== null && last.since_before !== null
}

/** Rules decide again, before the day that was set. */
export async function resume(ctx: WriteContext, patientId: string, revision: number): Promise<{ moveId: never }> {
  const standing = await open(ctx, patientId, revision)
  if (!standing || !rests(standing.rests_until, ctx.today)) throw lifecycleProblem('RelationshipNotResting')
  return make(ctx, standing, {
    patientId,
    kind: 'resumed',
    to: standing.stage,
    since: standing.since_at,
    restsUntil: null,
  })
}

/** @throws Problem when it is not as it was seen, or nobody is looked after any more */
async function open(ctx: WriteContext, patientId: string, revision: number): Promise<StandingRow | undefined> {
  await requireVisible(ctx, patientId)
  if ((await patientSummary(ctx, patientId))?.state !== 'active') throw lifecycleProblem('RelationshipPatientGone')
  const standing = await lockStanding(ctx.tx, ctx.organizationId, patientId)
  if ((standing?.revision ?? 0) !== revision) throw platformProblem('ChangedMeanwhile')
  return standing
}

/** One move on what was read; everybody is told, and the rules look again. */
export async function make(
  ctx: WriteContext,
  standing: StandingRow | undefined,
  given: Omit<NewMove, 'id' | 'revision' | 'from' | 'sinceBefore' | 'restBefore'>,
): Promise<{ moveId: never }> {
  const now = ctx.clock.now()
  const id = ctx.ids.next<string>()
  const from = standing?.stage ?? null
  const made = await applyMoves(
    ctx.tx,
    ctx.organizationId,
    [
      {
        ...given,
        id,
        revision: standing?.revision ?? 0,
        from,
        sinceBefore: standing?.since_at ?? null,
        restBefore: standing?.rests_until ?? null,
      },
    ],
    ctx.actor,
    now,
  )
  if (!made.has(id)) throw platformProblem('ChangedMeanwhile')
  await wake(ctx.tx, ctx.organizationId, [given.patientId], 'relationship', now)
  if (from !== given.to)
    await ctx.emit(lifecycleMoved, {
      patientId: given.patientId as PatientId,
      from,
      to: given.to,
      by: given.kind,
      at: now.toISOString(),
    })
  return { moveId: id as never }
}
