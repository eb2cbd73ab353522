import { beforeEach, expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { changePatient, getPatient } from '../patient/contract/patient.ts'
import { assignCarers } from '../patient/server/index.ts'
import { getMessage } from './contract/message.ts'
import { readMyWishes, setMyGoodHours } from './contract/own.ts'
import { aPatient, aTemplate, keepingTransport, mailingBy, mailRow, publish, setWebAddress } from './sample.ts'
import { sendDue, sendMessage } from './server/index.ts'

/** From what a person says of their hours to the hour a mail leaves: by the sender, the page of theirs, and what staff read. */
const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
await setWebAddress(house, 'https://care.example.org')
const care = await publish(house, aTemplate())
const manager = await house.as('service-manager')
beforeEach(() => house.clock.set(TEST_NOW))

const { mails, transport } = keepingTransport()
const send = () => sendDue(mailingBy(house.house, transport), house.tenant)
const write = async (patientId: string, over: object = {}) => {
  await house.write((ctx) =>
    sendMessage(ctx, { patientId: patientId as never, template: care, touch: `t${Math.random()}`, ...over }),
  )
  await send()
}
const prefer = (patientId: string, goodHours: string) =>
  db
    .updateTable('patient')
    .set({ preferences: JSON.stringify({ goodHours }) as never })
    .where('id', '=', patientId)
    .execute()

test('it comes at the hour that staff have written down, and staff see why it waits', async () => {
  const patientId = await aPatient(house)
  await house.write((ctx) => assignCarers(ctx, patientId as never, { managerId: manager.staffId }))
  await prefer(patientId, '下午三点后')
  await write(patientId)
  const row = await mailRow(house, patientId)
  expect([row.state, row.reason, row.next_at?.toISOString()]).toEqual([
    'planned',
    'good-hours',
    '2026-03-02T07:00:00.000Z',
  ])
  const { events } = await manager.call(getMessage, { params: { messageId: row.id as never } })
  expect(events.at(-1)).toMatchObject({
    kind: 'waiting',
    reason: 'good-hours',
    saw: { from: '15:00', to: '21:00' },
    until: '2026-03-02T07:00:00.000Z',
  })
  const before = mails.length
  house.clock.set('2026-03-02T07:00:00Z')
  await send()
  expect([(await mailRow(house, patientId)).state, mails.length - before]).toEqual(['accepted', 1])
})

test('not what is urgent, what a person sends by hand, or what would come too late', async () => {
  const urgent = await publish(house, aTemplate({ urgent: true }))
  for (const over of [{ template: urgent }, { source: 'by-hand' }, { notAfter: new Date('2026-03-02T08:00:00Z') }]) {
    const patientId = await aPatient(house)
    await prefer(patientId, '下午三点后')
    await write(patientId, over)
    expect((await mailRow(house, patientId)).state).toBe('accepted')
  }
})

test('the person chooses it themselves; it works at once, calls go by it too, and it can be undone', async () => {
  const patientId = await aPatient(house)
  const own = await house.asPatient(patientId)
  expect((await own.call(readMyWishes)).goodHours).toEqual({
    choice: 'any',
    words: '',
    noted: '',
    from: null,
    to: null,
  })
  await prefer(patientId, '下午三点后')
  expect((await own.call(readMyWishes)).goodHours).toEqual({
    choice: null,
    words: '下午三点后',
    noted: '下午三点后',
    from: '15:00',
    to: '24:00',
  })
  const { goodHours } = await own.call(setMyGoodHours, { body: { hours: 'evening' } })
  expect(goodHours).toEqual({ choice: 'evening', words: '晚上', noted: '下午三点后', from: '17:00', to: '22:00' })
  await write(patientId)
  const waiting = await mailRow(house, patientId)
  expect([waiting.reason, waiting.next_at?.toISOString()]).toEqual(['good-hours', '2026-03-02T09:00:00.000Z'])
  const row = await db.selectFrom('patient').select('preferences').where('id', '=', patientId).executeTakeFirstOrThrow()
  expect(row.preferences).toMatchObject({ goodHours: '晚上' })
  expect((await own.call(setMyGoodHours, { body: { hours: 'any' } })).goodHours.choice).toBe('any')
  const entries = await db.selectFrom('audit_entry').select('action').where('patient_id', '=', patientId).execute()
  expect(entries.filter(({ action }) => action === 'my.message.hours').length).toBe(2)
})

test('what staff have written down stays behind a choice, is shown to them, and can be gone back to', async () => {
  const patientId = await aPatient(house)
  await house.write((ctx) => assignCarers(ctx, patientId as never, { managerId: manager.staffId }))
  const of = { params: { patientId: patientId as never } }
  const seen = async () => (await manager.call(getPatient, of)).preferences
  const note = async (preferences: object) => {
    const { version } = await manager.call(getPatient, of)
    await manager.call(changePatient, { ...of, body: { version, changes: { preferences } } })
  }
  const own = await house.asPatient(patientId)
  const choose = async (hours: 'any' | 'morning' | 'evening' | 'as-noted') =>
    (await own.call(setMyGoodHours, { body: { hours } })).goodHours
  await note({ goodHours: '下午三点后，别打座机', dialect: '四川话' })
  await choose('evening')
  await choose('any')
  expect(await choose('morning')).toMatchObject({ choice: 'morning', words: '上午', noted: '下午三点后，别打座机' })
  expect(await seen()).toMatchObject({ goodHours: '上午', goodHoursNoted: '下午三点后，别打座机', dialect: '四川话' })
  // Whoever changes something else leaves the words behind the choice alone.
  await note({ ...(await seen()), dialect: '粤语' })
  expect(await seen()).toMatchObject({ goodHours: '上午', goodHoursNoted: '下午三点后，别打座机', dialect: '粤语' })
  expect(await choose('as-noted')).toMatchObject({ choice: null, words: '下午三点后，别打座机' })
  expect(await choose('as-noted')).toMatchObject({ choice: null, noted: '下午三点后，别打座机' })
  expect(await seen()).toMatchObject({ goodHours: '下午三点后，别打座机', goodHoursNoted: '', dialect: '粤语' })
  // Newer words of staff stand by themselves; those of before are not brought back.
  await choose('evening')
  await note({ ...(await seen()), goodHours: '周三下午' })
  expect(await seen()).toMatchObject({ goodHours: '周三下午', goodHoursNoted: '' })
})

test('where nothing is written down there is nothing to go back to', async () => {
  const patientId = await aPatient(house)
  const own = await house.asPatient(patientId)
  await own.call(setMyGoodHours, { body: { hours: 'evening' } })
  expect(await own.try(setMyGoodHours, { body: { hours: 'as-noted' } })).toMatchObject({
    status: 409,
    code: 'ChangedMeanwhile',
  })
  expect((await own.call(readMyWishes)).goodHours).toMatchObject({ choice: 'evening', noted: '' })
})

test('nobody sets it for others: staff have no such call, and a word that is none changes nothing', async () => {
  const patientId = await aPatient(house)
  const own = await house.asPatient(patientId)
  expect((await manager.try(setMyGoodHours, { body: { hours: 'evening' } })).status).toBeGreaterThanOrEqual(401)
  expect((await own.try(setMyGoodHours, { body: { hours: 'night' as never } })).status).toBe(400)
  expect((await own.call(readMyWishes)).goodHours.choice).toBe('any')
})
