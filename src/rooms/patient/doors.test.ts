import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { Problem } from '../../platform/contract/index.ts'
import {
  addSearchWord,
  assignCarers,
  contactOf,
  grantAccess,
  endAccess,
  matchPatients,
  patientSummary,
  register,
  registerPatient,
  requireVisible,
} from './server/index.ts'
import { readContext } from '../../platform/context/house.ts'
import { authenticate } from '../staff/server/index.ts'
import type { NewPatient } from './contract/person.ts'

const house = await aHouse()

const WANG: NewPatient = {
  name: '王小明',
  paper: { kind: 'national-id', number: '51343620000320711X' },
  phone: '139 1234 5678',
  recordNumber: 'BL-001',
}

async function refusal(promise: Promise<unknown>): Promise<Problem> {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  )
  expect(error).toBeInstanceOf(Problem)
  return error as Problem
}

async function contextOf(caller: { token: string }) {
  const known = (await authenticate(house.house, { cookie: caller.token }))!
  return readContext(house.house, known)
}

describe('registering', () => {
  test('sex and birth date are read from the identity number; the contact opens again', async () => {
    const id = await house.write((ctx) => registerPatient(ctx, WANG))
    const [summary, contact] = await house.write(
      async (ctx) => [await patientSummary(ctx, id), await contactOf(ctx, id)] as const,
    )
    expect(summary).toMatchObject({
      name: '王小明',
      sex: 'male',
      birthDate: '2000-03-20',
      phoneMasked: '139****5678',
      ageYears: 25,
    })
    expect(contact).toMatchObject({ phone: '13912345678', viaGuardian: false })
  })

  test('the same paper a second time is refused, also when both come at once', async () => {
    const input = { name: '孙同时', paper: { kind: 'passport' as const, number: 'E12345678' } }
    const both = await Promise.allSettled([
      house.write((ctx) => registerPatient(ctx, input)),
      house.write((ctx) => registerPatient(ctx, input)),
    ])
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const again = await refusal(house.write((ctx) => registerPatient(ctx, input)))
    expect(again.code).toBe('PatientExists')
  })

  test('the same phone, name and birth date is let in and proposed once, also when both come at once', async () => {
    const input = { name: '周双双', phone: '13700000001', birthDate: '1980-05-06', sex: 'female' as const }
    const results = await Promise.all([
      house.write((ctx) => register(ctx, input)),
      house.write((ctx) => register(ctx, input)),
    ])
    expect(results.map((one) => one.proposals).toSorted()).toEqual([0, 1])
  })

  test('a child under 14 needs a guardian, whose phone is then the contact', async () => {
    const child = { name: '李小宝', birthDate: '2018-01-01', sex: 'male' as const }
    expect((await refusal(house.write((ctx) => registerPatient(ctx, child)))).code).toBe('GuardianNeeded')
    const guardian = { relation: 'mother' as const, name: '赵妈妈', phone: '13600000002' }
    const id = await house.write((ctx) => registerPatient(ctx, { ...child, guardian }))
    expect(await house.write((ctx) => contactOf(ctx, id))).toMatchObject({ phone: '13600000002', viaGuardian: true })
  })

  test('a child’s own phone and address are nobody’s contact until the 14th birthday, and then only they are', async () => {
    const guardian = { relation: 'mother' as const, name: '赵妈妈', phone: '13600000003', email: 'zhao@example.com' }
    const own = { phone: '13600000004', email: 'own@example.com' }
    const id = await house.write((ctx) =>
      registerPatient(ctx, { name: '李小贝', birthDate: '2012-03-03', sex: 'male', ...own, guardian }),
    )
    const orphan = await house.write((ctx) =>
      registerPatient(ctx, { name: '李小丁', birthDate: '2012-03-03', ...own, source: 'interface' }),
    )
    const of = (patientId: string) => house.write((ctx) => contactOf(ctx, patientId))
    expect(await of(id)).toMatchObject({ phone: '13600000003', email: 'zhao@example.com', viaGuardian: true })
    expect(await of(orphan)).toMatchObject({ phone: null, email: null, viaGuardian: true })
    house.clock.advance({ days: 1 })
    for (const one of [id, orphan]) expect(await of(one)).toMatchObject({ ...own, viaGuardian: false })
    house.clock.advance({ days: -1 })
  })
})

