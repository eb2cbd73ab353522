import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { systemActor } from '../../platform/context/context.ts'
import { readContext } from '../../platform/context/house.ts'
import { shippedTags } from '../tag/server/shipped.ts'
import { installShippedTags } from '../tag/server/index.ts'
import { readRelationship } from './contract/lifecycle.ts'
import {
  countStageRule,
  discardStageRule,
  draftStageRule,
  listStageRules,
  publishStageRule,
  readStageRule,
} from './contract/rule.ts'
import { STAGES, type Stage, type StageRule } from './contract/words.ts'
import { aPerson, look, visited } from './sample-people.ts'
import { installShippedStageRules } from './server/index.ts'
import { rulesInForce } from './server/rule-store.ts'
import { shippedRules } from './server/shipped.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let lead: Caller
let other: Caller
let manager: Caller
let doctor: Caller

beforeAll(async () => {
  await house.write(installShippedTags)
  await house.write(installShippedStageRules)
  ;[lead, other, manager, doctor] = await Promise.all([
    house.as('quality-lead', { name: '赵主任' }),
    house.as('medical-reviewer', { name: '钱审核' }),
    house.as('service-manager'),
    house.as('physician'),
  ])
})

const aRule = (over: Partial<StageRule> = {}): StageRule => ({
  meaning: { zh: '来过一次就算', en: 'Has been here once' },
  condition: { encounter: { atLeast: 1 } } as never,
  source: '本院议定',
  reviewer: null,
  ...over,
})
const draft = (stage: Stage, definition = aRule(), revision = 0, who = lead) =>
  who.try(draftStageRule, { params: { stage }, body: { definition, revision } })
const ruleOf = async (stage: Stage) => (await lead.call(listStageRules)).rules.find((one) => one.stage === stage)!

