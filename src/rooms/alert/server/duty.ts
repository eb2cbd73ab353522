import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, StaffId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { findStaff } from '../../staff/server/index.ts'
import type { addDuty, DutyView } from '../contract/duty.ts'
import { alertProblem } from '../contract/problems.ts'
import { findDuty, onDuty, type DutyRow } from './duty-store.ts'
import { HANDLING_ROLES } from './receivers.ts'
import { gapsOf } from './rules.ts'

const viewOf = (row: DutyRow): DutyView => ({
  id: row.id as DutyView['id'],
  staff: { id: row.staff_id as StaffId, name: row.name },
  from: row.from_at.toISOString(),
  until: row.until_at.toISOString(),
  rank: row.rank,
  phone: row.phone,
})

/** Who is on duty from now on, and where nobody is. */
export async function showDuty(ctx: ReadContext, days: number) {
  const now = ctx.clock.now()
  const until = new Date(now.getTime() + days * 86_400_000)
  const rows = await findDuty(ctx.db, ctx.organizationId, now, until)
  const gaps = gapsOf(
    rows.map((row) => ({ from: row.from_at, until: row.until_at })),
    now,
    until,
  )
  return {
    shifts: rows.toSorted((a, b) => a.from_at.getTime() - b.from_at.getTime() || a.rank - b.rank).map(viewOf),
    gaps: gaps.map((gap) => ({ from: gap.from.toISOString(), until: gap.until.toISOString() })),
    now: (await onDuty(ctx.db, ctx.organizationId, now)).map(viewOf),
    can: { write: ctx.actor.permissions.has('alert.duty') },
  }
}

/** Puts somebody who may handle alerts on duty; the same person not twice at once. */
export async function putOnDuty(ctx: WriteContext, body: InputOf<typeof addDuty>['body']): Promise<DutyView> {
  const staff = await findStaff(ctx, body.staffId)
  if (staff?.state !== 'active' || !staff.roles.some((role) => HANDLING_ROLES.includes(role)))
    throw alertProblem('AlertDutyUnfit', {}, 'body.staffId')
  // Two who plan at once stand in line at the person.
  await ctx.tx
    .selectFrom('staff')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', staff.id)
    .forUpdate()
    .execute()
  const from = new Date(body.from)
  const until = new Date(body.until)
  const others = await findDuty(ctx.tx, ctx.organizationId, from, until)
  if (others.some((one) => one.staff_id === staff.id && one.from_at < until))
    throw alertProblem('AlertDutyTwice', { name: staff.name }, 'body.from')
  const row = {
    id: ctx.ids.next<string & never>() as string,
    staff_id: staff.id,
    from_at: from,
    until_at: until,
    rank: body.rank,
    phone: body.phone,
  }
  await ctx.tx
    .insertInto('alert_duty')
    .values({
      organization_id: ctx.organizationId,
      ...row,
      created_by: ctx.actor.id,
      created_at: ctx.clock.now(),
      removed_by: null,
      removed_at: null,
    })
    .execute()
  ctx.audit.subjectId = row.id
  return viewOf({ ...row, name: staff.name })
}

export async function takeOffDuty(ctx: WriteContext, dutyId: string): Promise<Record<never, never>> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('alert_duty')
    .set({ removed_by: ctx.actor.id, removed_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', dutyId)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw platformProblem('NotFound')
  return {}
}