describe('matching', () => {
  test('200 persons: by paper, by record number, by phone with name and birth date; doubtful ones as candidates', async () => {
    const tenant = await house.anOrganization()
    const people = Array.from({ length: 200 }, (_, i) => ({
      name: `测试${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${'子丑寅卯辰巳午未申酉戌亥'[i % 12]}`,
      birthDate: `19${50 + (i % 40)}-0${1 + (i % 9)}-15`,
      phone: `138${String(i).padStart(8, '0')}`,
      recordNumber: `R${i}`,
      paper: { kind: 'passport' as const, number: `P${String(i).padStart(7, '0')}` },
    }))
    const ids = await house.write(async (ctx) => {
      const made: string[] = []
      for (const person of people) made.push(await registerPatient(ctx, person))
      return made
    }, tenant)
    const matches = await house.write(
      (ctx) =>
        matchPatients(
          ctx,
          people.map((p, i) =>
            i % 4 === 0
              ? { paperNumber: p.paper.number }
              : i % 4 === 1
                ? { recordNumber: p.recordNumber.toLowerCase(), name: p.name }
                : i % 4 === 2
                  ? { phone: `+86 ${p.phone}`, name: p.name, birthDate: p.birthDate }
                  : { recordNumber: p.recordNumber, name: '别的人' },
          ),
        ),
      tenant,
    )
    expect(matches.filter((_, i) => i % 4 !== 3).map((m) => 'patientId' in m && m.patientId)).toEqual(
      ids.filter((_, i) => i % 4 !== 3),
    )
    expect(matches[3]).toEqual({ candidates: [ids[3]] })
    expect(
      await house.write(
        (ctx) => matchPatients(ctx, [{ name: '从未来过', phone: '13999999999', birthDate: '1990-01-01' }, {}]),
        tenant,
      ),
    ).toEqual([{}, {}])
    // Another organization knows none of them.
    const elsewhere = await house.write((ctx) => matchPatients(ctx, [{ paperNumber: people[0]!.paper.number }]))
    expect(elsewhere).toEqual([{}])
  })

  test('a paper that fits while name and birth date both do not is left to a person', async () => {
    const id = await house.write((ctx) =>
      registerPatient(ctx, {
        name: '钱对证',
        birthDate: '1970-02-03',
        paper: { kind: 'passport', number: 'G7654321' },
      }),
    )
    const [doubt, sure] = await house.write((ctx) =>
      matchPatients(ctx, [
        { paperNumber: 'G7654321', name: '冯不对', birthDate: '1999-09-09' },
        { paperNumber: 'g765 4321', name: 'QIAN DUIZHENG', birthDate: '1970-02-03' },
      ]),
    )
    expect(doubt).toEqual({ candidates: [id] })
    expect(sure).toMatchObject({ patientId: id, by: 'paper' })
  })
})

describe('who sees whom', () => {
  test('carers see their own; a hand-over opens a file until its end by the clock of the house', async () => {
    const doctor = await house.as('physician')
    const manager = await house.as('service-manager')
    const other = await house.as('service-manager')
    const id = await house.write((ctx) => registerPatient(ctx, { name: '吴可见' }))
    const sees = async (who: typeof doctor) =>
      requireVisible(await contextOf(who), id).then(
        () => true,
        () => false,
      )
    expect(await sees(doctor)).toBe(false)
    await house.write((ctx) => assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: manager.staffId }))
    expect([await sees(doctor), await sees(manager), await sees(other)]).toEqual([true, true, false])
    const until = new Date(house.clock.now().getTime() + 600_000)
    await house.write((ctx) => grantAccess(ctx, id, other.staffId, '休假代班', until))
    expect(await sees(other)).toBe(true)
    house.clock.advance({ minutes: 11 })
    expect(await sees(other)).toBe(false)
    await house.write((ctx) => grantAccess(ctx, id, other.staffId, '再代班'))
    expect(await sees(other)).toBe(true)
    await house.write((ctx) => endAccess(ctx, id, other.staffId))
    expect(await sees(other)).toBe(false)
    expect((await refusal(house.write((ctx) => assignCarers(ctx, id, { doctorId: manager.staffId })))).code).toBe(
      'CarerUnfit',
    )
  })

  test('a number added by another room finds the person', async () => {
    const id = await house.write(async (ctx) => {
      const patientId = await registerPatient(ctx, { name: '郑有卡' })
      await addSearchWord(ctx, patientId, 'P 12345-6')
      return patientId
    })
    const words = await house.write((ctx) =>
      ctx.tx.selectFrom('patient_search').select('word').where('patient_id', '=', id).execute(),
    )
    expect(words.map((w) => w.word)).toContain('P123456')
  })
})
