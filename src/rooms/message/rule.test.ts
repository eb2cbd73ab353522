import { describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW, type Caller } from '../../../test/house.ts'
import { getMessage, tryAgain } from './contract/message.ts'
import { importHolidays, listHolidays } from './contract/holiday.ts'
import { listNotices } from './contract/notice.ts'
import { changeRules, getRules, previewRules, type MessagePolicy } from './contract/rule.ts'
import { addSuppression, importSuppressions, liftSuppression, listSuppressions } from './contract/suppression.ts'
import { alarmOfMissingYears } from './server/holiday.ts'
import { sendDue, sendMessage, sendMessages } from './server/index.ts'
import {
  aPatient,
  aTemplate,
  keepingTransport,
  mailingBy,
  mailRow,
  publish,
  putConsent,
  setWebAddress,
} from './sample.ts'

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
await setWebAddress(house, 'https://care.example.org')
/** The clock travels for years here, and no session lasts that long. */
const lead: Pick<Caller, 'call' | 'try'> = {
  call: async (endpoint, input) => (await aLead()).call(endpoint, input),
  try: async (endpoint, input) => (await aLead()).try(endpoint, input),
}
const aLead = () => house.as('quality-lead', { name: '质控' })
let count = 0
const send = async (answer?: Parameters<typeof keepingTransport>[0]) => {
  const { mails, transport } = keepingTransport(answer)
  await sendDue(mailingBy(house.house, transport), house.tenant)
  return mails
}
const template = await publish(house, aTemplate())
const tell = (patientId: string, over: object = {}) =>
  house.write((ctx) => sendMessage(ctx, { patientId, template, touch: `r:${++count}`, ...over }))
const policyNow = async () => (await lead.call(getRules)).current
const set = async (over: Partial<MessagePolicy>) => {
  const { policy, version } = await policyNow()
  return lead.call(changeRules, { body: { policy: { ...policy, ...over }, version, because: '试一试' } })
}

describe('the rules', () => {
  test('come with Peiban, with the hours and limits of the house, and a reason for each part', async () => {
    const { current, shipped, history } = await lead.call(getRules)
    expect([current.version, current.by, history]).toEqual([0, null, []])
    expect(current.policy.hours).toMatchObject({
      care: { from: '08:00', to: '21:00' },
      promotion: { from: '09:00', to: '20:00' },
    })
    expect(current.policy.caps.all).toEqual({ day: 3, week: 10, month: null })
    expect(Object.values(shipped.reasons).every(({ zh, en }) => zh && en)).toBe(true)
  })

  test('are set with a reason, kept by version, and written into the audit by part', async () => {
    const set1 = await set({ holdoutPercent: 10 })
    expect([set1.version, set1.by, set1.because]).toEqual([1, '质控', '试一试'])
    await set({ holdoutPercent: 0, share: { percent: 20, days: 60 } })
    const { current, history } = await lead.call(getRules)
    expect([current.version, history.map(({ version }) => version)]).toEqual([2, [1]])
    const trace = await db
      .selectFrom('audit_entry')
      .select('detail')
      .where('action', '=', 'message.rules-change')
      .orderBy('id')
      .execute()
    expect(trace.map(({ detail }) => detail)).toEqual([
      { version: 1, changed: ['holdoutPercent'] },
      { version: 2, changed: ['share', 'holdoutPercent'] },
    ])
  })

  test('two who set them at once: the second is told', async () => {
    const { policy, version } = await policyNow()
    const body = { policy, version, because: '同时' }
    const answers = await Promise.all([lead.try(changeRules, { body }), lead.try(changeRules, { body })])
    expect(answers.map(({ code }) => code ?? 'set').toSorted()).toEqual(['RulesChangedMeanwhile', 'set'])
  })

  test.each([
    ['hours that end before they begin', { hours: { service: { from: '09:00', to: '08:00' } } }],
    ['more than half of the people left out', { holdoutPercent: 51 }],
    ['no message at all as a limit', { caps: { all: { day: 0, week: 1, month: 1 } } }],
    ['numbers of a person left to a second person', { secondApproval: ['national-id'] }],
    ['a word that nobody knows', { nightly: true }],
  ])('refused: %s', async (_what, over) => {
    const { policy, version } = await policyNow()
    const wrong = { ...policy, ...over, hours: { ...policy.hours, ...(over as { hours?: object }).hours } } as never
    expect((await lead.try(changeRules, { body: { policy: wrong, version, because: '错的' } })).status).toBe(400)
  })

  test('hours of one channel and purpose are told once', async () => {
    const one = { purpose: 'care', channel: 'email', from: '09:00', to: '10:00' } as const
    const { policy, version } = await policyNow()
    const body = { policy: { ...policy, channelHours: [one, one] }, version, because: '重复' }
    expect((await lead.try(changeRules, { body })).code).toBe('RulesTwice')
  })
})

