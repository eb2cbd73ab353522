import { instantAt, minuteOfDay } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { DeskView } from '../contract/desk.ts'
import { gather, type Call } from './candidates.ts'
import { rulesInForce } from './rule.ts'
import { openFrom, shutBecause, type Hours } from './rules/again.ts'
import { becauseOf, inOrder, onePerPerson, type Moment } from './rules/order.ts'
import { countOwn, findActiveOf, findTakers, type SessionRow } from './session-store.ts'

const SHOWN = 60

type Claim = Pick<SessionRow, 'claimed_until'>
type Taker = Pick<SessionRow, 'staff_id' | 'staff_name' | 'state'>

const takenOf = ({ actor }: ReadContext, { staff_id, staff_name, state }: Taker) => ({
  by: staff_name,
  isMine: staff_id === actor.id,
  isTalking: state === 'talking',
})

/**
 * Whom to call, in order; what waits; what the reader has done today. A claim that has run out marks nobody, also before
 * the round has let go of it: whoever asks next gets them.
 */
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
  const isHeld = (row: Claim) => row.claimed_until.getTime() > ctx.clock.now().getTime()
  const lineOf = ({ one, more }: { one: Call; more: number }) => {
    const taker = takers.get(one.patientId)
    return queueLineOf(one, { more, moment, taken: taker && isHeld(taker) ? takenOf(ctx, taker) : null })
  }
  const own = await findActiveOf(ctx.db, ctx.organizationId, ctx.actor.id)
  const midnight = instantAt(ctx.today, 0, ctx.tenant.timeZone)
  return {
    open: openingOf(ctx, hours),
    current: (own && isHeld(own) ? own.id : null) as never,
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
  { more, moment, taken }: { more: number; moment: Moment; taken: DeskView['queue'][number]['taken'] },
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
    taken,
  }
}
