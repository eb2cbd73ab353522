import { daysBetween, instantAt } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { CareBatch } from '../../agenda/server/index.ts'
import { workingDays } from '../../message/server/index.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { firstStepOn, placeMany, spreadOf, type Days, type SpreadRule } from '../contract/spread.ts'
import type { ProtocolVersion } from './protocol-store.ts'
import {
  dropWaits,
  fillDays,
  findDays,
  holdIntake,
  insertWaits,
  releaseWaits,
  type NewWait,
  type WaitRow,
} from './spread-store.ts'

/** Somebody whom a pathway takes in. */
export interface Wish {
  patientId: string
  protocol: ProtocolVersion
  entryKey: string
  anchorOn: string
  /** The day they were given: looked at later, they begin as of that day. */
  waitedSince?: string
}

/** So late a plan still counts from the day that was given; the engine stood still for longer: from today. */
const LATE_DAYS = 7

/** What a colleague has put on the list begins without any rule. */
export const LISTED = 'list:'

const keyOf = (patientId: string, code: string) => `${patientId} ${code}`

/**
 * Of those a pathway takes in: who begins now. Where it spreads, the others get a day and wait for it; a day that was given
 * is kept however often they are looked at, and given up when what brought them in is gone.
 * @param waits all that these people wait for
 */
export async function beginOrWait(
  ctx: WriteContext,
  batch: CareBatch,
  waits: readonly WaitRow[],
  wishes: readonly Wish[],
): Promise<Wish[]> {
  const given = new Map(waits.map((wait) => [keyOf(wait.patient_id, wait.protocol_code), wait]))
  const wished = new Set(wishes.map(({ patientId, protocol }) => keyOf(patientId, protocol.code)))
  const begin: Wish[] = []
  const over: WaitRow[] = []
  const fresh = new Map<string, Wish>()
  for (const wish of wishes) {
    const wait = given.get(keyOf(wish.patientId, wish.protocol.code))
    const spreads = spreadOf(wish.protocol.definition) !== undefined
    if (wait && wait.begins_on > batch.today && (spreads || wait.entry_key.startsWith(LISTED)))
      proposeBegin(ctx, batch, wait.patient_id, wait.begins_on, wait.protocol_code)
    else if (wait) {
      over.push(wait)
      const isLate = daysBetween(wait.begins_on, batch.today) > LATE_DAYS
      const isEarly = wait.begins_on > batch.today
      begin.push({
        ...wish,
        anchorOn: isLate || isEarly ? batch.today : wait.begins_on,
        waitedSince: wait.since.toISOString(),
      })
    } else if (spreads) fresh.set(keyOf(wish.patientId, wish.protocol.code), wish)
    else begin.push(wish)
  }
  const early = over.filter(({ begins_on }) => begins_on > batch.today)
  const gone = waits.filter((wait) => !wished.has(keyOf(wait.patient_id, wait.protocol_code)))
  const codes = [
    ...[...fresh.values()].map(({ protocol }) => protocol.code),
    ...[...gone, ...early].map((wait) => wait.protocol_code),
  ]
  for (const code of [...new Set(codes)].toSorted()) await holdIntake(ctx.tx, ctx.organizationId, code)
  await releaseWaits(ctx.tx, ctx.organizationId, [...gone, ...early], batch.today)
  await dropWaits(
    ctx.tx,
    ctx.organizationId,
    over.filter((wait) => !early.includes(wait)),
  )
  return [...begin, ...(await placeFresh(ctx, batch, [...fresh.values()]))]
}

/** Gives each a day, pathway by pathway. @returns those whose day is today */
async function placeFresh(ctx: WriteContext, batch: CareBatch, fresh: readonly Wish[]): Promise<Wish[]> {
  const begin: Wish[] = []
  const waiting: NewWait[] = []
  const byCode = [...Map.groupBy(fresh, ({ protocol }) => protocol.code)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const [code, wishes] of byCode) {
    const { definition } = wishes[0]!.protocol
    const those = wishes.toSorted((a, b) => (a.patientId < b.patientId ? -1 : 1))
    const days = await giveDays(ctx, code, those.length, definition, spreadOf(definition)!)
    those.forEach((wish, n) => {
      const on = days[n]!
      if (on === batch.today) return begin.push({ ...wish, anchorOn: batch.today })
      proposeBegin(ctx, batch, wish.patientId, on, code)
      return waiting.push({ patientId: wish.patientId, code, beginsOn: on, entryKey: wish.entryKey })
    })
  }
  await insertWaits(ctx.tx, ctx.organizationId, waiting, ctx.actor, ctx.clock.now())
  return begin
}

function proposeBegin({ tenant }: WriteContext, batch: CareBatch, patientId: string, on: string, code: string): void {
  batch.propose(patientId, instantAt(on, 0, tenant.timeZone), `begins ${code}`)
}

/** A day for each of so many people, earliest first; the days are noted. The caller holds them. */
async function giveDays(
  ctx: WriteContext,
  code: string,
  count: number,
  definition: ProtocolDefinition,
  rule: SpreadRule,
): Promise<string[]> {
  const begun = await findDays(ctx.tx, ctx.organizationId, code, ctx.today)
  const beginnings = placeMany(rule, count, begun, await openDaysOf(ctx, definition))
  await fillDays(ctx.tx, ctx.organizationId, code, ctx.today, count, beginnings)
  return beginnings.flatMap(({ on, count: n }) => Array.from({ length: n }, () => on))
}

/** People begin on days after which the first step falls on a working day. */
export async function openDaysOf(ctx: ReadContext, definition: ProtocolDefinition): Promise<Days> {
  const isWorkday = await workingDays(ctx, 'workdays')
  return { today: ctx.today, isOpen: (day) => isWorkday(firstStepOn(definition, day)) }
}
