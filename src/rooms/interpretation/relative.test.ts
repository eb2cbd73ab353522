import { beforeAll, expect, test } from 'vitest'
import { relativeOf, type Relative } from '../../../test/family-clinic.ts'
import type { PatientCaller } from '../../../test/house.ts'
import { readMyReport } from '../health-report/contract/own.ts'
import * as order from './contract/order.ts'
import * as own from './contract/own.ts'
import { aTalkClinic } from './sample-talk.ts'

/** S0-29: whom the person has let in asks and chooses times in their name, and everybody sees that it was them. */
const clinic = await aTalkClinic()
const { house, manager } = clinic
const db = () => house.house.databases.of(house.tenant.id)
const of = (orderId: string) => ({ params: { orderId: orderId as never } })

let me: PatientCaller
let reportId: never
let looks: Relative
let asks: Relative
let books: Relative
beforeAll(async () => {
  const reader = await clinic.aReader()
  reportId = reader.reportId as never
  me = await house.asPatient(reader.patientId)
  looks = await relativeOf(house, reader.patientId, ['view'], '李梅')
  asks = await relativeOf(house, reader.patientId, ['view', 'ask'], '王芳')
  books = await relativeOf(house, reader.patientId, ['view', 'book'], '王强')
})

test('asks with the own name before the words, once let in for asking; the words of the person stay between them and the doctor', async () => {
  expect((await looks.try(readMyReport, { params: { compositionId: reportId } })).status).toBe(200)
  const body = { reportId, question: '父亲的血压要紧吗？' }
  for (const one of [looks, books]) expect((await one.try(own.askForOne, { body })).code).toBe('NotLetIn')
  expect(
    await db().selectFrom('interpretation_order').select('id').where('patient_id', '=', me.patientId).execute(),
  ).toEqual([])
  const ofReport = async (one: Relative) =>
    (await one.try(own.mineOfReport, { params: { compositionId: reportId } })).body as { canAsk: boolean }
  expect([(await ofReport(looks)).canAsk, (await ofReport(asks)).canAsk]).toEqual([false, true])
  const { id } = (await asks.try(own.askForOne, { body })).body as { id: string }
  expect(await me.call(own.readMine, of(id))).toMatchObject({ question: '王芳（子女）: 父亲的血压要紧吗？' })
  expect((await looks.try(own.readMine, of(id))).body).toMatchObject({
    question: '',
    phoneMasked: null,
    changeable: false,
  })
  const { log } = await manager.call(order.getOrder, of(id))
  expect(log).toMatchObject([{ kind: 'asked', byName: '王芳（子女）', byPatient: false }])
})

test('chooses and gives back a time only when let in for booking, and a look leaves what is unread unread', async () => {
  const { rows } = await me.call(own.listMine)
  const id = rows[0]!.id
  const [slotId] = (await clinic.someTimes({ on: '2026-03-05' })) as never[]
  await manager.call(order.offerSlots, { ...of(id), body: { slotIds: [slotId!] } })
  for (const one of [looks, asks])
    expect((await one.try(own.bookMine, { ...of(id), body: { slotId: slotId! } })).code).toBe('NotLetIn')
  expect(await me.call(own.readMine, of(id))).toMatchObject({ state: 'offered' })
  expect((await books.try(own.bookMine, { ...of(id), body: { slotId: slotId! } })).status).toBe(200)
  expect(await me.call(own.readMine, of(id))).toMatchObject({ state: 'booked' })
  expect((await asks.try(own.cancelMine, { ...of(id), body: {} })).code).toBe('NotLetIn')
  expect((await books.try(own.readMine, of(id))).body).toMatchObject({ changeable: true })
})
