import type { WriteContext } from '../../../platform/context/context.ts'
import { setProtocolReach } from '../../follow-up/server/index.ts'
import type { PackDefinition } from '../contract/pack.ts'
import { packProblem } from '../contract/problems.ts'
import type { PackView, Plan } from '../contract/specialty-pack.ts'
import { lookAt, type LookedAt } from './look.ts'
import { PART_DOORS } from './part-doors.ts'
import { takingOutOf, WRITES } from './rules.ts'
import { placesOf, refuseOthers, type Places } from './scope.ts'
import {
  findKept,
  forgetPart,
  insertEvent,
  lockPack,
  markTakenOut,
  putDepartments,
  putPart,
  updatePackRow,
  type Kept,
  type PackRow,
} from './store.ts'
import { viewOf } from './view.ts'

interface Where {
  departmentIds: readonly string[]
  revision: number
}

interface Opened {
  row: PackRow
  kept: Kept
  places: Places
  /** Departments in which it is in use. */
  before: string[]
}

/** The pack held against everybody else, with what it has here. */
async function open(ctx: WriteContext, pack: PackDefinition): Promise<Opened> {
  const row = await lockPack(ctx, pack.code, pack.version)
  const kept = await findKept({ db: ctx.tx, organizationId: ctx.organizationId })
  ctx.audit.detail = { ...ctx.audit.detail, pack: pack.code }
  return { row, kept, places: await placesOf(ctx), before: kept.departments.get(pack.code) ?? [] }
}

/** Refuses what was decided on another state; the same call that came twice is told apart by `isDone`. */
function refuseStale(ctx: WriteContext, { row }: Opened, revision: number, isDone: boolean): 'done' | 'go-on' {
  if (row.revision === revision) return 'go-on'
  if (isDone && row.changed_by === ctx.actor.id) return 'done'
  throw packProblem('PackChangedMeanwhile', { name: row.changed_by_name })
}

/**
 * Uses a pack in further departments. The first time, and when it comes back, its own content is laid down in the rooms
 * that own it; a newer version is taken by `update` alone. One transaction: whole or not at all.
 * @throws Problem PackChangedMeanwhile, PackDepartmentUnknown, PackDepartmentNotYours
 */
export async function install(
  ctx: WriteContext,
  pack: PackDefinition,
  { departmentIds, revision }: Where,
): Promise<PackView> {
  const opened = await open(ctx, pack)
  const { row, before, places } = opened
  refuseOthers(places, departmentIds)
  const isDone = departmentIds.every((id) => before.includes(id))
  if (refuseStale(ctx, opened, revision, isDone) === 'done' || isDone) return viewOf(ctx, pack)
  const departments = [...new Set([...before, ...departmentIds])]
  const isFirst = before.length === 0
  // Somewhere an older version is in use: what is new in this one waits for a decision of its own.
  const counts = isFirst || row.version === pack.version ? await layDown(ctx, pack, opened.kept) : {}
  await finish(ctx, pack, opened, departments, {
    kind: isFirst ? 'installed' : 'extended',
    counts,
    ...(isFirst ? { version: pack.version } : {}),
  })
  return viewOf(ctx, pack)
}

/**
 * Uses a pack in these departments no more. With the last one its drafts go and what is only offered is offered no more;
 * nobody new begins its protocols. Whoever is in them stays to the end, and nothing of anybody's is deleted.
 * @throws Problem PackChangedMeanwhile, PackNotInstalled, PackDepartmentUnknown, PackDepartmentNotYours
 */
export async function remove(
  ctx: WriteContext,
  pack: PackDefinition,
  { departmentIds, revision }: Where,
): Promise<PackView> {
  const opened = await open(ctx, pack)
  const { before, places } = opened
  refuseOthers(places, departmentIds)
  const isDone = departmentIds.every((id) => !before.includes(id))
  if (refuseStale(ctx, opened, revision, isDone) === 'done') return viewOf(ctx, pack)
  if (isDone) throw packProblem('PackNotInstalled')
  const departments = before.filter((id) => !departmentIds.includes(id))
  const isLast = departments.length === 0
  const counts = isLast ? await takeOut(ctx, pack, opened.kept) : {}
  await finish(ctx, pack, opened, departments, { kind: isLast ? 'removed' : 'reduced', counts })
  return viewOf(ctx, pack)
}

