import { sql } from 'kysely'
import { systemActor, type ReadContext, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { FEW, type Size } from '../contract/words.ts'
import './table.ts'

/** Counts a segment and keeps the number as that of today. */
export async function recordSize(ctx: WriteContext, segmentId: string): Promise<void> {
  await sql`
    insert into segment_size as s (organization_id, segment_id, day, members, counted_at)
    select ${ctx.organizationId}, ${segmentId}, ${ctx.today}::date, count(*)::int, ${ctx.clock.now()} from segment_member
    where organization_id = ${ctx.organizationId} and segment_id = ${segmentId} and left_at is null
    on conflict (organization_id, segment_id, day) do update
    set members = excluded.members, counted_at = excluded.counted_at`.execute(ctx.tx)
}

/** The sizes of all segments in force, for their history; each in a transaction of its own. */
export async function recordSizes(house: House, tenant: Tenant): Promise<void> {
  const options = { tenant, actor: systemActor(tenant.id, 'segment/sizes') }
  const ids = await house.databases
    .of(tenant.id)
    .selectFrom('segment')
    .select('id')
    .where('organization_id', '=', tenant.id)
    .where('state', '=', 'active')
    .execute()
  for (const { id } of ids) await write(house, options, (ctx) => recordSize(ctx, id))
}

/** A number as this reader may know it: few people could be recognised by whoever may not see them. */
export function sizeFor({ actor }: Pick<ReadContext, 'actor'>, count: number | null): Size {
  const isKept = count !== null && count < FEW && !actor.permissions.has('patient.read')
  return isKept ? { count: null, fewerThan: FEW } : { count, fewerThan: null }
}
