import { sql } from 'kysely'
import { addDays, instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }

const DUTY_DAYS = 30

/**
 * What a demonstration shows: a few rules that its head of department has confirmed, and a duty list. A real house
 * confirms its own. Nothing happens where somebody has confirmed a rule already.
 */
export async function furnishAlerts(ctx: WriteContext): Promise<void> {
  const [owner] = await staffInRole(ctx, 'quality-lead')
  const doctors = await staffInRole(ctx, 'physician')
  const managers = await staffInRole(ctx, 'service-manager')
  const now = ctx.clock.now()
  if (!owner) return
  const { numAffectedRows } = await sql`
    update alert_rule set state = 'confirmed', owner_id = ${owner.id}, confirmed_at = ${now}
    where organization_id = ${ctx.organizationId} and state = 'draft' and version = 1 and code = any(${content.confirmed}::text[])
      and not exists (select from alert_rule r where r.organization_id = ${ctx.organizationId} and r.state = 'confirmed')`.execute(
    ctx.tx,
  )
  if (!numAffectedRows) return
  const team = [...doctors.slice(0, 2), ...managers.slice(0, 2)]
  for (let day = 0; team.length > 0 && day < DUTY_DAYS; day++) {
    const date = addDays(ctx.today, day)
    const at = (minute: number, of = date) => instantAt(of, minute, ctx.tenant.timeZone)
    const shifts = [
      { staff: team[day % team.length]!, rank: 1, from: at(0), until: at(0, addDays(date, 1)) },
      { staff: team[(day + 1) % team.length]!, rank: 2, from: at(0), until: at(0, addDays(date, 1)) },
    ].slice(0, team.length)
    for (const { staff, rank, from, until } of shifts)
      await ctx.tx
        .insertInto('alert_duty')
        .values({
          organization_id: ctx.organizationId,
          id: ctx.ids.next<string & never>() as string,
          staff_id: staff.id,
          from_at: from,
          until_at: until,
          rank,
          phone: content.phone,
          created_by: owner.id,
          created_at: now,
          removed_by: null,
          removed_at: null,
        })
        .execute()
  }
}
