import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aHouse, visitor, type Caller } from '../../../test/house.ts'
import { addDays } from '../../platform/clock.ts'
import { growth } from '../../clinical/index.ts'
import { openSession } from '../staff/server/index.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { keepingTransport, mailingBy } from '../message/sample.ts'
import { sendDue } from '../message/server/index.ts'
import { changePatient, getPatient } from '../patient/contract/patient.ts'
import * as contract from './contract/growth.ts'
import { aChild } from './sample-child.ts'
import { askForOwnConsent, endReached, followMeasurements } from './server/index.ts'

const house = await aHouse()
const TODAY = '2026-03-02'
let doctor: Caller
let manager: Caller

beforeAll(async () => {
  doctor = await house.as('physician')
  manager = await house.as('service-manager')
})

/** To another day, signed in anew: nobody stays signed in for a year. */
async function travel(to: string): Promise<void> {
  house.clock.set(`${to}T02:00:00Z`)
  const options = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
  const token = await house.write((ctx) => openSession(ctx, manager.staffId as never, options))
  const { staffId, name } = manager
  manager = { ...visitor(house, token), staffId, name }
}
afterEach(() => travel(TODAY))

let count = 0
/** A child who turns these years on this day of the test's year. */
const aged = (years: number, born = '03-02', measured: [string, number][] = []) =>
  house.write((ctx) =>
    aChild(ctx, {
      name: `长高${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[count++ % 20]}`,
      sex: 'female',
      birthDate: `${2026 - years}-${born}`,
      measured,
      doctorId: doctor.staffId,
      managerId: manager.staffId,
    }),
  ) as Promise<never>
const of = (patientId: string) => ({ params: { patientId: patientId as never } })
const consent = (more: object = {}) => ({
  relation: 'mother' as const,
  name: '王秀英',
  givenOn: TODAY,
  way: 'paper' as const,
  textVersion: '1',
  ...more,
})
const enrol = (patientId: string, more: object = {}) =>
  manager.try(contract.enrolChild, { ...of(patientId), body: { consent: consent(more) } })
const enrolled = async (years = 9, measured: [string, number][] = []) => {
  const id = await aged(years, '03-02', measured)
  expect((await enrol(id)).status).toBe(200)
  return id
}
const programmeOf = async (patientId: string) => (await manager.call(contract.getProgramme, of(patientId))).enrolment!
/** Enters the guardian's address. */
const write = async (patientId: string, guardianEmail: string) => {
  const { version } = await manager.call(getPatient, of(patientId))
  await manager.call(changePatient, { ...of(patientId), body: { version, changes: { guardianEmail } } })
}
const tasksOf = (patientId: string) =>
  house.house.databases
    .of(house.tenant.id)
    .selectFrom('task')
    .select(['id', 'state', 'owner_id', 'due_on', 'source_key'])
    .where('patient_id', '=', patientId)
    .where('source', '=', 'growth')
    .execute()