test('a preview says what of the last 30 days would have been held, and changes nothing', async () => {
  const patientId = await aPatient(house)
  for (let n = 0; n < 3; n++) {
    await tell(patientId)
    await send()
    house.clock.advance({ hours: 1 })
  }
  const { policy } = await policyNow()
  const preview = (over: Partial<MessagePolicy>) =>
    lead.call(previewRules, { body: { policy: { ...policy, ...over } } })
  expect(await preview({})).toEqual({ looked: 3, capped: false, held: [] })
  const two = { ...policy.caps, care: { day: 2, week: null, month: null } }
  expect((await preview({ caps: two })).held).toEqual([
    { purpose: 'care', reason: 'daily-limit', later: true, count: 1, people: 1 },
  ])
  const early = { ...policy.hours, care: { from: '06:00', to: '07:00' } }
  expect((await preview({ hours: early })).held).toMatchObject([{ reason: 'quiet-hours', count: 3 }])
  house.clock.advance({ days: 31 })
  expect((await preview({ hours: early })).looked).toBe(0)
  house.clock.set(TEST_NOW)
})

describe('days off', () => {
  const year = (n: number) =>
    ['01-01', '02-05', '02-06', '02-07', '02-08', '04-05', '05-01', '06-09', '09-15', '10-01', '10-02']
      .map((day) => `${n}-${day},休,节日`)
      .join('\n')

  test('one year comes with Peiban, the coming one is asked for from 1 December on', async () => {
    const { years, missing } = await lead.call(listHolidays)
    expect([years.map((one) => [one.year, one.origin]), missing]).toEqual([
      [
        [2026, 'shipped'],
        [2025, 'shipped'],
      ],
      [],
    ])
    house.clock.set('2026-11-30T02:00:00Z')
    expect(await alarmOfMissingYears(house.house, house.tenant)).toEqual([])
    house.clock.set('2026-12-01T02:00:00Z')
    const told = await aLead()
    expect(await alarmOfMissingYears(house.house, house.tenant)).toEqual([2027])
    expect(await alarmOfMissingYears(house.house, house.tenant)).toEqual([2027])
    const fresh = await told.call(listNotices)
    expect(fresh.rows.map(({ kind, title }) => [kind, title])).toEqual([
      ['holidays-missing', expect.stringContaining('2027')],
    ])
  })

  test('promotion stands still without the table and goes once it is read in; care does not wait', async () => {
    house.clock.set('2027-01-04T02:00:00Z')
    await set({ share: { percent: 100, days: 30 } })
    const promotion = await publish(house, aTemplate({ purpose: 'promotion' }))
    const [one, other] = [await aPatient(house), await aPatient(house)]
    await putConsent(house, one, 'promotion', true)
    await tell(one, { template: promotion })
    await tell(other)
    expect(await send()).toHaveLength(1)
    expect(await mailRow(house, one)).toMatchObject({ state: 'planned', reason: 'holidays-unknown' })
    const body = { text: year(2027), source: '国办发明电〔2026〕号', trial: true }
    expect((await lead.call(importHolidays, { body })).years).toEqual([{ year: 2027, off: 11, work: 0 }])
    expect(await send()).toEqual([])
    await lead.call(importHolidays, { body: { ...body, trial: false } })
    expect((await lead.call(listHolidays)).missing).toEqual([])
    expect(await send()).toHaveLength(1)
    expect(await alarmOfMissingYears(house.house, house.tenant)).toEqual([])
  })

  test('a table that is read in takes the place of the one before, whole', async () => {
    await lead.call(importHolidays, {
      body: { text: `${year(2027)}\n2027-10-03,休,节日\n2027-10-09,班,节日`, source: '更正' },
    })
    const found = (await lead.call(listHolidays)).years.find((one) => one.year === 2027)!
    expect([found.source, found.by, found.days.length, found.days.at(-1)]).toEqual([
      '更正',
      '质控',
      13,
      { day: '2027-10-09', kind: 'work', name: '节日' },
    ])
    house.clock.set(TEST_NOW)
  })

  test.each([
    ['a table that ends in spring', '2028-01-01,休,元旦\n2028-05-01,休,劳动节', 'HolidayYearUnfit'],
    ['two years, one of them torn', `${year(2028)}\n2029-05-01,休,劳动节`, 'HolidayYearUnfit'],
    ['no table at all', '你好', 'HolidayFileUnfit'],
    ['a day that does not exist', '2028-02-30,休,x', 'HolidayFileUnfit'],
  ])('refused: %s', async (_what, text, code) => {
    expect((await lead.try(importHolidays, { body: { text, source: 'x' } })).code).toBe(code)
    expect((await lead.call(listHolidays)).years.some((one) => one.year >= 2028)).toBe(false)
  })
})

