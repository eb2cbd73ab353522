import { sql } from 'kysely'
import { dateIn, type Clock } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import type { Stage } from '../contract/words.ts'
import { move } from './move.ts'
import { findStanding } from './move-store.ts'

/** What a demonstration shows: a few people whom their manager has set somewhere, with reasons. Once. */
export async function furnishLifecycle(ctx: WriteContext): Promise<void> {
  const { rows } = await sql`
    select from relationship_move where organization_id = ${ctx.organizationId} and kind = 'hand' limit 1`.execute(
    ctx.tx,
  )
  if (rows.length > 0) return
  const roles = ['service-manager']
  for (const { id, name } of await staffInRole(ctx, 'service-manager')) {
    const people = await peopleOf(ctx, id)
    if (people.length < content.people.length) continue
    const actor = { ...ctx.actor, kind: 'staff' as const, id, name, roles, permissions: permissionsOf(roles) }
    for (const [n, { moves }] of content.people.entries())
      for (const { to, daysAgo, because } of moves) {
        const patientId = people[n]!
        const revision = (await findStanding(ctx.db, ctx.organizationId, patientId))?.revision ?? 0
        const body = { to: to as Stage, revision, because, restDays: 60 }
        await move({ ...since(ctx, daysAgo), actor }, patientId, body)
      }
    return
  }
}

async function peopleOf(ctx: WriteContext, managerId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from patient where organization_id = ${ctx.organizationId} and manager_id = ${managerId} and state = 'active'
    order by id limit ${content.people.length}`.execute(ctx.tx)
  return rows.map(({ id }) => id)
}

/** As it was so many days ago: only the clock goes after. */
function since(ctx: WriteContext, daysAgo: number): WriteContext {
  const now = () => new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000)
  const clock: Clock = { now, today: (timeZone) => dateIn(now(), timeZone) }
  return { ...ctx, clock, today: clock.today(ctx.tenant.timeZone) }
}