describe('S2-17 taken in with consent', () => {
  test('a guardian agrees to a text by its version; the five modules begin', async () => {
    const id = await aged(9)
    const before = await manager.call(contract.getProgramme, of(id))
    expect(before).toMatchObject({
      enrolment: null,
      refused: null,
      asksOwnConsent: false,
      guardian: { relation: 'mother' },
    })
    expect(before.text.points.length).toBeGreaterThanOrEqual(6)
    await enrol(id)
    const row = await programmeOf(id)
    expect(row).toMatchObject({
      state: 'active',
      consent: 'guardian',
      startedOn: TODAY,
      endsOn: '2032-03-02',
      nextOn: TODAY,
      consents: [{ relation: 'mother', name: '王秀英', textVersion: '1', recordedBy: manager.name, withdrawnAt: null }],
    })
    expect(new Set(row.items.map(({ module }) => module))).toEqual(new Set(contract.MODULES))
  })

  test.each<[string, number, object, string]>([
    ['six years', 6, {}, 'GrowthAgeOutside'],
    ['fifteen', 15, { relation: 'self' }, 'GrowthAgeOutside'],
    ['an older text', 9, { textVersion: '0' }, 'GrowthConsentText'],
    ['a day to come', 9, { givenOn: '2026-03-03' }, 'MeasuredInFuture'],
    ['a child of nine by itself', 9, { relation: 'self' }, 'ChildConsentTooEarly'],
    ['a guardian for somebody of 14', 14, {}, 'OwnConsentWanted'],
    [
      'a guardian’s consent of yesterday for somebody of 14 today',
      14,
      { givenOn: '2026-03-01' },
      'ChildConsentTooEarly',
    ],
    ['nobody’s name', 9, { name: ' ' }, 'InvalidInput'],
  ])('not %s', async (_name, years, more, code) => {
    const id = await aged(years)
    expect((await enrol(id, more)).code).toBe(code)
    expect((await manager.call(contract.getProgramme, of(id))).enrolment).toBeNull()
  })

  test('without consent there is no way in', async () => {
    const answer = await manager.try(contract.enrolChild, { ...of(await aged(9)), body: {} as never })
    expect([answer.status, answer.code]).toEqual([400, 'InvalidInput'])
  })

  test('two who enrol at once: one enrolment, one consent', async () => {
    const id = await aged(9)
    const answers = await Promise.all([enrol(id), enrol(id)])
    expect(answers.map(({ code }) => code).toSorted()).toEqual(['EnrolledAlready', undefined])
    expect((await programmeOf(id)).consents).toHaveLength(1)
  })

  test('withdrawn, it ends at once; the measurements stay and nothing more is done', async () => {
    const id = await enrolled(9, [['2026-01-05', 130]])
    await manager.call(contract.withdrawConsent, { ...of(id), body: { by: '王秀英', because: '搬家' } })
    expect(await programmeOf(id)).toMatchObject({
      state: 'ended',
      endReason: 'withdrawn',
      endedOn: TODAY,
      nextOn: null,
      consents: [{ withdrawnBy: '王秀英' }],
    })
    const answer = await manager.try(contract.addItem, {
      ...of(id),
      body: { module: 'family', title: '谈睡眠', dueOn: null },
    })
    expect(answer.code).toBe('NotEnrolled')
    const { measures } = await manager.call(contract.getCourse, of(id))
    expect(measures[0]!.points).toHaveLength(1)
    expect((await enrol(id)).status).toBe(200)
  })
})

describe('the five modules and the years', () => {
  test('an item is done, opened again, and two who settle it at once are told apart', async () => {
    const id = await enrolled()
    const [item] = (await programmeOf(id)).items
    const settle = (state: contract.ItemState, version: number) =>
      manager.try(contract.settleItem, {
        params: { patientId: id, itemId: item!.id },
        body: { state, result: '每天九点半睡', version },
      })
    const answers = await Promise.all([settle('done', 1), settle('dropped', 1)])
    expect(answers.map(({ code }) => code).toSorted()).toEqual(['ChangedMeanwhile', undefined])
    await settle('open', 2)
    const [again] = (await programmeOf(id)).items
    expect(again).toMatchObject({ state: 'open', doneOn: null, doneBy: null, version: 3 })
  })

  test('R15: what promises a height is not taken', async () => {
    const id = await enrolled()
    const add = (title: string) =>
      manager.try(contract.addItem, { ...of(id), body: { module: 'exercise', title, dueOn: null } })
    for (const title of ['跳绳，保证长高 5 厘米', '坚持就一定能长到 180', '考虑打生长激素', '抓住长高的最后机会'])
      expect((await add(title)).code).toBe('GrowthPromise')
    expect((await add('每周跳绳三次，每次 15 分钟')).status).toBe(200)
  })

  test('a year is summed up once it is nearly over, with the heights of its ends', async () => {
    const id = await enrolled(9, [['2026-03-01', 133]])
    const mark = (year: number) =>
      manager.try(contract.markStage, { ...of(id), body: { year, note: '这一年睡得早了，爱上了游泳。' } })
    expect((await mark(1)).code).toBe('StageTooEarly')
    await travel('2027-02-20')
    await manager.call(contract.addMeasurement, {
      ...of(id),
      body: { measuredOn: '2027-02-18', heightCm: 138.5 } as never,
    })
    expect((await programmeOf(id)).stageDue).toMatchObject({ year: 1, fromOn: TODAY, toOn: '2027-03-01' })
    const both = await Promise.all([mark(1), mark(1)])
    expect(both.map(({ code }) => code).toSorted()).toEqual(['StageMarked', undefined])
    expect((await programmeOf(id)).stages).toMatchObject([{ year: 1, heightFromCm: 133, heightToCm: 138.5 }])
    expect((await mark(2)).code).toBe('StageTooEarly')
  })
})