describe('addresses that get nothing', () => {
  const bounce = () => Promise.resolve({ kind: 'rejected' as const, reply: '550 Mailbox not found', code: 550 })
  const standing = async (address: string) => (await lead.call(listSuppressions, { query: { address } })).rows

  test('one that does not exist stands for a while, and may then be tried again', async () => {
    const patientId = await aPatient(house, { email: 'gone@example.com' })
    await tell(patientId)
    await send(bounce)
    expect(await standing('GONE@example.com')).toMatchObject([
      { reason: 'bounced', source: 'delivery', addressMasked: 'g***@example.com', state: 'standing' },
    ])
    await tell(patientId)
    expect(await send()).toEqual([])
    house.clock.advance({ days: 181 })
    expect(await standing('gone@example.com')).toEqual([])
    await tell(patientId)
    expect(await send()).toHaveLength(1)
    house.clock.set(TEST_NOW)
  })

  test('a person who refuses us stands until somebody has asked them; so does whom another system brought', async () => {
    const patientId = await aPatient(house, { email: 'no@example.com' })
    await tell(patientId)
    await send(() => Promise.resolve({ kind: 'rejected', reply: '550 Mail is rejected by recipients', code: 550 }))
    house.clock.advance({ days: 400 })
    await tell(patientId, { template: 'please-contact', channels: ['email'] })
    expect(await send()).toEqual([])
    const [line] = await standing('no@example.com')
    expect(line).toMatchObject({ reason: 'complained', until: null })
    const lifted = await lead.call(liftSuppression, {
      params: { suppressionId: line!.id },
      body: { because: '电话里说是误点' },
    })
    expect([lifted.state, lifted.lifted!.because]).toEqual(['lifted', '电话里说是误点'])
    expect(
      (await lead.try(liftSuppression, { params: { suppressionId: line!.id }, body: { because: '再来' } })).code,
    ).toBe('SuppressionOver')
    await tell(patientId)
    expect(await send()).toHaveLength(1)
    house.clock.set(TEST_NOW)
  })

  test('entered by hand, with an end', async () => {
    const patientId = await aPatient(house, { email: 'hand@example.com' })
    const body = {
      channel: 'email',
      address: 'hand@example.com',
      reason: 'asked',
      note: '电话',
      untilOn: '2026-03-09',
    } as const
    await lead.call(addSuppression, { body })
    expect((await lead.try(addSuppression, { body })).code).toBe('SuppressedAlready')
    expect((await lead.try(addSuppression, { body: { ...body, address: 'nobody' } })).code).toBe('AddressUnfit')
    await tell(patientId)
    expect(await send()).toEqual([])
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'suppressed', reason: 'address-suppressed' })
    house.clock.set('2026-03-09T15:00:00Z')
    expect(await standing('hand@example.com')).toHaveLength(1)
    house.clock.set('2026-03-09T16:00:00Z')
    expect(await standing('hand@example.com')).toEqual([])
    house.clock.set(TEST_NOW)
  })

  test('a list of another system, with what cannot be read; nobody stands twice', async () => {
    const text =
      '邮箱,原因\na@example.com,退订\nb@example.com,spam,投诉过\n不是邮箱\na@example.com,退订\nhand2@example.com'
    const read = () => lead.call(importSuppressions, { body: { channel: 'email', text } })
    expect(await read()).toEqual({ added: 3, known: 0, unfit: [4] })
    expect(await read()).toEqual({ added: 0, known: 3, unfit: [4] })
    expect((await standing('b@example.com'))[0]).toMatchObject({
      reason: 'complained',
      source: 'import',
      note: '投诉过',
    })
    const page = await lead.call(listSuppressions, { query: { reason: 'asked' } })
    expect(page.rows.map(({ addressMasked }) => addressMasked)).toContain('a***@example.com')
  })

  test('whoever has a message tried again gives the address another chance', async () => {
    const manager = await house.as('service-manager')
    const patientId = await aPatient(house, { email: 'again@example.com' })
    await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patientId).execute()
    await tell(patientId)
    await send(bounce)
    const { id } = await mailRow(house, patientId)
    expect((await manager.call(getMessage, { params: { messageId: id as never } })).can.tryAgain).toBe(true)
    await manager.call(tryAgain, { params: { messageId: id as never } })
    expect(await send()).toHaveLength(1)
  })
})

