import { expect, test } from 'vitest'
import { z } from 'zod'
import { aHouse } from '../../../test/house.ts'
import { event } from '../contract/event.ts'
import { systemActor, type Tenant } from '../context/context.ts'
import { write, type House } from '../context/house.ts'
import { on, type Listener } from '../context/room.ts'
import { dispatchEvents } from './dispatcher.ts'
import { forgetDelivered } from './forget.ts'

const happened = event('test.happened', z.object({ n: z.number() }))
const { house: built, tenant, anOrganization, clock } = await aHouse()
const house: House = { ...built, listened: new Set([happened.name]) }

const emit = (n: number, of: Tenant = tenant) =>
  write(house, { tenant: of, actor: systemActor(of.id, 'test') }, (ctx) => ctx.emit(happened, { n }))
const deliver = async (...listeners: Listener[]) => {
  while ((await dispatchEvents(house, listeners)) > 0);
}
const hears = on(happened, 'test/hears', async () => {})
const fails = on(happened, 'test/fails', async () => Promise.reject(new Error('not today')))
const left = async (of: Tenant = tenant) => {
  const db = house.databases.of(of.id)
  const events = await db
    .selectFrom('outbox_event')
    .select('payload')
    .where('organization_id', '=', of.id)
    .orderBy('id')
    .execute()
  const receipts = await db.selectFrom('outbox_receipt').select('event_id').execute()
  return { events: events.map(({ payload }) => (payload as { n: number }).n), receipts: receipts.length }
}

test('what was delivered a month ago goes with its receipts; what is owed, not delivered, newer or of others stays', async () => {
  const other = await anOrganization()
  await emit(1)
  await emit(1, other)
  await deliver(hears)
  await emit(2)
  await deliver(hears, fails)
  await emit(3)
  clock.advance({ days: 30, seconds: 1 })
  await emit(4)
  expect(await left()).toEqual({ events: [1, 2, 3, 4], receipts: 2 })
  const gone = await Promise.all([forgetDelivered(house, tenant), forgetDelivered(house, tenant)])
  expect(gone.toSorted()).toEqual([0, 1])
  expect(await left()).toEqual({ events: [2, 3, 4], receipts: 1 })
  expect(await left(other)).toEqual({ events: [1], receipts: 1 })
})