describe('S2-17 the hand-over at 14', () => {
  test('a month before, the manager is asked once; without their own consent nothing more is done', async () => {
    const soon = await aged(14, '04-01')
    const later = await aged(14, '04-02')
    for (const id of [soon, later]) expect((await enrol(id)).status).toBe(200)
    expect(await house.write(askForOwnConsent)).toBe(1)
    expect(await house.write(askForOwnConsent)).toBe(0)
    expect(await tasksOf(soon)).toMatchObject([{ owner_id: manager.staffId, due_on: '2026-04-01', state: 'accepted' }])
    expect(await tasksOf(later)).toEqual([])
    const give = (more: object = {}) =>
      manager.try(contract.giveOwnConsent, {
        ...of(soon),
        body: {
          name: '长高',
          givenOn: '2026-04-01',
          way: 'in-person',
          textVersion: '1',
          guardianToldOn: '2026-04-01',
          goOnUntil18: false,
          ...more,
        },
      })
    expect((await give({ givenOn: TODAY, guardianToldOn: TODAY })).code).toBe('ChildConsentTooEarly')
    await travel('2026-04-01')
    expect((await programmeOf(soon)).consent).toBe('wanting')
    const add = () =>
      manager.try(contract.addItem, { ...of(soon), body: { module: 'tcm', title: '体质辨识', dueOn: null } })
    expect((await add()).code).toBe('GrowthConsentWanting')
    expect((await give({ guardianToldOn: undefined as never })).code).toBe('InvalidInput')
    expect((await give()).status).toBe(200)
    expect((await give()).code).toBe('GrowthConsentGiven')
    expect((await add()).status).toBe(200)
    const row = await programmeOf(soon)
    expect(row).toMatchObject({ consent: 'own', endsOn: '2027-04-01' })
    expect(row.consents.at(-1)).toMatchObject({ relation: 'self', guardianToldOn: '2026-04-01' })
    expect(await tasksOf(soon)).toMatchObject([{ state: 'completed' }])
    expect((await give({ goOnUntil18: true })).status).toBe(200)
    expect((await programmeOf(soon)).endsOn).toBe('2030-04-01')
  })

  test('the guardian hears of it while it is still theirs to hear, once; that day stands with the consent', async () => {
    const [soon, orphaned] = [await aged(14, '03-30', []), await aged(14, '03-30', [])]
    await write(soon, 'mother-of-14@example.com')
    for (const id of [soon, orphaned]) expect((await enrol(id)).status).toBe(200)
    await house.write(askForOwnConsent)
    await house.write(askForOwnConsent)
    const { mails, transport } = keepingTransport()
    await sendDue(mailingBy(house.house, transport), house.tenant)
    await house.settle()
    const mine = mails.filter(({ to }) => to === 'mother-of-14@example.com')
    expect(mine).toHaveLength(1)
    expect(mine[0]!.text).toContain('2026-03-30')
    expect((await programmeOf(soon)).guardianToldOn).toBe(TODAY)
    // Nobody was reached by mail: the task alone remains, and nobody claims to have told.
    expect((await programmeOf(orphaned)).guardianToldOn).toBeNull()
    expect(await tasksOf(orphaned)).toHaveLength(1)
  })

  test('after the birthday no message about it goes out any more: it would reach the young person', async () => {
    const id = await aged(14, '03-30')
    expect((await enrol(id)).status).toBe(200)
    await travel('2026-03-30')
    await house.write(askForOwnConsent)
    const db = house.house.databases.of(house.tenant.id)
    expect(
      await db.selectFrom('message').select('id').where('source', '=', 'growth').where('patient_id', '=', id).execute(),
    ).toEqual([])
    expect(await tasksOf(id)).toHaveLength(1)
  })

  test('until they have decided it rests, on their own page too; a tap there goes on with the text that was shown', async () => {
    const id = await aged(14, '03-30')
    await write(id, 'told@example.com')
    expect((await enrol(id)).status).toBe(200)
    const before = await (await house.asPatient(id)).call(contract.readMyGrowth)
    expect(before.programme).toMatchObject({ consent: 'guardian', text: null })
    expect(before.programme!.items.length).toBeGreaterThan(5)
    expect((await (await house.asPatient(id)).try(contract.giveMyConsent, { body: { textVersion: '1' } })).code).toBe(
      'ChildConsentTooEarly',
    )
    await house.write(askForOwnConsent)
    const { transport } = keepingTransport()
    await sendDue(mailingBy(house.house, transport), house.tenant)
    await house.settle()
    await travel('2026-03-30')
    const own = await house.asPatient(id)
    const resting = await own.call(contract.readMyGrowth)
    expect(resting).toMatchObject({
      nextOn: null,
      programme: { consent: 'wanting', items: [], text: { version: '1' } },
    })
    expect((await manager.try(contract.markStage, { ...of(id), body: { year: 1, note: '小结' } })).code).toBe(
      'GrowthConsentWanting',
    )
    expect((await own.try(contract.giveMyConsent, { body: { textVersion: '0' } })).code).toBe('GrowthConsentText')
    const taps = await Promise.all([1, 2].map(() => own.try(contract.giveMyConsent, { body: { textVersion: '1' } })))
    expect(taps.map(({ code }) => code).toSorted()).toEqual(['GrowthConsentGiven', undefined])
    expect((await programmeOf(id)).consents.at(-1)).toMatchObject({
      relation: 'self',
      way: 'my-health',
      givenOn: '2026-03-30',
      guardianToldOn: TODAY,
    })
    expect(await tasksOf(id)).toMatchObject([{ state: 'completed' }])
    expect((await own.call(contract.readMyGrowth)).programme!.items.length).toBeGreaterThan(5)
  })

  test('another date of birth is another birthday, and takes back what was decided too early', async () => {
    const id = await aged(14)
    expect((await enrol(id, { relation: 'self', guardianToldOn: TODAY })).status).toBe(200)
    const { version } = await manager.call(getPatient, of(id))
    await manager.call(changePatient, { ...of(id), body: { version, changes: { birthDate: '2014-03-02' } } })
    await house.settle()
    expect(await programmeOf(id)).toMatchObject({ consent: 'guardian', endsOn: '2029-03-02' })
    await travel('2028-03-02')
    expect((await programmeOf(id)).consent).toBe('wanting')
  })

  test('at 15 it ends by itself, once, and a death ends it too', async () => {
    const id = await aged(14)
    expect((await enrol(id, { relation: 'self', guardianToldOn: TODAY })).status).toBe(200)
    await travel('2027-03-01')
    await house.write(endReached)
    expect((await programmeOf(id)).state).toBe('active')
    await travel('2027-03-02')
    await house.write(endReached)
    expect(await programmeOf(id)).toMatchObject({ state: 'ended', endReason: 'age-reached', endedOn: '2027-03-02' })
    await travel('2026-03-02')
    const dead = await enrolled()
    await house.write((ctx) =>
      ctx.tx.updateTable('patient').set({ state: 'deceased', deceased_on: TODAY }).where('id', '=', dead).execute(),
    )
    await house.write(endReached)
    expect(await programmeOf(dead)).toMatchObject({ state: 'ended', endReason: 'died' })
  })
})

