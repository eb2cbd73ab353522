import { sql } from 'kysely'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { addDays, dateIn } from '../../../platform/clock.ts'
import { holdsOf, sendMessages, type NewMessage } from '../../message/server/index.ts'
import { openWay } from '../../patient-access/server/index.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { standingOf, takenOf } from './course.ts'
import { policyInForce } from './rule.ts'
import { nextAfter, slotKey, slotsWithin, type Slot } from './rules/doses.ts'
import { callBack, SOURCE } from './schedule.ts'
import { findOff, findTakes, findVersions } from './store.ts'
import type { ScheduleRow } from './table.ts'

const BATCH = 200
export const REMINDER = 'medication-time'
/** The longest a reminder may be worth sending, whatever the house has set. */
const CALL_BACK_MINUTES = 240

/**
 * Tells people at the times that were agreed on. Several drugs at one time are one message, and so are two workers that
 * come to the same person: the touch is the day and the time. @returns how many schedules were due
 */
export async function remind(house: House, tenant: Tenant): Promise<number> {
  const as = (use: (ctx: WriteContext) => Promise<number>) =>
    write(house, { tenant, actor: systemActor(tenant.id, 'medication/remind') }, use)
  await as(callBackOfResting)
  let all = 0
  for (let done = BATCH; done >= BATCH;) all += done = await as(remindSome)
  return all
}

async function remindSome(ctx: WriteContext): Promise<number> {
  const now = ctx.clock.now()
  const { rows } = await sql<ScheduleRow>`
    select * from medication_schedule where organization_id = ${ctx.organizationId} and state = 'active' and next_at <= ${now}
    order by next_at, id limit ${BATCH} for update skip locked`.execute(ctx.tx)
  if (rows.length === 0) return 0
  const ids = rows.map(({ id }) => id)
  const versions = await findVersions(ctx.tx, ctx.organizationId, ids)
  const takes = await findTakes(ctx.tx, ctx.organizationId, ids, addDays(ctx.today, -1))
  const { validMinutes } = await policyInForce(ctx)
  const due = rows.flatMap((row): Due[] => {
    const own = (versions.get(row.id) ?? []).map(standingOf)
    const slot = lastDue(ctx, own, validMinutes)
    const noted = (takes.get(row.id) ?? []).map(takenOf).some((one) => slot && slotKey(one) === slotKey(slot))
    return slot?.content.remind && !noted ? [{ row, slot }] : []
  })
  const told = await tell(ctx, due, validMinutes)
  for (const row of rows) {
    const latest = standingOf(versions.get(row.id)!.at(-1)!)
    const next = nextAfter(latest, now, ctx.today, ctx.tenant.timeZone)
    await sql`update medication_schedule set next_at = ${next}, reminded_at = ${told.has(row.patient_id) ? now : row.reminded_at}
      where organization_id = ${ctx.organizationId} and id = ${row.id}`.execute(ctx.tx)
  }
  return rows.length
}

interface Due {
  row: ScheduleRow
  slot: Slot
}

/** The last dose whose time has come, if a reminder is still worth it: after a standstill nobody is told of the morning at night. */
function lastDue(
  ctx: WriteContext,
  versions: Parameters<typeof slotsWithin>[0],
  validMinutes: number,
): Slot | undefined {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - validMinutes * 60_000)
  const days = { from: dateIn(since, ctx.tenant.timeZone), until: ctx.today }
  return slotsWithin(versions, days, ctx.tenant.timeZone, null).findLast(({ at }) => at <= now && at > since)
}

/** @returns who is told */
async function tell(ctx: WriteContext, due: readonly Due[], validMinutes: number): Promise<Set<string>> {
  const ids = [...new Set(due.map(({ row }) => row.patient_id))]
  const people = await patientSummaries(ctx, ids)
  const off = await findOff(ctx.tx, ctx.organizationId, ids)
  const resting = await restingOf(ctx, ids)
  const messages = new Map<string, NewMessage>()
  for (const { row, slot } of due) {
    const id = row.patient_id
    const touch = `${REMINDER}:${slot.on}:${slot.minute}`
    if (people.get(id)?.state !== 'active' || off.has(id) || resting.has(id) || messages.has(`${id} ${touch}`)) continue
    const { link } = await openWay(ctx, id, { page: '/my/medicine', days: 1 })
    messages.set(`${id} ${touch}`, {
      patientId: id,
      template: REMINDER,
      touch,
      notAfter: new Date(slot.at.getTime() + validMinutes * 60_000),
      values: { link },
      source: SOURCE,
      sourceKey: id,
    })
  }
  await sendMessages(ctx, [...messages.values()])
  return new Set([...messages.values()].map(({ patientId }) => patientId))
}

/** In hospital others give the medicine; in a crisis a person speaks to them, not a machine. */
async function restingOf(ctx: WriteContext, patientIds: readonly string[]): Promise<Set<string>> {
  const holds = await holdsOf(ctx, patientIds)
  const rests = ({ kind }: { kind: string }) => kind === 'admission' || kind === 'crisis'
  return new Set([...holds].filter(([, all]) => all.some(rests)).map(([id]) => id))
}

/** Whoever was taken in, or into a crisis, since their reminder was planned is not told any more. */
async function callBackOfResting(ctx: WriteContext): Promise<number> {
  const since = new Date(ctx.clock.now().getTime() - CALL_BACK_MINUTES * 60_000)
  const { rows } = await sql<{ patient_id: string }>`
    select distinct patient_id from medication_schedule where organization_id = ${ctx.organizationId} and reminded_at > ${since}`.execute(
    ctx.tx,
  )
  const resting = await restingOf(
    ctx,
    rows.map((row) => row.patient_id),
  )
  for (const id of [...resting].toSorted()) await callBack(ctx, id)
  return resting.size
}
