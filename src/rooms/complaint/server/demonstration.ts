import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import type { InputOf } from '../../../platform/contract/index.ts'
import type { recordComplaint } from '../contract/complaint.ts'
import { record } from './complaint.ts'
import { ofPatient } from './read.ts'

/** What a demonstration shows: a complaint that waits for its answer. Once. */
export async function furnishComplaints(ctx: WriteContext): Promise<void> {
  const { rows: known } = await sql`
    select from complaint where organization_id = ${ctx.organizationId} limit 1`.execute(ctx.tx)
  if (known.length > 0) return
  const roles = ['service-manager']
  for (const { id, name } of await staffInRole(ctx, 'service-manager')) {
    const { rows } = await sql<{ id: string }>`
      select id from patient where organization_id = ${ctx.organizationId} and manager_id = ${id} and state = 'active'
      order by id desc limit 1`.execute(ctx.tx)
    if (rows.length === 0) continue
    const actor = { ...ctx.actor, kind: 'staff' as const, id, name, roles, permissions: permissionsOf(roles) }
    const own = { ...ctx, actor }
    const { proposedDueOn } = await ofPatient(own, rows[0]!.id)
    const rest = {
      key: ctx.ids.next<string & never>() as string,
      receivedOn: ctx.today,
      ownerId: id,
      dueOn: proposedDueOn,
    }
    await record(own, rows[0]!.id, { ...content.complaint, ...rest } as InputOf<typeof recordComplaint>['body'])
    return
  }
}