describe('长高管理: the list', () => {
  test('whoever is due first, page after page, and only one’s own', async () => {
    const own = await house.as('service-manager')
    const ids: string[] = []
    for (const [n, on] of ['2025-11-01', '2026-02-20', '2025-12-10', '2026-01-15'].entries())
      ids.push(
        (await house.write((ctx) =>
          aChild(ctx, {
            name: `排队${'甲乙丙丁'[n]}`,
            sex: 'male',
            birthDate: '2017-01-01',
            measured: [[on, 128]],
            managerId: own.staffId,
            doctorId: doctor.staffId,
          }),
        )) as string,
      )
    for (const id of ids) await own.call(contract.enrolChild, { ...of(id), body: { consent: consent() } })
    const pages: contract.EnrolledRow[][] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await own.call(contract.listEnrolled, { query: { limit: 2, ...(cursor ? { cursor } : {}) } })
      pages.push(page.rows)
      cursor = page.next
    }
    expect(pages.map((rows) => rows.length)).toEqual([2, 2])
    expect(pages.flat().map(({ nextOn }) => nextOn)).toEqual([TODAY, '2026-03-11', '2026-04-16', '2026-05-22'])
    expect(pages[0]![0]).toMatchObject({
      name: '排队甲',
      lastHeightCm: 128,
      lastOn: '2025-11-01',
      openItems: 11,
      consent: 'guardian',
    })
    expect((await own.call(contract.listEnrolled, { query: { due: 'now' } })).rows).toHaveLength(1)
    expect((await own.call(contract.listEnrolled, { query: { cursor: 'x y' } })).rows).toHaveLength(4)
    expect((await (await house.as('service-manager')).call(contract.listEnrolled, { query: {} })).rows).toEqual([])
  })

  test('a height that came another way moves the next date, and the page of the due reads one index', async () => {
    const id = await enrolled()
    await house.write(async (ctx) => {
      const { recordObservations } = await import('../observation/server/index.ts')
      const at = new Date('2026-03-01T02:00:00Z')
      await recordObservations(ctx, [
        {
          id: ctx.ids.next(),
          patientId: id,
          code: 'height',
          value: 132,
          unit: 'cm',
          effectiveAt: at,
          source: 'import',
        },
      ])
    })
    expect(await house.write(followMeasurements)).toBeGreaterThanOrEqual(1)
    expect((await programmeOf(id)).nextOn).toBe(addDays('2026-03-01', 91))
    expect(await house.write(followMeasurements)).toBe(0)
  })
})

