import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW, type Caller } from '../../../test/house.ts'
import { changePatient, getPatient } from '../patient/contract/patient.ts'
import { assignCarers } from '../patient/server/index.ts'
import { shippedTemplates } from './server/templates.ts'
import { sendDue, sendMessage } from './server/index.ts'
import { aPatient, keepingTransport, ledger, mailingBy, mailRow, setWebAddress } from './sample.ts'

/** Who acts for a child: whatever any room sends goes through this door, so that none of them can get it wrong. */
const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
let manager: Caller
let count = 0

beforeAll(async () => {
  manager = await house.as('service-manager')
  await setWebAddress(house, 'https://clinic.example')
})
beforeEach(() => house.clock.set(TEST_NOW))

const MOTHER = { relation: 'mother', name: '妈妈', phone: '13911112222' } as const
/** Not so urgent that it goes out by night. */
const TEMPLATE = 'stage-summary-ready'
async function aChild(over: Parameters<typeof aPatient>[1] = {}): Promise<never> {
  const given = { name: '小满', birthDate: '2018-01-01', email: `child${++count}@example.com`, ...over }
  const id = await aPatient(house, given)
  await house.write((ctx) => assignCarers(ctx, id as never, { managerId: manager.staffId as never }))
  return id as never
}
/** A child that an interface brought: nobody has named a guardian. */
const anOrphan = (over: Parameters<typeof aPatient>[1] = {}) => aChild({ source: 'interface', ...over })
const tell = (patientId: string, template = TEMPLATE, touch = `test:${++count}`) =>
  house.write((ctx) =>
    sendMessage(ctx, { patientId, template, touch, channels: ['in-app', 'email'], values: valuesOf(template) }),
  )
const valuesOf = (code: string) =>
  Object.fromEntries(
    shippedTemplates.find((one) => one.code === code)!.variables.map(({ name, example }) => [name, example.zh]),
  )
async function send() {
  const { mails, transport } = keepingTransport()
  await sendDue(mailingBy(house.house, transport), house.tenant)
  await house.settle()
  return mails.map(({ to }) => to)
}
const tasksOf = (patientId: string) =>
  db
    .selectFrom('task')
    .select(['state', 'title', 'owner_id'])
    .where('patient_id', '=', patientId)
    .where('source', '=', 'message')
    .execute()
const change = async (patientId: never, changes: object) => {
  const { version } = await manager.call(getPatient, { params: { patientId } })
  await manager.call(changePatient, { params: { patientId }, body: { version, changes } })
  await house.settle()
}

describe('a child under 14', () => {
  test.each(shippedTemplates.map(({ code }) => code))(
    '%s goes to the guardian, and never to the child',
    async (code) => {
      const child = await aChild({ guardian: { ...MOTHER, email: 'mother@example.com' } })
      await tell(child, code)
      const to = await send()
      const row = await mailRow(house, child)
      // A promotion nobody asked for goes to nobody; everything else goes to the mother.
      if (row.state === 'accepted') expect(to).toEqual(['mother@example.com'])
      else expect([to, row.reason]).toEqual([[], 'consent-missing'])
      expect(row.via_guardian).toBe(true)
    },
  )

  test('without a guardian it waits, one task asks for all that waits, and nothing is lost', async () => {
    const child = await anOrphan()
    await tell(child)
    await tell(child)
    expect(await send()).toEqual([])
    expect((await ledger(house, child)).map(({ state, reason }) => [state, reason])).toEqual(
      Array.from({ length: 4 }, () => ['planned', 'guardian-missing']),
    )
    house.clock.advance({ days: 1 })
    expect(await send()).toEqual([])
    expect(await tasksOf(child)).toMatchObject([{ state: 'accepted', owner_id: manager.staffId }])
    house.clock.set(TEST_NOW)
    await change(child, { guardian: { ...MOTHER, email: 'late@example.com' } })
    expect(await send()).toEqual(['late@example.com', 'late@example.com'])
    expect((await ledger(house, child)).every(({ state }) => state === 'accepted')).toBe(true)
    expect(await tasksOf(child)).toMatchObject([{ state: 'completed' }])
  })

  test('an address of the child alone is not used: it waits for the guardian’s', async () => {
    const child = await aChild({ guardian: MOTHER })
    await tell(child)
    expect(await send()).toEqual([])
    expect((await ledger(house, child)).map(({ channel, state, reason }) => [channel, state, reason])).toEqual([
      ['in-app', 'accepted', null],
      ['email', 'planned', 'guardian-address-missing'],
    ])
    expect(await tasksOf(child)).toHaveLength(1)
    await change(child, { guardianEmail: 'ma@example.com' })
    expect(await send()).toEqual(['ma@example.com'])
    expect(await tasksOf(child)).toMatchObject([{ state: 'completed' }])
  })

  test('no address at all is no address, as with anybody; nobody is bothered with a task', async () => {
    const child = await aChild({ guardian: MOTHER, email: undefined })
    await tell(child)
    expect(await send()).toEqual([])
    expect(await mailRow(house, child)).toMatchObject({ state: 'failed', reason: 'no-address' })
    expect(await tasksOf(child)).toEqual([])
  })

  test('what waited until it had no sense any more says so, and does not go to the child', async () => {
    const child = await anOrphan()
    await tell(child)
    house.clock.advance({ days: 60 })
    expect(await send()).toEqual([])
    expect(await mailRow(house, child)).toMatchObject({ state: 'expired', reason: 'too-late' })
  })
})

