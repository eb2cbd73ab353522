import type { WriteContext } from '../../../platform/context/context.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { staffInRole } from '../../staff/server/index.ts'
import { install } from './install.ts'
import { findKept } from './store.ts'
import { packOf } from './view.ts'

const SHOWN = 'chronic'

/**
 * What a demonstration shows: one pack in use in the department of its head, its own parts still waiting for their second
 * person. Nothing happens where somebody has decided about it already.
 */
export async function furnishPacks(ctx: WriteContext): Promise<void> {
  const [lead] = await staffInRole(ctx, 'quality-lead')
  if (!lead?.departmentId || (await findKept(ctx)).packs.has(SHOWN)) return
  const { id, name, roles } = lead
  const actor = { ...ctx.actor, kind: 'staff' as const, id, name, roles, permissions: permissionsOf(roles) }
  await install({ ...ctx, actor }, packOf(SHOWN), { departmentIds: [lead.departmentId], revision: 0 })
}