/**
 * Takes the newer version of a pack, or leaves it: then it is not spoken of until there is a newer one still.
 * @throws Problem PackNotInstalled, PackNothingNew, PackChangedMeanwhile
 */
export async function update(
  ctx: WriteContext,
  pack: PackDefinition,
  { version, take, revision }: { version: number; take: boolean; revision: number },
): Promise<PackView> {
  const opened = await open(ctx, pack)
  const { row, before } = opened
  if (before.length === 0) throw packProblem('PackNotInstalled')
  const isDone = take ? row.version === version : row.left_version === version
  if (refuseStale(ctx, opened, revision, isDone) === 'done') return viewOf(ctx, pack)
  if (version !== pack.version || row.version >= version) throw packProblem('PackNothingNew')
  const counts = take ? await layDown(ctx, pack, opened.kept) : {}
  await finish(ctx, pack, opened, before, {
    kind: take ? 'updated' : 'left',
    counts,
    ...(take ? { version, leftVersion: null } : { leftVersion: version }),
  })
  return viewOf(ctx, pack)
}

/** Does with each part what was shown before. @returns how many of which plan */
async function layDown(ctx: WriteContext, pack: PackDefinition, kept: Kept): Promise<Record<string, number>> {
  const counts: Partial<Record<Plan, number>> = {}
  for (const looked of (await lookAt(ctx, [pack], kept)).get(pack.code)!) {
    if (looked.digest !== null) counts[looked.plan] = (counts[looked.plan] ?? 0) + 1
    if (WRITES.has(looked.plan)) await layPart(ctx, pack.code, looked)
  }
  return counts
}

async function layPart(ctx: WriteContext, packCode: string, { part, plan, digest, found }: LookedAt): Promise<void> {
  const door = PART_DOORS[part.kind]
  if (!door.lay || digest === null) return
  if (found.draft) await door.drop?.(ctx, part.code, found.draft.version)
  const { publishing } = door
  const publish = plan === 'restore' || (publishing !== null && ctx.actor.permissions.has(publishing))
  await putPart(ctx.tx, {
    organization_id: ctx.organizationId,
    pack_code: packCode,
    kind: part.kind,
    code: part.code,
    part_version: await door.lay(ctx, part, publish),
    digest,
  })
}

async function takeOut(ctx: WriteContext, pack: PackDefinition, kept: Kept): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { part, found, brought } of (await lookAt(ctx, [pack], kept)).get(pack.code)!) {
    const row = kept.parts.find(
      ({ pack_code, kind, code }) => pack_code === pack.code && kind === part.kind && code === part.code,
    )
    if (!brought || !row) continue
    const door = PART_DOORS[part.kind]
    const how = takingOutOf(found, brought, door.retire !== undefined)
    counts[how] = (counts[how] ?? 0) + 1
    if (how === 'drop') {
      await door.drop?.(ctx, part.code, found.draft!.version)
      await forgetPart(ctx.tx, row)
    } else if (how === 'retire') {
      await door.retire?.(ctx, part.code)
      await markTakenOut(ctx.tx, row)
    }
  }
  return counts
}

interface Ending {
  kind: 'installed' | 'extended' | 'updated' | 'left' | 'reduced' | 'removed'
  counts: Record<string, number>
  version?: number
  leftVersion?: number | null
}

/** Writes where it is in use, whom its protocols take in from now on, and who decided. */
async function finish(
  ctx: WriteContext,
  pack: PackDefinition,
  { row, places }: Opened,
  departments: readonly string[],
  { kind, counts, version = row.version, leftVersion = row.left_version }: Ending,
): Promise<void> {
  await putDepartments(ctx, pack.code, departments)
  const { parts } = await findKept({ db: ctx.tx, organizationId: ctx.organizationId })
  for (const part of parts)
    if (part.pack_code === pack.code && part.kind === 'protocol' && kind !== 'left')
      await setProtocolReach(ctx, part.code, departments)
  await updatePackRow(ctx, row, { version, left_version: leftVersion })
  await insertEvent(ctx, {
    pack_code: pack.code,
    kind,
    version,
    departments: departments.map((id) => places.names.get(id) ?? id),
    counts,
  })
  ctx.audit.detail = { ...ctx.audit.detail, kind, version, departments, ...counts }
}
