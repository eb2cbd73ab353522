import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aClinic } from '../../../test/family-clinic.ts'
import { aHouse, TEST_NOW, type PatientCaller } from '../../../test/house.ts'
import type { ProxyScope } from '../../platform/contract/index.ts'
import content from '../campaign/content/campaigns.json' with { type: 'json' }
import { aRunning } from '../campaign/sample-campaign.ts'
import { noteDate, stepDue } from '../campaign/server/index.ts'
import { changeMine, endMine } from '../family/contract/own.ts'
import { listMessages, setPreference } from '../message/contract/message.ts'
import { listMyMessages } from '../message/contract/own.ts'
import { aPatient, publish, putConsent } from '../message/sample.ts'
import { sendDue, templatesInForce } from '../message/server/index.ts'
import { smsReplied } from '../sms/contract/events.ts'
import { assignCarers } from '../patient/server/index.ts'
import { listTemplates } from '../message/contract/template.ts'
import { bookAppointment } from './contract/appointment.ts'
import { listMyAppointments } from './contract/own.ts'

/** Reminders of appointments to who looks after a person: a child's guardian, a relative who was let in to be reminded. */
const WORDS = { code: 'SMS_RELATIVE', text: '${name}约了${day}来我们这里，请您到时提醒一声。' }
const { house, standIn, letIn } = await aClinic((smsUrls) => aHouse({ smsUrls }), [WORDS])
const db = house.house.databases.of(house.tenant.id)
const manager = await house.as('service-manager')
const reminders = content.campaigns.find(({ code }) => code === 'appointment')!.definition

let before: unknown
const reached = async () =>
  (await (await house.as('content-editor')).call(listTemplates)).rows.find(
    ({ code }) => code === 'appointment-relative',
  )!.relatives

beforeAll(async () => {
  before = await reached()
  const [words] = [...(await house.write((ctx) => templatesInForce(ctx, ['appointment-relative']))).values()]
  const sms = [{ provider: 'aliyun' as const, ...WORDS, values: { name: 'name', day: 'when' } }]
  await publish(house, { ...words!.definition, sms } as never)
  await aRunning(house, reminders as never)
})
beforeEach(async () => {
  await db.updateTable('message').set({ state: 'cancelled', next_at: null }).where('next_at', 'is not', null).execute()
  house.clock.set(TEST_NOW) // 10:00 on Monday, 2 March 2026
  standIn.desk.taken.length = 0
})

const aPerson = async (over: object = {}): Promise<PatientCaller> => {
  const id = await aPatient(house, over)
  await house.write((ctx) => assignCarers(ctx, id as never, { managerId: manager.staffId as never }))
  return house.asPatient(id as never)
}
const withRelative = async (scopes: ProxyScope[], over: object = {}) => {
  const person = await aPerson(over)
  return { person, relative: await letIn(person, { scopes }) }
}
const fixed = (person: PatientCaller, at: string | null) =>
  house.write((ctx) =>
    noteDate(ctx, { patientId: person.patientId, kind: 'appointment', key: 'a1', at: at ? new Date(at) : null }),
  )
const goOn = async (at?: string) => {
  if (at) house.clock.set(at)
  await stepDue(house.house, house.tenant)
  await sendDue(house.house, house.tenant)
  await house.settle()
}
const toRelatives = (person: PatientCaller) =>
  db
    .selectFrom('message')
    .selectAll()
    .where('patient_id', '=', person.patientId)
    .where('relative_id', 'is not', null)
    .orderBy('id')
    .execute()
const said = () => standIn.desk.taken.map(({ text }) => text).filter((text) => text.includes('提醒一声'))
/** 14:30 on Thursday, 5 March. */
const AT = '2026-03-05T06:30:00Z'

