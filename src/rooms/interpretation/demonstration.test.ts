import { expect, test } from 'vitest'
import { LISTS, listOrders } from './contract/order.ts'
import { listMine } from './contract/own.ts'
import { listSlots } from './contract/slot.ts'
import { aTalkClinic } from './sample-talk.ts'
import { furnishInterpretations } from './server/index.ts'

const clinic = await aTalkClinic()
const { house, doctor, manager } = clinic

test('a demonstration has one in each state, however often it is furnished', async () => {
  for (let n = 0; n < 7; n++) await clinic.aPerson()
  for (let n = 0; n < 2; n++) await house.write((ctx) => furnishInterpretations(ctx, house.house))
  const lists = await Promise.all(
    LISTS.map(async (list) => {
      const { rows } = await doctor.call(listOrders, { query: { list } as never })
      return [list, rows.length] as const
    }),
  )
  expect(Object.fromEntries(lists)).toEqual({
    today: 0,
    waiting: 2,
    offered: 1,
    booked: 2,
    questions: 1,
    missed: 1,
    done: 1,
  })
  const { rows } = await manager.call(listOrders, { query: { list: 'done' } as never })
  expect(rows[0]).toMatchObject({ grade: 'recheck', signedBy: '张文远', unanswered: 1 })
  const me = await house.asPatient(rows[0]!.patient.id)
  expect((await me.call(listMine)).rows).toMatchObject([{ state: 'done', unread: true }])
  const times = await doctor.call(listSlots, {
    query: { days: 5, doctorId: doctor.staffId as never, free: 'true' } as never,
  })
  expect(times.rows.length).toBeGreaterThan(10)
})
