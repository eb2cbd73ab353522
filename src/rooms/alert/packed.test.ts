import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { confirmAlertRule, draftAlertRule, listAlertRules, ruleDefinition } from './contract/rule.ts'
import { dropPackedAlertRule, findPackedAlertRules, layPackedAlertRule } from './server/index.ts'

const house = await aHouse()
const doctor = await house.as('physician', { name: '张文远' })
const lead = await house.as('quality-lead', { name: '郑国华' })

const definition = ruleDefinition.parse({
  class: 'B',
  name: { zh: '肾功能继续下降', en: 'Kidney function lower still' },
  tests: [{ code: 'egfr', op: '<=', value: null }],
  occurs: 'worse',
  source: 'test',
})
const standing = async () =>
  (await house.write((ctx) => findPackedAlertRules(ctx, ['pack-rule']))).map(({ state, version }) => [state, version])

test('S0-22 an alert rule of a pack is a draft without an owner until that owner confirms it', async () => {
  const version = await house.write((ctx) => layPackedAlertRule(ctx, 'pack-rule', definition))
  expect(await standing()).toEqual([['draft', version]])
  const { rules } = await lead.call(listAlertRules)
  expect(rules.find(({ code }) => code === 'pack-rule')).toMatchObject({ state: 'draft', owner: null })
  const refused = await doctor.try(confirmAlertRule, { params: { code: 'pack-rule' }, body: { version } })
  expect(refused.code).toBe('AlertNotOwner')
  const limited = { ...definition, tests: [{ code: 'egfr', op: '<=' as const, value: 29 }] }
  await lead.call(draftAlertRule, {
    params: { code: 'pack-rule' },
    body: { definition: limited, ownerId: doctor.staffId as never },
  })
  await doctor.call(confirmAlertRule, { params: { code: 'pack-rule' }, body: { version } })
  expect(await standing()).toEqual([['in-force', version]])
  // What somebody has put their name to is theirs to end.
  expect(await house.write((ctx) => dropPackedAlertRule(ctx, 'pack-rule', version))).toBe(false)
})

test('a draft is taken back as long as it is one', async () => {
  const version = await house.write((ctx) => layPackedAlertRule(ctx, 'pack-other', definition))
  expect(await house.write((ctx) => dropPackedAlertRule(ctx, 'pack-other', version))).toBe(true)
  expect(await house.write((ctx) => findPackedAlertRules(ctx, ['pack-other']))).toEqual([])
})
