import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW, type Caller, type PatientCaller } from '../../../test/house.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { assignCarers, grantAccess, registerPatient } from '../patient/server/index.ts'
import * as contract from './contract/mood-diary.ts'
import type { Readers } from './contract/words.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let doctor: Caller
let counsellor: Caller
let count = 0

beforeAll(async () => {
  doctor = await house.as('physician', { name: '张医生' })
  counsellor = await house.as('counsellor', { name: '林若溪' })
})
beforeEach(() => house.clock.set(TEST_NOW))

async function aPatient(over: object = {}): Promise<PatientCaller> {
  const person = { name: '周静', birthDate: '1988-03-21', phone: `1350002${String(++count).padStart(4, '0')}`, ...over }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  const carers = { doctorId: doctor.staffId, counsellorId: counsellor.staffId }
  await house.write((ctx) => assignCarers(ctx, id, carers as never))
  return house.asPatient(id)
}

const said = (over: object = {}) => ({
  key: house.house.ids.next(),
  on: '2026-03-02',
  mood: 3,
  sleepHours: 6.5,
  note: '女儿来看我了',
  readers: 'self' as Readers,
  ...over,
})
const write = (patient: PatientCaller, over: object = {}) => patient.call(contract.writeMood, { body: said(over) })
const mine = async (patient: PatientCaller) => (await patient.call(contract.readMyDiary)).entries
const seenBy = async (who: Caller, { patientId }: PatientCaller) =>
  (await who.call(contract.readDiary, { params: { patientId: patientId as never } })).rows
const alertsOf = ({ patientId }: PatientCaller) =>
  db().selectFrom('alert').selectAll().where('patient_id', '=', patientId).orderBy('id').execute()

describe('S0-46 one’s own diary', () => {
  test('is written, read, changed and deleted, and its words are sealed', async () => {
    const patient = await aPatient()
    const { entry, help } = await write(patient)
    expect([entry, help]).toMatchObject([
      { on: '2026-03-02', mood: 3, sleepHours: 6.5, note: '女儿来看我了', readers: 'self' },
      false,
    ])
    expect(await patient.call(contract.readMyDiary)).toMatchObject({
      today: '2026-03-02',
      counsellor: '林若溪',
      doctor: '张医生',
      entries: [entry],
    })
    const stored = await db().selectFrom('mood_entry').selectAll().where('id', '=', entry.id).executeTakeFirstOrThrow()
    expect(stored.note_sealed!.toString('utf8')).not.toContain('女儿')
    const { mood, note } = { mood: 4, note: '' }
    const change = {
      params: { moodEntryId: entry.id },
      body: { mood, note, sleepHours: null, readers: 'self' as const, revision: 1 },
    }
    await patient.call(contract.changeMood, change)
    expect(await mine(patient)).toMatchObject([{ mood: 4, sleepHours: null, note: '', revision: 2 }])
    expect(await patient.try(contract.changeMood, change)).toMatchObject({ status: 409, code: 'ChangedMeanwhile' })
    expect(await patient.call(contract.removeMood, { params: change.params })).toEqual({ removed: true })
    expect(await mine(patient)).toEqual([])
    expect(await patient.try(contract.changeMood, change)).toMatchObject({ status: 404, code: 'MoodEntryUnknown' })
  })

  test('what is sent twice, also at once, stands once', async () => {
    const patient = await aPatient()
    const body = said()
    const answers = await Promise.all([1, 2, 3].map(() => patient.call(contract.writeMood, { body })))
    expect(new Set(answers.map(({ entry }) => entry.id)).size).toBe(1)
    expect(await mine(patient)).toHaveLength(1)
  })

  test.each([
    ['tomorrow', { on: '2026-03-03' }],
    ['longer ago than thirty days', { on: '2026-01-30' }],
    ['a mood of six', { mood: 6 }],
    ['a night of thirty hours', { sleepHours: 30 }],
    ['words without end', { note: '长'.repeat(2001) }],
  ])('%s is refused and nothing is kept', async (_what, over) => {
    const patient = await aPatient()
    expect((await patient.try(contract.writeMood, { body: said(over) })).status).toBeOneOf([400, 422])
    expect(await mine(patient)).toEqual([])
  })

  test('another’s entry is not found', async () => {
    const [one, other] = [await aPatient(), await aPatient()]
    const { entry } = await write(one)
    const params = { moodEntryId: entry.id }
    expect(await other.call(contract.removeMood, { params })).toEqual({ removed: false })
    const body = { mood: 1, sleepHours: null, note: '', readers: 'team' as const, revision: 1 }
    expect((await other.try(contract.changeMood, { params, body })).status).toBe(404)
    expect(await mine(one)).toEqual([entry])
  })

  test('the pages of a child under 14, which a parent reads, have none', async () => {
    const child = await aPatient({
      birthDate: '2016-05-01',
      guardian: { relation: 'mother', name: '吴敏', phone: '13500029999' },
    })
    expect(await child.call(contract.readMyDiary)).toMatchObject({ forGuardian: true, entries: [] })
    expect(await child.try(contract.writeMood, { body: said() })).toMatchObject({
      status: 409,
      code: 'MoodNotForGuardian',
    })
  })
})

