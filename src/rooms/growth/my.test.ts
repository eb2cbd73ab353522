import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import * as contract from './contract/growth.ts'
import { aChild, type SampleChild } from './sample-child.ts'

const house = await aHouse()
let manager: Caller

beforeAll(async () => {
  manager = await house.as('service-manager')
})

let count = 0
const child = (given: Partial<SampleChild> = {}) =>
  house.write((ctx) =>
    aChild(ctx, {
      name: `家里${'甲乙丙丁戊己'[count++ % 6]}`,
      sex: 'female',
      birthDate: '2017-03-02',
      measured: [
        ['2025-03-02', 131, 27],
        ['2026-03-01', 132, 28],
      ],
      managerId: manager.staffId,
      ...given,
    }),
  ) as Promise<never>
const enrol = (patientId: string) =>
  manager.call(contract.enrolChild, {
    params: { patientId: patientId as never },
    body: { consent: { relation: 'mother', name: '王秀英', givenOn: '2026-03-02', way: 'paper', textVersion: '1' } },
  })

describe('S2-17 a family’s page', () => {
  test('shows the own curve by its reference, and nothing that is to be told by a person', async () => {
    const id = await child()
    const family = await house.asPatient(id)
    const mine = await family.call(contract.readMyGrowth)
    expect(mine.shown).toBe(true)
    expect(mine.measures.map(({ measure }) => measure)).toEqual(['height', 'weight', 'bmi'])
    expect(mine.measures[0]!.points.every(({ reference }) => reference === 'zong-li-2013@1')).toBe(true)
    const { signs } = await manager.call(contract.getCourse, { params: { patientId: id } })
    expect(signs.length).toBeGreaterThan(0)
    expect(JSON.stringify(mine)).not.toMatch(/signs|target|boneAge|crossed|slow/)
  })

  test('of nobody else, and to nobody without a session', async () => {
    const [one, other] = [await house.asPatient(await child()), await house.asPatient(await child({ measured: [] }))]
    expect((await one.call(contract.readMyGrowth)).shown).toBe(true)
    expect(await other.call(contract.readMyGrowth)).toMatchObject({ shown: false, measures: [], programme: null })
    expect((await nobody(house).try(contract.readMyGrowth)).status).toBe(401)
    expect((await manager.try(contract.readMyGrowth)).status).toBeGreaterThanOrEqual(401)
  })

  test('a grown person has none', async () => {
    const family = await house.asPatient(await child({ birthDate: '2000-01-01' }))
    expect(await family.call(contract.readMyGrowth)).toMatchObject({ shown: false, measures: [], latestVelocity: null })
  })

  test('the family sees what is done together, and leaves by itself, once', async () => {
    const id = await child()
    await enrol(id)
    const family = await house.asPatient(id)
    const { programme, nextOn } = await family.call(contract.readMyGrowth)
    expect(programme).toMatchObject({ consentBy: '王秀英', consentOn: '2026-03-02' })
    expect(programme!.items).toHaveLength(11)
    expect(nextOn).toBe('2026-05-31')
    const both = await Promise.all([family.try(contract.withdrawMyConsent), family.try(contract.withdrawMyConsent)])
    expect(both.map(({ code }) => code).toSorted()).toEqual(['NotEnrolled', undefined])
    const { enrolment } = await manager.call(contract.getProgramme, { params: { patientId: id } })
    expect(enrolment).toMatchObject({ state: 'ended', endReason: 'withdrawn', consents: [{ withdrawnBy: '王秀英' }] })
    expect((await family.call(contract.readMyGrowth)).programme).toBeNull()
    const audit = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('audit_entry')
      .select('action')
      .where('patient_id', '=', id)
      .where('action', 'like', 'my.growth%')
      .execute()
    expect(audit.map(({ action }) => action).toSorted()).toEqual([
      'my.growth',
      'my.growth',
      'my.growth-withdraw',
      'my.growth-withdraw',
    ])
  })
})
