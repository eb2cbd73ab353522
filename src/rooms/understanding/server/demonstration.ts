import { sql } from 'kysely'
import { addDays, dateIn, type Clock } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import type { EntryKind, Said } from '../contract/words.ts'
import { write } from './card.ts'

/** What a demonstration shows: cards of two people, in their own words. Once. */
export async function furnishUnderstanding(ctx: WriteContext): Promise<void> {
  const { rows } = await sql`
    select from understanding_entry where organization_id = ${ctx.organizationId} limit 1`.execute(ctx.tx)
  if (rows.length > 0) return
  const roles = ['service-manager']
  for (const { id, name } of await staffInRole(ctx, 'service-manager')) {
    const people = await peopleOf(ctx, id)
    if (people.length < content.cards.length) continue
    const actor = { ...ctx.actor, kind: 'staff' as const, id, name, roles, permissions: permissionsOf(roles) }
    for (const [n, { entries }] of content.cards.entries())
      for (const entry of entries) {
        const { words, speaker, source, daysAgo } = entry
        const relation = 'relation' in entry ? entry.relation : ''
        const heardOn = addDays(ctx.today, -daysAgo)
        const said = { words, speaker, relation, source, heardOn } as Said
        await write({ ...since(ctx, daysAgo), actor }, people[n]!, { kind: entry.kind as EntryKind, said })
      }
    return
  }
}

async function peopleOf(ctx: WriteContext, managerId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from patient where organization_id = ${ctx.organizationId} and manager_id = ${managerId} and state = 'active'
    order by id limit ${content.cards.length}`.execute(ctx.tx)
  return rows.map(({ id }) => id)
}

/** As it was so many days ago: only the clock goes after. */
function since(ctx: WriteContext, daysAgo: number): WriteContext {
  const now = () => new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000)
  const clock: Clock = { now, today: (timeZone) => dateIn(now(), timeZone) }
  return { ...ctx, clock, today: clock.today(ctx.tenant.timeZone) }
}
