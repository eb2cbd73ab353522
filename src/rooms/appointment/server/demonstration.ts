import { addDays, dateIn, type Clock } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import type { Mark } from '../contract/words.ts'
import { book, cancel, mark, move } from './appointment.ts'

type Sample = (typeof content.appointments)[number] & {
  then?: string
  movedTo?: { day: number; from: string }
  cancelled?: string
}
const BOOKED_DAYS_AGO = 3

/** What a demonstration shows: a day at the front desk, what was yesterday, what is to come. Once. */
export async function furnishAppointments(ctx: WriteContext): Promise<void> {
  const some = await ctx.tx
    .selectFrom('appointment')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .limit(1)
    .executeTakeFirst()
  if (some) return
  const [desk] = await staffInRole(ctx, 'front-desk')
  const people = await peopleOf(ctx)
  if (!desk || people.length === 0) return
  const roles = ['front-desk']
  const actor = { ...ctx.actor, kind: 'staff' as const, ...desk, roles, permissions: permissionsOf(roles) }
  for (const [n, sample] of (content.appointments as Sample[]).entries())
    await one({ ...ctx, actor }, people[n % people.length]!, sample)
}

async function one(ctx: WriteContext, patientId: string, sample: Sample): Promise<void> {
  const { day, then, movedTo, cancelled, ...about } = sample
  const before = { ...ctx, ...earlier(ctx) }
  const key = ctx.ids.next<string>()
  const { id, revision } = await book(before, patientId, { key, on: addDays(ctx.today, day), ...about })
  if (movedTo) {
    const { minutes } = about
    await move(before, id, { revision, minutes, on: addDays(ctx.today, movedTo.day), from: movedTo.from })
  }
  if (cancelled) await cancel(before, id, { revision, because: cancelled })
  if (then === 'noshow') await mark(ctx, id, { revision, status: then })
  else if (then) {
    const { revision: arrived } = await mark(ctx, id, { revision, status: 'arrived' })
    if (then !== 'arrived') await mark(ctx, id, { revision: arrived, status: then as Mark })
  }
}

async function peopleOf(ctx: WriteContext): Promise<string[]> {
  const rows = await ctx.tx
    .selectFrom('patient')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('state', '=', 'active')
    .where('manager_id', 'is not', null)
    .orderBy('id')
    .limit(content.appointments.length)
    .execute()
  return rows.map(({ id }) => id)
}

/** As it was when they were booked: only the clock goes after. */
function earlier(ctx: WriteContext): Pick<WriteContext, 'clock' | 'today'> {
  const now = () => new Date(ctx.clock.now().getTime() - BOOKED_DAYS_AGO * 86_400_000)
  const clock: Clock = { now, today: (timeZone) => dateIn(now(), timeZone) }
  return { clock, today: clock.today(ctx.tenant.timeZone) }
}
