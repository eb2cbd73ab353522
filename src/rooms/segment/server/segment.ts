import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { templatesForSegment } from '../../message/server/index.ts'
import { segmentRetired } from '../contract/events.ts'
import { segmentProblem } from '../contract/problems.ts'
import type { createSegment, draftSegment } from '../contract/segment.ts'
import type { SegmentDefinition, SegmentId } from '../contract/words.ts'
import { faultsOfSegment, refuseFaulty } from './check.ts'
import { askForFill, endFills } from './fill-store.ts'
import { endAll } from './roll.ts'
import {
  dropDraft,
  findAskers,
  findDraft,
  findVersions,
  isNameTaken,
  lockSegment,
  putDraft,
  saveVersion,
  setState,
} from './segment-store.ts'
import { showSegment } from './view.ts'

/** @throws Problem SegmentFaulty, SegmentNameTaken */
export async function create(ctx: WriteContext, { definition }: InputOf<typeof createSegment>['body']) {
  await refuse(ctx, definition)
  const id = ctx.ids.next<SegmentId>()
  await insertSegment(ctx, id, definition)
  ctx.audit.subjectId = id
  return showSegment(ctx, id)
}

export async function insertSegment(
  ctx: WriteContext,
  id: string,
  definition: SegmentDefinition,
  shippedCode: string | null = null,
): Promise<void> {
  // What comes with Peiban has no owner until somebody of the house makes it theirs.
  const by = shippedCode === null ? ctx.actor.id : null
  const at = ctx.clock.now()
  await ctx.tx
    .insertInto('segment')
    .values({
      organization_id: ctx.organizationId,
      id,
      state: 'draft',
      version: null,
      owner_id: by,
      shipped_code: shippedCode,
      created_at: at,
      retired_at: null,
    })
    .execute()
  await putDraft(ctx.tx, ctx.organizationId, { id, definition, by, at })
}

/** @throws Problem SegmentFaulty, SegmentNameTaken, SegmentRetired, ChangedMeanwhile */
export async function draft(ctx: WriteContext, id: string, { definition, seen }: InputOf<typeof draftSegment>['body']) {
  await lockStanding(ctx, id)
  const standing = await findDraft(ctx.tx, ctx.organizationId, id)
  if ((standing?.created_at.getTime() ?? null) !== (seen === null ? null : new Date(seen).getTime()))
    throw platformProblem('ChangedMeanwhile')
  await refuse(ctx, definition, id)
  await putDraft(ctx.tx, ctx.organizationId, { id, definition, by: ctx.actor.id, at: ctx.clock.now() })
  return showSegment(ctx, id)
}

export async function discard(ctx: WriteContext, id: string) {
  const segment = await lockSegment(ctx.tx, ctx.organizationId, id)
  if (!segment) throw platformProblem('NotFound')
  const discarded = await dropDraft(ctx.tx, ctx.organizationId, id)
  if (segment.state === 'draft')
    await ctx.tx.deleteFrom('segment').where('organization_id', '=', ctx.organizationId).where('id', '=', id).execute()
  return { discarded }
}

/**
 * Puts the draft in force. Its members are brought in by a job; until then it holds those of the version before.
 * @throws Problem SegmentFaulty, SegmentNoDraft, SegmentRetired
 */
export async function save(ctx: WriteContext, id: string, version: number) {
  await lockStanding(ctx, id)
  const standing = await findDraft(ctx.tx, ctx.organizationId, id)
  if (!standing || standing.version !== version) throw segmentProblem('SegmentNoDraft')
  await refuse(ctx, standing.definition, id)
  await saveVersion(ctx.tx, ctx.organizationId, { id, version, by: ctx.actor.id, at: ctx.clock.now() })
  await askForFill(ctx, { kind: 'segment', id, version }, 'saved')
  ctx.audit.detail = { version }
  return showSegment(ctx, id)
}

/** A segment in force at once, for who furnishes a house. @returns its id and that of its fill */
export async function putInForce(
  ctx: WriteContext,
  definition: SegmentDefinition,
): Promise<{ id: SegmentId; fillId: string }> {
  const id = ctx.ids.next<SegmentId>()
  await refuse(ctx, definition)
  await insertSegment(ctx, id, definition)
  await saveVersion(ctx.tx, ctx.organizationId, { id, version: 1, by: ctx.actor.id, at: ctx.clock.now() })
  return { id, fillId: await askForFill(ctx, { kind: 'segment', id, version: 1 }, 'saved') }
}

/** @throws Problem SegmentNotFrozen */
export async function refresh(ctx: WriteContext, id: string) {
  const segment = await lockSegment(ctx.tx, ctx.organizationId, id)
  if (!segment) throw platformProblem('NotFound')
  const current = (await findVersions(ctx, id)).find(({ version }) => version === segment.version)
  if (segment.state !== 'active' || current?.definition.mode !== 'frozen') throw segmentProblem('SegmentNotFrozen')
  await askForFill(ctx, { kind: 'segment', id, version: current.version }, 'refreshed')
  ctx.audit.detail = { version: current.version }
  return showSegment(ctx, id)
}

/** @throws Problem SegmentInUse with the names of what asks for it: segments, worklists, templates with a block for it */
export async function retire(ctx: WriteContext, id: string) {
  const segment = await lockSegment(ctx.tx, ctx.organizationId, id)
  if (!segment) throw platformProblem('NotFound')
  if (segment.state !== 'active') return { retired: false }
  const askers = [...(await findAskers(ctx, id)), ...(await templatesForSegment(ctx, id))]
  if (askers.length > 0) throw segmentProblem('SegmentInUse', { names: askers.slice(0, 3).join(' / ') })
  const at = ctx.clock.now()
  await setState(ctx.tx, ctx.organizationId, id, { state: 'retired', retired_at: at })
  await endFills(ctx, id)
  await endAll(ctx, 'segment', id, 'retired')
  await ctx.emit(segmentRetired, { segmentId: id as SegmentId, at: at.toISOString() })
  return { retired: true }
}

/** @throws Problem SegmentFaulty when its condition may not be asked any more */
export async function restore(ctx: WriteContext, id: string) {
  const segment = await lockSegment(ctx.tx, ctx.organizationId, id)
  if (segment?.version == null) throw platformProblem('NotFound')
  if (segment.state === 'retired') {
    const current = (await findVersions(ctx, id)).find(({ version }) => version === segment.version)!
    await refuse(ctx, current.definition, id)
    await setState(ctx.tx, ctx.organizationId, id, { state: 'active', retired_at: null })
    await askForFill(ctx, { kind: 'segment', id, version: segment.version }, 'restored')
  }
  return showSegment(ctx, id)
}

async function lockStanding(ctx: WriteContext, id: string): Promise<void> {
  const segment = await lockSegment(ctx.tx, ctx.organizationId, id)
  if (!segment) throw platformProblem('NotFound')
  if (segment.state === 'retired') throw segmentProblem('SegmentRetired')
}

async function refuse(ctx: ReadContext, definition: SegmentDefinition, id?: string): Promise<void> {
  refuseFaulty(ctx, await faultsOfSegment(ctx, definition.condition, id), (values) =>
    segmentProblem('SegmentFaulty', values, 'body.definition.condition'),
  )
  if (await isNameTaken(ctx, definition.name.zh, id))
    throw segmentProblem('SegmentNameTaken', {}, 'body.definition.name.zh')
}
