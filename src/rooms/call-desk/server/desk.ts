import { instantAt, minuteOfDay } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { DeskView } from '../contract/desk.ts'
import { gather, type Call } from './candidates.ts'
import { rulesInForce } from './rule.ts'
import { openFrom, shutBecause, type Hours } from './rules/again.ts'
import { becauseOf, inOrder, onePerPerson, type Moment } from './rules/order.ts'
import { countOwn, findActiveOf, findTakers } from './session-store.ts'

const SHOWN = 60

/** Whom to call, in order; what waits; what the reader has done today. */
export async function showDesk(ctx: ReadContext): Promise<DeskView> {
  const { hours } = await rulesInForce(ctx)
  const calls = await gather(ctx)
  const moment = momentOf(ctx)
  const queue = onePerPerson(inOrder(calls.now, moment))
  const later = onePerPerson(calls.later.toSorted((a, b) => a.waitsUntil!.getTime() - b.waitsUntil!.getTime()))
  const held = onePerPerson(inOrder(calls.held, moment))
  const shown = [queue, later, held].map((list) => list.slice(0, SHOWN))
  const takers = await findTakers(
    ctx.db,
    ctx.organizationId,
    shown.flat().map(({ one }) => one.patientId),
  )
  const lineOf = ({ one, more }: { one: Call; more: number }) => {
    const taker = takers.get(one.patientId)
    return queueLineOf(one, {
      more,
      moment,
      takenBy: taker && taker.staff_id !== ctx.actor.id ? taker.staff_name : null,
    })
  }
  const midnight = instantAt(ctx.today, 0, ctx.tenant.timeZone)
  return {
    open: openingOf(ctx, hours),
    current: ((await findActiveOf(ctx.db, ctx.organizationId, ctx.actor.id))?.id ?? null) as never,
    queue: shown[0]!.map(lineOf),
    more: queue.length > SHOWN,
    later: shown[1]!.map(lineOf),
    held: shown[2]!.map(lineOf),
    today: await countOwn(ctx.db, ctx.organizationId, ctx.actor.id, midnight),
  }
}

export function momentOf(ctx: Pick<ReadContext, 'clock' | 'tenant' | 'today'>): Moment {
  return { today: ctx.today, minute: minuteOfDay(ctx.clock.now(), ctx.tenant.timeZone) % 1440 }
}

function openingOf(ctx: ReadContext, hours: Hours): DeskView['open'] {
  const now = ctx.clock.now()
  const because = shutBecause(now, hours)
  const opensAt = because ? openFrom(now, hours).toISOString() : null
  return { now: because === null, from: clockOf(hours.from), to: clockOf(hours.to), opensAt, because }
}

const pad = (count: number) => String(count).padStart(2, '0')
const clockOf = (minute: number) => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`

function queueLineOf(
  one: Call,
  { more, moment, takenBy }: { more: number; moment: Moment; takenBy: string | null },
): DeskView['queue'][number] {
  const { person } = one
  return {
    subject: one.subject,
    patient: {
      id: person.id as never,
      name: person.name,
      called: person.called,
      sex: person.sex,
      ageYears: person.ageYears,
      phoneMasked: person.phoneMasked,
    },
    title: one.title,
    dueOn: one.dueOn,
    untilOn: one.untilOn,
    because: becauseOf(one, moment),
    tries: one.tries,
    more,
    waitsUntil: one.waitsUntil?.toISOString() ?? null,
    hold: one.hold,
    takenBy,
  }
}