describe('a relative who is reminded too', () => {
  test('is told the time a day and an hour before, and nothing else; the ledger says whom', async () => {
    const { person, relative } = await withRelative(['remind'], { name: '王建国' })
    await fixed(person, AT)
    await goOn()
    expect(await toRelatives(person)).toEqual([])
    await goOn('2026-03-04T06:30:00Z')
    await goOn('2026-03-04T06:31:00Z')
    const once = ['【和康体检】王建国约了3月5日 14:30来我们这里，请您到时提醒一声。']
    expect(said()).toEqual(once)
    await goOn('2026-03-05T05:30:00Z')
    await goOn()
    expect(said()).toEqual([...once, ...once])
    const rows = await toRelatives(person)
    expect(rows.map((row) => [row.relative_id, row.channel, row.state, row.via_guardian])).toEqual(
      Array.from({ length: 2 }, () => [relative.id, 'sms', 'accepted', false]),
    )
    // What was said to somebody else is none of what they were sent; staff see whom it went to.
    const own = await (await house.asPatient(person.patientId)).call(listMyMessages, { query: {} })
    expect(JSON.stringify(own)).not.toContain('提醒一声')
    house.clock.set(TEST_NOW)
    const listed = await manager.call(listMessages, {
      query: { patientId: person.patientId as never, channel: 'sms' },
    })
    expect(listed.rows.map(({ toRelative }) => toRelative)).toEqual([true, true])
  })

  test('one who was not let in for it hears nothing', async () => {
    const { person } = await withRelative(['view', 'ask', 'book'])
    await fixed(person, AT)
    await goOn()
    await goOn('2026-03-04T06:30:00Z')
    expect(await toRelatives(person)).toEqual([])
    expect(said()).toEqual([])
  })

  test.each(['ended', 'changed', 'called off'] as const)('what waits is not said once it is %s', async (what) => {
    const { person, relative } = await withRelative(['remind'])
    // A day before it is half past six in the morning: too early to write to anybody.
    await fixed(person, '2026-03-04T22:30:00Z')
    await goOn()
    await goOn('2026-03-03T22:30:00Z')
    expect((await toRelatives(person)).map(({ state }) => state)).toEqual(['planned'])
    const again = await house.asPatient(person.patientId)
    const params = { relativeId: relative.id as never }
    if (what === 'ended') await again.call(endMine, { params })
    if (what === 'changed') await again.call(changeMine, { params, body: { scopes: ['view', 'book'] } })
    if (what === 'called off') await fixed(person, null)
    await goOn('2026-03-04T00:30:00Z')
    expect((await toRelatives(person)).map(({ state }) => state)).toEqual(['cancelled'])
    expect(said()).toEqual([])
  })

  test('the gate is the person’s: who refuses such messages, or wants none, is not told of by others either', async () => {
    const refused = await withRelative(['remind'])
    const body = { purpose: 'service', channel: 'sms', optedOut: true, note: '来电要求' } as const
    await manager.call(setPreference, { params: { patientId: refused.person.patientId as never }, body })
    const withheld = await withRelative(['remind'])
    await putConsent(house, withheld.person.patientId, 'service-messages', false)
    for (const { person } of [refused, withheld]) await fixed(person, AT)
    await goOn()
    await goOn('2026-03-04T06:30:00Z')
    const reasons = await Promise.all([refused, withheld].map(({ person }) => toRelatives(person)))
    expect(reasons.flat().map(({ state, reason }) => [state, reason])).toEqual([
      ['suppressed', 'opted-out'],
      ['suppressed', 'consent-withheld'],
    ])
    expect(said()).toEqual([])
  })

  test('who answers that they want no more speaks for their own number, not for the person', async () => {
    const { person, relative } = await withRelative(['remind'])
    await fixed(person, AT)
    await goOn()
    await goOn('2026-03-04T06:30:00Z')
    const [row] = await toRelatives(person)
    await house.write((ctx) =>
      ctx.emit(smsReplied, { replyId: ctx.ids.next(), sendingIds: [row!.id], stops: true } as never),
    )
    await house.settle()
    expect(
      await db.selectFrom('message_preference').selectAll().where('patient_id', '=', person.patientId).execute(),
    ).toEqual([])
    await goOn('2026-03-05T05:30:00Z')
    const [, soon] = await toRelatives(person)
    expect([soon!.relative_id, soon!.state, soon!.reason]).toEqual([relative.id, 'suppressed', 'complained'])
  })

  test('after its last day nothing is said, though it was planned before', async () => {
    const { person } = await withRelative(['remind'])
    await db
      .updateTable('relative')
      .set({ until_on: '2026-03-04' })
      .where('patient_id', '=', person.patientId)
      .execute()
    await fixed(person, AT)
    await goOn()
    await goOn('2026-03-04T06:30:00Z')
    const [row] = await toRelatives(person)
    expect(row!.not_after!.toISOString()).toBe('2026-03-04T16:00:00.000Z')
    await goOn('2026-03-05T05:30:00Z')
    expect((await toRelatives(person)).length).toBe(1)
  })

  test('on the pages of the person they see when, not what for', async () => {
    const { person, relative } = await withRelative(['remind'], { name: '王建国' })
    const other = await letIn(person, { scopes: ['view'] })
    const desk = await house.as('front-desk')
    await desk.call(bookAppointment, {
      params: { patientId: person.patientId as never },
      body: {
        key: house.house.ids.next(),
        on: '2026-03-05',
        from: '14:30',
        minutes: 20,
        service: '复诊',
        department: '精神科',
        practitioner: '陈医生',
        place: '三楼',
        bring: '病历',
      } as never,
    })
    const { rows } = (await relative.try(listMyAppointments)).body as { rows: object[] }
    expect(rows).toMatchObject([{ on: '2026-03-05', from: '14:30', service: '', department: '', place: '', bring: '' }])
    expect(JSON.stringify(rows)).not.toMatch(/精神科|复诊|陈医生|三楼|病历/)
    expect((await other.try(listMyAppointments)).code).toBe('NotLetIn')

    // The person lets them see where it is, and takes that back; what for and with whom they never see.
    const change = (scopes: ProxyScope[]) =>
      person.call(changeMine, { params: { relativeId: relative.id as never }, body: { scopes } })
    expect((await change(['view', 'place'])).scopes).toEqual(['view'])
    expect((await change(['view', 'remind', 'place'])).scopes).toEqual(['view', 'remind', 'place'])
    const seen = (await relative.try(listMyAppointments)).body as { rows: object[] }
    expect(seen.rows).toMatchObject([
      { from: '14:30', service: '', department: '', practitioner: '', place: '三楼', bring: '' },
    ])
    expect((await change(['view', 'remind'])).scopes).toEqual(['view', 'remind'])
    expect(JSON.stringify((await relative.try(listMyAppointments)).body)).not.toContain('三楼')
    expect((await person.call(listMyAppointments)).rows).toMatchObject([{ department: '精神科' }])
  })
})

test('of a child the guardian is told, at the guardian’s address alone', async () => {
  const person = await aPerson({
    name: '王小明',
    birthDate: '2018-05-05',
    email: 'child@example.com',
    guardian: { name: '王芳', relation: 'mother', email: 'mother@example.com', phone: '13900008888' },
  })
  await fixed(person, AT)
  await goOn()
  await goOn('2026-03-04T06:30:00Z')
  const rows = await db.selectFrom('message').selectAll().where('patient_id', '=', person.patientId).execute()
  const mail = rows.find(({ channel }) => channel === 'email')!
  expect([mail.template, mail.via_guardian, mail.to_masked]).toEqual([
    'appointment-tomorrow',
    true,
    expect.stringMatching(/^m.*@example\.com$/),
  ])
})

test('whoever keeps the templates sees that relatives get nothing until the short message is approved', async () => {
  expect([before, await reached()]).toEqual(['no-words', 'reached'])
  const { rows } = await (await house.as('content-editor')).call(listTemplates)
  expect(rows.filter(({ relatives }) => relatives !== null).map(({ code }) => code)).toEqual(['appointment-relative'])
})
