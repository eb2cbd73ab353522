import { beforeEach, describe, expect, test } from 'vitest'
import { aClinic, aPhone, callFor } from '../../../test/family-clinic.ts'
import { aHouse, TEST_NOW, type PatientCaller } from '../../../test/house.ts'
import { birthdayOf } from '../../platform/clock.ts'
import { readHome } from '../patient-access/contract/my.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import * as contract from './contract/family.ts'
import { tellBeforeOwnAge } from './server/own-age.ts'
import { isOwnAgeNear, overAt, ownAgeOn } from './server/rules.ts'

/** A guardian's word ends on the child's 14th birthday: said beforehand to everybody whom it concerns. */
const { house, comeIn } = await aClinic((smsUrls) => aHouse({ smsUrls }))
const db = house.house.databases.of(house.tenant.id)
const manager = await house.as('service-manager')
let count = 0
beforeEach(() => house.clock.set(TEST_NOW)) // 10:00 on Monday, 2 March 2026

const aChild = async (birthDate: string): Promise<PatientCaller> => {
  const person = {
    name: '王小满',
    sex: 'female',
    birthDate,
    guardian: {
      name: '王芳',
      relation: 'mother',
      phone: `1370000${String(++count).padStart(4, '0')}`,
      email: 'm@example.com',
    },
  }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  await house.write((ctx) => assignCarers(ctx, id, { managerId: manager.staffId } as never))
  return house.asPatient(id)
}
const letIn = async (child: PatientCaller, name = '李强', months: 3 | 12 = 12) => {
  const phone = aPhone()
  const body = { name, relation: 'parent' as const, phone, scopes: ['view' as const], months }
  const { id, link } = await child.call(contract.inviteMine, { body })
  return comeIn(id, link.split('/').at(-1)!, phone)
}
const told = async (child: PatientCaller) => {
  await tellBeforeOwnAge(house.house, house.tenant)
  const rows = await db
    .selectFrom('message')
    .select(['touch', 'channel', 'state', 'via_guardian'])
    .where('patient_id', '=', child.patientId)
    .where('template', '=', 'family-own-age')
    .orderBy('channel')
    .execute()
  return rows
}
const peopleOf = async ({ cookie }: { cookie: string }) =>
  ((await callFor(house, { cookie }, contract.readPeople)).body as { others: { ownAgeOn: string | null }[] }).others

describe('the day itself', () => {
  test.each([
    ['2012-04-01', '2026-04-01'],
    ['2012-02-29', '2026-03-01'],
    ['2014-02-28', '2028-02-28'],
    ['2013-12-31', '2027-12-31'],
  ])('of who was born on %s is %s', (birthDate, day) => {
    expect(birthdayOf(birthDate, 14)).toBe(day)
  })

  test('somebody born on 29 February has it on that day in leap years', () => {
    expect(birthdayOf('2012-02-29', 16)).toBe('2028-02-29')
  })

  const agreed = (over: object = {}) => ({
    untilOn: '2027-03-02',
    invitedAt: new Date('2026-02-28T15:59:00Z'),
    confirmedAt: null,
    endedAt: null,
    birthDate: '2012-02-29',
    ...over,
  })
  test('counts for what was agreed on before it, by the clock of the house', () => {
    const zone = 'Asia/Shanghai'
    expect(ownAgeOn(agreed(), zone)).toBe('2026-03-01')
    expect(overAt(agreed(), zone)).toEqual(new Date('2026-02-28T16:00:00Z'))
    expect(ownAgeOn(agreed({ invitedAt: new Date('2026-02-28T16:00:00Z') }), zone)).toBeNull()
    expect(ownAgeOn(agreed({ untilOn: '2026-02-28' }), zone)).toBeNull()
    expect(ownAgeOn(agreed({ birthDate: null }), zone)).toBeNull()
  })

  test.each([
    ['2026-01-30', true],
    ['2026-01-29', false],
    ['2026-02-28', true],
    ['2026-03-01', false],
  ])('on %s it is near: %s', (today, near) => expect(isOwnAgeNear('2026-03-01', today)).toBe(near))
})

describe('beforehand', () => {
  test('the guardian has a message, once; it stands on their page, on the relative’s, and before staff', async () => {
    house.clock.set('2026-03-18T02:00:00Z')
    const child = await aChild('2012-03-20')
    const relative = await letIn(child)
    await told(child)
    expect(await told(child)).toEqual([
      { touch: 'own-age:2026-03-20', channel: 'email', state: 'planned', via_guardian: true },
      { touch: 'own-age:2026-03-20', channel: 'in-app', state: 'accepted', via_guardian: true },
    ])
    expect(await child.call(contract.listMyFamily)).toMatchObject({
      forGuardian: true,
      ownAgeSoonOn: '2026-03-20',
      rows: [{ state: 'active', ownAgeOn: '2026-03-20' }],
    })
    expect(await peopleOf(relative)).toMatchObject([{ ownAgeOn: '2026-03-20' }])
    const carer = await house.as('service-manager')
    await house.write((ctx) => assignCarers(ctx, child.patientId, { managerId: carer.staffId } as never))
    expect(await carer.call(contract.familyOf, { params: { patientId: child.patientId as never } })).toMatchObject({
      ownAgeSoonOn: '2026-03-20',
      rows: [{ ownAgeOn: '2026-03-20' }],
    })
    // The evening before, and the day.
    house.clock.set('2026-03-19T15:59:00Z')
    expect((await relative.try(readHome)).status).toBe(200)
    house.clock.set('2026-03-19T16:00:00Z')
    expect((await relative.try(readHome)).status).not.toBe(200)
    const young = await house.asPatient(child.patientId)
    expect(await young.call(contract.listMyFamily)).toMatchObject({
      forGuardian: false,
      ownAgeSoonOn: null,
      rows: [{ state: 'ended', endedBecause: 'own-age' }],
    })
    expect(await told(young)).toHaveLength(2)
  })

  test('a child of 29 February is told of 1 March', async () => {
    house.clock.set('2026-02-27T02:00:00Z')
    const child = await aChild('2012-02-29')
    const relative = await letIn(child)
    expect(new Set((await told(child)).map(({ touch }) => touch))).toEqual(new Set(['own-age:2026-03-01']))
    house.clock.set('2026-02-28T15:59:00Z')
    expect((await relative.try(readHome)).status).toBe(200)
    house.clock.set('2026-02-28T16:00:00Z')
    expect((await relative.try(readHome)).status).not.toBe(200)
  })

  test('nobody is told too early, without a relative, after it was taken back, or where it ends before', async () => {
    const early = await aChild('2012-04-02')
    await letIn(early)
    const alone = await aChild('2012-03-20')
    const back = await aChild('2012-03-20')
    await back.call(contract.endMine, { params: { relativeId: (await letIn(back)).id as never } })
    const grown = await aChild('2012-03-01')
    await letIn(grown)
    for (const child of [early, alone, back, grown]) expect(await told(child)).toEqual([])
    house.clock.set('2026-03-03T02:00:00Z')
    expect(await told(early)).toHaveLength(2)
  })

  test('a birthday that is corrected is told anew', async () => {
    const child = await aChild('2012-03-20')
    await letIn(child)
    await told(child)
    await db.updateTable('patient').set({ birth_date: '2012-03-25' }).where('id', '=', child.patientId).execute()
    expect(new Set((await told(child)).map(({ touch }) => touch))).toEqual(
      new Set(['own-age:2026-03-20', 'own-age:2026-03-25']),
    )
  })
})