describe('two files of one child', () => {
  const merge = async (intoId: string, fromId: string) => {
    const desk = await house.as('front-desk')
    const { proposalId } = await desk.call(proposeMerge, { body: { oneId: intoId as never, otherId: fromId as never } })
    const { mergeId } = await desk.call(mergePatients, {
      params: { proposalId },
      body: { intoId: intoId as never, chosen: {} },
    })
    await house.settle()
    return { desk, mergeId }
  }

  test('profile, bone age and programme follow the merge, and one programme runs', async () => {
    const [keep, gone] = [await enrolled(), await enrolled()]
    await manager.call(contract.addBoneAge, {
      ...of(gone),
      body: { filmOn: '2026-02-01', boneYears: 9, method: 'tw3', reader: '周医生', note: '' },
    })
    await manager.call(contract.saveProfile, {
      ...of(gone),
      body: {
        fatherCm: 176,
        motherCm: 162,
        parentsMeasured: true,
        gestationWeeks: null,
        reference: 'zong-li-2013',
        version: 0,
      },
    })
    const { desk, mergeId } = await merge(keep, gone)
    const course = await manager.call(contract.getCourse, of(keep))
    expect(course.boneAges).toHaveLength(1)
    expect(course.target!.targetCm).toBe(162.5)
    expect((await programmeOf(keep)).state).toBe('active')
    const rows = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('growth_enrolment')
      .select(['patient_id', 'state', 'end_reason'])
      .where('patient_id', '=', keep)
      .execute()
    expect(rows.map(({ state, end_reason }) => [state, end_reason]).toSorted()).toEqual([
      ['active', null],
      ['ended', 'merged'],
    ])
    await desk.call(undoMerge, { params: { mergeId }, body: { reason: '是两个孩子' } })
    await house.settle()
    expect((await manager.call(contract.getCourse, of(keep))).boneAges).toEqual([])
    expect((await manager.call(contract.getCourse, of(gone))).boneAges).toHaveLength(1)
    expect((await programmeOf(gone)).state).toBe('active')
    expect((await programmeOf(keep)).state).toBe('active')
  })
})

test('a child of the sample stands in the middle, so that these tests are about ordinary children', () => {
  const placed = growth.placeIn(growth.zongLi2013, 'height', 'female', { days: 3287, years: 9 }, 133)
  expect('percentile' in placed && placed.percentile).toBeGreaterThan(25)
})
