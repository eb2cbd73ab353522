import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { recordObservations } from '../observation/server/index.ts'
import { registerPatient } from '../patient/server/index.ts'
import {
  confirmAlertLimits,
  confirmAlertRule,
  draftAlertRule,
  getAlertLimits,
  listAlertRules,
  retireAlertRule,
} from './contract/rule.ts'
import { furnishAlerts, installShippedAlertRules } from './server/index.ts'

const house = await aHouse()
let lead: Caller
let reviewer: Caller
let doctor: Caller
beforeAll(async () => {
  lead = await house.as('quality-lead', { name: '郑国华' })
  reviewer = await house.as('medical-reviewer', { name: '钱学礼' })
  doctor = await house.as('physician', { name: '张文远' })
})

const definition = {
  class: 'A' as const,
  name: { zh: '血钾过高', en: 'Potassium very high' },
  tests: [{ code: 'k', op: '>=' as const, value: 6.2 as number | null }],
  source: '本院危急值清单 2026',
}
const code = 'potassium-high'
const draft = (change: Partial<typeof definition> = {}, ownerId: string | null = lead.staffId) =>
  reviewer.try(draftAlertRule, {
    params: { code },
    body: { definition: { ...definition, ...change }, ownerId: ownerId as never },
  })
const ruleOf = async (of = code) => (await lead.call(listAlertRules)).rules.filter((rule) => rule.code === of)

/** Whether a potassium raises something now. */
async function raises(value: number): Promise<boolean> {
  const count = async () =>
    (await house.house.databases.of(house.tenant.id).selectFrom('alert').select('id').execute()).length
  const before = await count()
  await house.write(async (ctx) => {
    const patientId = await registerPatient(ctx, { name: '赵敏', sex: 'female', birthDate: '1970-04-05' })
    await recordObservations(ctx, [
      { id: ctx.ids.next(), patientId, code: 'k', value, effectiveAt: ctx.clock.now(), source: 'lab' },
    ])
  })
  await house.settle()
  return (await count()) > before
}

describe('shipped', () => {
  test('nothing is in force by default: all are drafts without an owner, whatever comes raises nothing', async () => {
    await house.write(installShippedAlertRules)
    await house.write(installShippedAlertRules)
    const { rules } = await lead.call(listAlertRules)
    expect(rules.length).toBeGreaterThan(20)
    expect(rules.filter(({ state, owner }) => state !== 'draft' || owner !== null)).toEqual([])
    expect(await raises(9)).toBe(false)
  })

  test('a demonstration confirms a few in the name of its head of department, once', async () => {
    await house.write(furnishAlerts)
    await house.write(furnishAlerts)
    const { rules } = await lead.call(listAlertRules)
    const inForce = rules.filter(({ state }) => state === 'confirmed')
    expect(inForce.map((rule) => rule.owner?.name)).toEqual(Array(5).fill('郑国华'))
    expect(inForce.map((rule) => rule.code)).toContain('blood-pressure-very-high')
  })
})

describe('a rule of one’s own', () => {
  test('is drafted by one, confirmed by its owner, and counts from then on', async () => {
    expect((await draft()).status).toBe(200)
    const [rule] = await ruleOf()
    expect(rule).toMatchObject({ state: 'draft', owner: { name: '郑国华' }, can: ['change', 'confirm'] })
    expect(await raises(6.5)).toBe(false)
    const confirm = { params: { code }, body: { version: rule!.version } }
    expect(await reviewer.try(confirmAlertRule, confirm)).toMatchObject({ status: 403, code: 'AlertNotOwner' })
    expect(await doctor.try(confirmAlertRule, confirm)).toMatchObject({ status: 403, code: 'AlertNotOwner' })
    expect(await lead.call(confirmAlertRule, confirm)).toMatchObject({
      state: 'confirmed',
      confirmedAt: '2026-03-02T02:00:00.000Z',
    })
    expect(await lead.try(confirmAlertRule, confirm)).toMatchObject({ code: 'AlertNoDraft' })
    expect(await raises(6.1)).toBe(false)
    expect(await raises(6.2)).toBe(true)
  })

  test('a new draft changes nothing until it is confirmed, and then takes the place of the former version', async () => {
    await draft({ tests: [{ code: 'k', op: '>=', value: 5.8 }] })
    expect((await ruleOf()).map(({ state }) => state)).toEqual(['draft', 'confirmed'])
    expect(await raises(6)).toBe(false)
    const [next] = await ruleOf()
    await lead.call(confirmAlertRule, { params: { code }, body: { version: next!.version } })
    expect(await raises(6)).toBe(true)
    expect(await ruleOf()).toMatchObject([{ state: 'confirmed', version: next!.version }])
    await lead.call(retireAlertRule, { params: { code }, body: { version: next!.version } })
    expect(await raises(9)).toBe(false)
  })

  test('refused: an indicator there is not, an owner who may not confirm, a limit left open', async () => {
    expect(await draft({ tests: [{ code: 'kk', op: '>=', value: 6 }] })).toMatchObject({
      code: 'AlertIndicatorUnknown',
    })
    const nurse = await house.as('service-manager')
    expect(await draft({}, nurse.staffId)).toMatchObject({ code: 'AlertOwnerUnfit' })
    expect((await nurse.try(draftAlertRule, { params: { code }, body: { definition, ownerId: null } })).status).toBe(
      403,
    )
    await draft({ tests: [{ code: 'k', op: '>=', value: null }] })
    const version = (await ruleOf()).find(({ state }) => state === 'draft')!.version
    expect(await lead.try(confirmAlertRule, { params: { code }, body: { version } })).toMatchObject({
      code: 'AlertRuleIncomplete',
    })
    expect(await lead.try(confirmAlertRule, { params: { code }, body: { version: version - 1 } })).toMatchObject({
      code: 'ChangedMeanwhile',
    })
  })
})

test('the time limits are proposals until somebody confirms them in their own name', async () => {
  const proposed = await lead.call(getAlertLimits)
  expect(proposed).toMatchObject({
    confirmed: null,
    version: 0,
    limits: { A: { acknowledge: 15 }, B: { acknowledge: 1440 } },
  })
  const limits = { ...proposed.limits, A: { ...proposed.limits.A, acknowledge: 10 } }
  const both = await Promise.all([1, 2].map(() => lead.try(confirmAlertLimits, { body: { limits, version: 0 } })))
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await doctor.call(getAlertLimits)).toMatchObject({
    confirmed: { byName: '郑国华' },
    version: 1,
    limits: { A: { acknowledge: 10 } },
  })
})