describe('who may', () => {
  test.each([
    ['quality-lead', 200, 200],
    ['service-manager', 200, 403],
    ['medical-reviewer', 200, 403],
    ['content-editor', 200, 403],
    ['front-desk', 403, 403],
    ['counsellor', 403, 403],
    ['system-administrator', 403, 403],
  ] as const)('%s: read %i, set %i', async (role, read, write) => {
    const who = await house.as(role)
    const { policy, version } = await policyNow()
    expect([
      (await who.try(getRules)).status,
      (await who.try(listHolidays)).status,
      (await who.try(listSuppressions)).status,
      (await who.try(previewRules, { body: { policy } })).status,
      (await who.try(changeRules, { body: { policy, version, because: '看看' } })).status,
    ]).toEqual([read, read, read, read, write])
    if (write === 403)
      expect(
        (await who.try(addSuppression, { body: { channel: 'email', address: 'x@example.com', reason: 'other' } }))
          .status,
      ).toBe(403)
  })
})

test('two organizations: the rules, days and addresses of one say nothing to the other', async () => {
  const tenant = await house.anOrganization()
  const theirs = await house.as('quality-lead', { tenant })
  expect((await theirs.call(getRules)).current.version).toBe(0)
  expect((await theirs.call(listSuppressions, { query: { state: 'all' } })).rows).toEqual([])
  expect((await theirs.call(listHolidays)).years.every(({ origin }) => origin === 'shipped')).toBe(true)
  const patientId = await aPatient(house, { tenant, email: 'a@example.com' })
  await house.write(
    (ctx) => sendMessages(ctx, [{ patientId, template: 'please-contact', touch: 'theirs', channels: ['email'] }]),
    tenant,
  )
  const { mails, transport } = keepingTransport()
  await sendDue(mailingBy(house.house, transport), tenant)
  expect(mails).toHaveLength(1)
})