describe('the 14th birthday', () => {
  const born = '2012-03-03'
  test('a message asked for before and sent after goes to the young person, without any job in between', async () => {
    const own = 'own-of-14@example.com'
    const child = await aChild({ birthDate: born, email: own, guardian: { ...MOTHER, email: 'mother@example.com' } })
    await tell(child, TEMPLATE, 'before')
    expect(await send()).toEqual(['mother@example.com'])
    await tell(child, TEMPLATE, 'between')
    house.clock.set('2026-03-02T16:00:00Z')
    // Midnight in Shanghai: now it is the birthday, and by night nobody is written to.
    expect(await send()).toEqual([])
    house.clock.set('2026-03-03T02:00:00Z')
    expect(await send()).toEqual([own])
    const rows = (await ledger(house, child)).filter(({ channel }) => channel === 'email')
    expect(rows.map(({ touch, via_guardian }) => [touch, via_guardian])).toEqual([
      ['before', true],
      ['between', false],
    ])
  })

  test('what waited for a guardian goes to the young person once they are 14', async () => {
    const child = await anOrphan({ birthDate: born })
    await tell(child)
    expect(await send()).toEqual([])
    house.clock.set('2026-03-03T02:00:00Z')
    expect(await send()).toHaveLength(1)
    expect(await mailRow(house, child)).toMatchObject({ state: 'accepted', via_guardian: false })
  })

  test('who was born on 29 February is 14 on 1 March', async () => {
    house.clock.set('2026-02-28T02:00:00Z')
    const child = await aChild({ birthDate: '2012-02-29', guardian: { ...MOTHER, email: 'leap@example.com' } })
    await tell(child)
    expect(await send()).toEqual(['leap@example.com'])
    house.clock.set('2026-03-01T02:00:00Z')
    await tell(child)
    expect(await send()).not.toContain('leap@example.com')
  })
})

describe('the only door', () => {
  const ROOMS = join(import.meta.dirname, '..')
  const sources = readdirSync(ROOMS, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !/(\.test\.ts|sample[^/]*\.ts)$/.test(path),
  )
  const naming = (words: RegExp) =>
    [
      ...new Set(
        sources.filter((path) => words.test(readFileSync(join(ROOMS, path), 'utf8'))).map((path) => path.split('/')[0]),
      ),
    ].toSorted()

  test('no other room opens an address, or hands a mail to a transport', () => {
    expect(sources.length).toBeGreaterThan(500)
    expect(naming(/\b(guardian_)?email_sealed\b/)).toEqual(['message', 'patient'])
    // `family` opens the phones of relatives, which it keeps itself, for their codes; nobody else's.
    expect(naming(/\b(guardian_)?phone_sealed\b/)).toEqual(['family', 'message', 'patient'])
    expect(naming(/\bguardian_phone_sealed\b/)).toEqual(['message', 'patient'])
    // The code that opens a card, by the same rule; see contactOf.
    // `family` only holds the relative's phone against the patient's own: nobody is their own relative.
    expect(naming(/\bcontactOf\(/)).toEqual(['card', 'family', 'patient'])
    // Invitations of staff go by their own way.
    expect(naming(/\bmail\.send\(/)).toEqual(['message', 'staff'])
  })
})