describe('who reads', () => {
  test('only whom the person chose, and only while they choose so', async () => {
    const patient = await aPatient()
    await write(patient, { note: '自己的', readers: 'self' })
    await write(patient, { note: '给顾问', readers: 'counsellor', on: '2026-03-01' })
    await write(patient, { note: '给两位', readers: 'team', on: '2026-02-28' })
    expect((await seenBy(counsellor, patient)).map(({ note }) => note)).toEqual(['给顾问', '给两位'])
    expect((await seenBy(doctor, patient)).map(({ note }) => note)).toEqual(['给两位'])
    expect(await patient.call(contract.shareDiary, { body: { readers: 'self' } })).toEqual({ changed: 2 })
    expect([...(await seenBy(counsellor, patient)), ...(await seenBy(doctor, patient))]).toEqual([])
  })

  test('not a colleague who was handed the file, not the manager; each reading is in the audit log', async () => {
    const patient = await aPatient()
    await write(patient, { readers: 'team' })
    const colleague = await house.as('physician')
    await house.write((ctx) => grantAccess(ctx, patient.patientId, colleague.staffId, '代班'))
    expect(await seenBy(colleague, patient)).toEqual([])
    const params = { patientId: patient.patientId as never }
    const stranger = await house.as('counsellor')
    expect((await stranger.try(contract.readDiary, { params })).status).toBe(404)
    for (const role of ['service-manager', 'sales-manager', 'front-desk', 'quality-lead'] as const)
      expect((await (await house.as(role)).try(contract.readDiary, { params })).status, role).toBe(403)
    const log = await db()
      .selectFrom('audit_entry')
      .select(['action', 'outcome'])
      .where('patient_id', '=', patient.patientId)
      .where('action', '=', 'mood-diary.read')
      .execute()
    expect(log.filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
    expect(log.filter(({ outcome }) => outcome === 'denied').length).toBeGreaterThanOrEqual(4)
  })

  test('pages of whole days', async () => {
    const patient = await aPatient()
    for (const on of ['2026-03-02', '2026-03-01', '2026-03-01', '2026-02-27'])
      await write(patient, { on, readers: 'team' })
    const params = { patientId: patient.patientId as never }
    const first = await doctor.call(contract.readDiary, { params, query: { limit: 2 } })
    expect([first.rows.map(({ on }) => on), first.next]).toEqual([
      ['2026-03-02', '2026-03-01', '2026-03-01'],
      '2026-03-01',
    ])
    const rest = await doctor.call(contract.readDiary, { params, query: { limit: 2, cursor: first.next! } })
    expect([rest.rows.map(({ on }) => on), rest.next]).toEqual([['2026-02-27'], null])
  })

  test('R2: no other room and no list can read it', () => {
    const root = join(import.meta.dirname, '../../..')
    const importers = globSync('{src,bench}/**/*.{ts,tsx}', { cwd: root })
      // The demonstration writes a diary, as the person it plays would.
      .filter((file) => !/^src\/(rooms\/mood-diary|apps\/demo)\//.test(file))
      .filter((file) => /mood-diary\/(server|contract)|mood_entry/.test(readFileSync(join(root, file), 'utf8')))
    expect(importers).toEqual([])
    expect(readFileSync(join(import.meta.dirname, 'server/index.ts'), 'utf8')).not.toMatch(/^export/m)
  })
})

describe('S0-47 words that sound like danger', () => {
  test.each(['self', 'counsellor'] as const)(
    'call a person at once, whoever reads (%s), and are not passed on',
    async (readers) => {
      const patient = await aPatient()
      const { entry, help } = await write(patient, { mood: 1, note: '真的不想活了', readers })
      expect(help).toBe(true)
      const [alert, ...others] = await alertsOf(patient)
      expect(others).toEqual([])
      expect(alert).toMatchObject({
        class: 'A',
        state: 'raised',
        source: 'mood-diary',
        title: '担心本人安全，请马上电话联系',
      })
      expect(alert!.note).toMatch(/12356.*120.*110/)
      expect(JSON.stringify(alert)).not.toContain('不想活')
      // Changed into other words of the same kind: the same alert, not a second one.
      const body = { mood: 1, sleepHours: null, note: '还是想死', readers, revision: 1 }
      expect(await patient.call(contract.changeMood, { params: { moodEntryId: entry.id }, body })).toMatchObject({
        help: true,
      })
      expect(await alertsOf(patient)).toHaveLength(1)
      const told = await db()
        .selectFrom('staff_notice')
        .select('staff_id')
        .where('source_key', '=', `mood-danger:${entry.id}`)
        .execute()
      expect(told.map(({ staff_id }) => staff_id)).toEqual(readers === 'self' ? [] : [counsellor.staffId])
    },
  )

  test('a wish to be called is one alert a day, also when pressed twice at once', async () => {
    const patient = await aPatient()
    const asked = await Promise.all([1, 2].map(() => patient.call(contract.askForCall)))
    expect(asked.map(({ asked: now }) => now).toSorted()).toEqual([false, true])
    house.clock.advance({ days: 1 })
    expect(await patient.call(contract.askForCall)).toEqual({ asked: true })
    expect(await alertsOf(patient)).toHaveLength(2)
  })
})

test('follows a merge, and goes home when it is taken back', async () => {
  const [from, into] = [await aPatient(), await aPatient()]
  await write(from, { note: '甲' })
  await write(into, { note: '乙' })
  const [fromId, intoId] = [from.patientId as never, into.patientId as never]
  const desk = await house.as('front-desk')
  const { proposalId } = await desk.call(proposeMerge, { body: { oneId: fromId, otherId: intoId } })
  const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId, chosen: {} } })
  await house.settle()
  expect((await mine(await house.asPatient(into.patientId))).map(({ note }) => note).toSorted()).toEqual(
    ['甲', '乙'].toSorted(),
  )
  await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
  await house.settle()
  expect((await mine(await house.asPatient(from.patientId))).map(({ note }) => note)).toEqual(['甲'])
})
