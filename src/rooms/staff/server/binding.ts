import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { staffProblem } from '../contract/problems.ts'
import { staffInRole } from './directory.ts'
import { bindManager } from './store.ts'

/** Every active physician with the managers who work with them. */
export async function listAllBindings(ctx: ReadContext) {
  const physicians = await staffInRole(ctx, 'physician')
  const bound = await ctx.db
    .selectFrom('physician_manager as b')
    .innerJoin('staff as p', (join) => join.onRef('p.organization_id', '=', 'b.organization_id').onRef('p.id', '=', 'b.manager_id'))
    .select(['b.physician_id as physicianId', 'p.id', 'p.name'])
    .where('b.organization_id', '=', ctx.organizationId)
    .orderBy('p.name')
    .execute()
  return {
    physicians: physicians
      .toSorted((a, b) => a.name.localeCompare(b.name, ctx.locale))
      .map(({ id, name }) => ({
        id: id as never,
        name,
        managers: bound.filter((b) => b.physicianId === id).map((b) => ({ id: b.id as never, name: b.name })),
      })),
  }
}

/** Sets the managers of a physician. Who stays bound keeps their turn; patients keep the manager they have. */
export async function replaceBindings(ctx: WriteContext, physicianId: string, managerIds: readonly string[]) {
  const [physicians, managers] = [await staffInRole(ctx, 'physician'), await staffInRole(ctx, 'service-manager')]
  if (!physicians.some((p) => p.id === physicianId)) throw staffProblem('NotPhysician')
  const known = new Set(managers.map((manager) => manager.id))
  if (!managerIds.every((id) => known.has(id))) throw staffProblem('NotServiceManager', {}, 'body.managerIds')
  await ctx.tx
    .deleteFrom('physician_manager')
    .where('organization_id', '=', ctx.organizationId)
    .where('physician_id', '=', physicianId)
    .where(sql<boolean>`manager_id <> all(${[...managerIds]}::uuid[])`)
    .execute()
  for (const managerId of [...managerIds].toSorted()) await bindManager(ctx.tx, ctx.organizationId, physicianId, managerId, ctx.clock.now())
  ctx.audit.detail = { managerIds }
  return {}
}
