import { reads, type Route } from '../../../platform/context/room.ts'
import { me } from '../contract/staff.ts'

export const routes: Route[] = [
  reads(me, async (ctx) => ({
    id: ctx.actor.id as never,
    name: ctx.actor.name,
    roles: [...ctx.actor.roles],
    permissions: [...ctx.actor.permissions],
    locale: ctx.locale,
    organization: { id: ctx.tenant.id, name: ctx.tenant.name, timeZone: ctx.tenant.timeZone },
  })),
]