describe('rules of stages', () => {
  test('are shipped for every stage, read by nobody yet, and shipping again changes nothing', async () => {
    expect(shippedRules.map(({ code }) => code)).toEqual([...STAGES])
    expect(shippedRules.filter(({ definition }) => definition.reviewer !== null)).toEqual([])
    const ctx = readContext(house.house, { tenant: house.tenant, actor: systemActor(house.tenant.id, 'test') })
    expect((await rulesInForce(ctx)).map(({ stage }) => stage)).toEqual(['joined', 'in-care', 'together'])
    const before = await db().selectFrom('lifecycle_rule').selectAll().orderBy('code').execute()
    await house.write(installShippedStageRules)
    expect(await db().selectFrom('lifecycle_rule').selectAll().orderBy('code').execute()).toEqual(before)
  })

  test('a draft counts once a second person has put it in force; then people come forward, nobody back', async () => {
    const id = await aPerson(house, { doctorId: doctor.staffId, managerId: manager.staffId })
    await visited(house, id)
    await look(house)
    const stageOf = async () => (await manager.call(readRelationship, { params: { patientId: id } })).stage
    expect(await stageOf()).toBe('in-care')
    const kept = await draft('together')
    expect(kept.status).toBe(200)
    await look(house)
    expect(await stageOf()).toBe('in-care')
    const publication = { params: { stage: 'together' as const }, body: { revision: 1 } }
    expect(await lead.try(publishStageRule, publication)).toMatchObject({ status: 403, code: 'OwnStageRule' })
    expect((await ruleOf('together')).current!.version).toBe(1)
    await other.call(publishStageRule, publication)
    house.clock.advance({ minutes: 11 })
    await look(house)
    expect(await stageOf()).toBe('together')
    await draft('together', aRule({ condition: { encounter: { atLeast: 9 } } as never }))
    await other.call(publishStageRule, publication)
    house.clock.advance({ minutes: 11 })
    await look(house)
    expect(await stageOf()).toBe('together')
    const { versions } = await lead.call(readStageRule, { params: { stage: 'together' } })
    expect(versions.map(({ version, state }) => [version, state])).toEqual([
      [3, 'active'],
      [2, 'retired'],
      [1, 'retired'],
    ])
  })

  test('two who keep a draft at once do not overwrite each other', async () => {
    const both = await Promise.all([draft('joined'), draft('joined', aRule({ source: '另一份' }))])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await draft('joined', aRule(), 7)).toMatchObject({ status: 409, code: 'ChangedMeanwhile' })
    expect(await lead.call(discardStageRule, { params: { stage: 'joined' } })).toEqual({ discarded: true })
    expect((await ruleOf('joined')).draft).toBeNull()
  })

  test('R2: a rule rests on nothing that tells of mind and mood, however deep, and not on stages or segments', async () => {
    const mental = shippedTags.find(({ sensitivity }) => sensitivity === 'mental')
    const refused: unknown[] = [
      { score: { questionnaire: 'phq-9', bands: ['severe'] } },
      { followUp: { state: 'running' } },
      { not: { carer: { role: 'counsellor' } } },
      { relationship: { in: ['joined'] } },
      { segment: { segment: '01900000-0000-7000-8000-000000000000' } },
      { nonsense: { a: 1 } },
      ...(mental ? [{ tag: { code: mental.code } }] : []),
    ]
    for (const condition of refused) {
      const answer = await draft('joined', aRule({ condition: condition as never }))
      expect([answer.status, answer.code], JSON.stringify(condition)).toEqual([422, 'StageRuleFaulty'])
    }
    expect((await ruleOf('joined')).draft).toBeNull()
  })

  test('a rule that nobody understands any more moves nobody, and the others go on', async () => {
    await house.write((ctx) =>
      sql`insert into lifecycle_rule (organization_id, code, version, state, definition, changed_at, changed_by_name)
        select organization_id, code, 90, 'draft', jsonb_set(definition, '{condition}', '{"gone": {"x": 1}}'), changed_at, '甲'
        from lifecycle_rule where code = 'joined' and state = 'active'`.execute(ctx.tx),
    )
    await house.write((ctx) =>
      sql`update lifecycle_rule set state = 'retired' where code = 'joined' and state = 'active'`.execute(ctx.tx),
    )
    await house.write((ctx) =>
      sql`update lifecycle_rule set state = 'active' where code = 'joined' and version = 90`.execute(ctx.tx),
    )
    const id = await aPerson(house, { doctorId: doctor.staffId, managerId: manager.staffId })
    await visited(house, id)
    await look(house)
    expect((await manager.call(readRelationship, { params: { patientId: id } })).stage).not.toBe('acquainted')
  })

  test('who may: numbers without names, few as “fewer than”; drafts and publications by their roles', async () => {
    const { of, rules } = await lead.call(listStageRules)
    expect(of).toBeGreaterThan(0)
    for (const { size } of rules) expect(size.count === null ? size.fewerThan : size.count).toBeGreaterThan(4)
    const own = await manager.call(listStageRules)
    expect(own.rules.every(({ size }) => size.count !== null)).toBe(true)
    expect(own.can.write).toBe(false)
    const counting = { body: { condition: { sex: 'male' } as never, ask: 'abcd' } }
    expect((await lead.call(countStageRule, counting)).size).toEqual({ count: null, fewerThan: 5 })
    for (const role of ['front-desk', 'sales-manager', 'content-editor'] as const)
      expect((await (await house.as(role)).try(listStageRules)).status, role).toBe(403)
    const before = await db().selectFrom('lifecycle_rule').selectAll().orderBy('code').orderBy('version').execute()
    expect((await draft('joined', aRule(), 0, manager)).status).toBe(403)
    expect((await draft('joined', aRule(), 0, other)).status).toBe(403)
    const publication = { params: { stage: 'joined' as const }, body: { revision: 1 } }
    expect((await manager.try(publishStageRule, publication)).status).toBe(403)
    expect(await db().selectFrom('lifecycle_rule').selectAll().orderBy('code').orderBy('version').execute()).toEqual(
      before,
    )
  })
})
