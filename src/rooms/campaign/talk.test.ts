import { expect, test } from 'vitest'
import { aTemplate, publish } from '../message/sample.ts'
import { bookSlot, cancelOrder, makeOrder } from '../interpretation/contract/order.ts'
import { aTalkClinic } from '../interpretation/sample-talk.ts'
import { aCampaign, aRunning, messagesOf, runsOf } from './sample-campaign.ts'
import { stepDue } from './server/index.ts'

/** A talk about a report is booked, moved and called off: journeys that hang on its time go along. */
test('a talk that moves in mid-run takes what was planned for its old time back, and is told of anew', async () => {
  const { house, manager, aReader, someTimes, travel } = await aTalkClinic()
  await publish(house, aTemplate({ code: 'talk-word', channels: ['email', 'in-app'] }))
  const id = await aRunning(
    house,
    aCampaign({
      audience: null,
      trigger: { kind: 'date', date: 'interpretation' },
      path: [
        { id: 'day-before', kind: 'wait', until: { anchor: { days: -1, hours: 0 } } } as never,
        { id: 'tomorrow', kind: 'send', template: 'talk-word', channels: ['email'], validHours: 12 } as never,
      ],
    }),
  )
  const { patientId, reportId } = await aReader()
  const { id: orderId } = await manager.call(makeOrder, {
    params: { patientId: patientId as never },
    body: { reportId: reportId as never, question: '血压高要不要紧？' },
  })
  const [first] = await someTimes({ on: '2026-03-04' })
  const [later] = await someTimes({ on: '2026-03-10' })
  const params = { orderId }
  await manager.call(bookSlot, { params, body: { slotId: first as never } })
  await house.settle()
  expect(await runsOf(house, id)).toMatchObject([
    { state: 'waiting', anchor_at: new Date('2026-03-04T06:00:00Z'), pass: 0 },
  ])
  await stepDue(house.house, house.tenant)
  await travel(new Date('2026-03-03T06:30:00Z'))
  await stepDue(house.house, house.tenant)
  expect(await messagesOf(house, id)).toMatchObject([{ state: 'planned' }])
  await manager.call(bookSlot, { params, body: { slotId: later as never } })
  await house.settle()
  expect(await messagesOf(house, id)).toMatchObject([{ state: 'cancelled' }])
  expect(await runsOf(house, id)).toMatchObject([
    { state: 'waiting', wake_at: new Date('2026-03-09T06:00:00Z'), pass: 1 },
  ])
  await manager.call(cancelOrder, { params, body: { because: '客户另有安排' } })
  await house.settle()
  expect(await runsOf(house, id)).toMatchObject([{ state: 'left', reason: 'called-off' }])
})
