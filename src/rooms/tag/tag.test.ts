import type { WhyNode } from '../../platform/condition/contract.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { evaluateDue, wake } from '../agenda/server/index.ts'
import { recordObservations } from '../observation/server/index.ts'
import * as contract from './contract/tag.ts'
import type { TagDefinition } from './contract/rule.ts'
import { installShippedTags, tagStep } from './server/index.ts'
import { shippedTags } from './server/shipped.ts'

const house = await aHouse()
const { tenant } = house
let doctor: Caller, sales: Caller, editor: Caller, reviewer: Caller, desk: Caller
let patientId = ''

const evaluate = async () => {
  while ((await evaluateDue(house.house, tenant, [tagStep])) > 0);
}

beforeAll(async () => {
  await house.write(installShippedTags)
  ;[doctor, sales, editor, reviewer, desk] = await Promise.all([
    house.as('physician'),
    house.as('sales-manager'),
    house.as('content-editor'),
    house.as('medical-reviewer'),
    house.as('front-desk'),
  ])
  patientId = await aPatient(doctor.staffId)
  await house.write((ctx) =>
    recordObservations(ctx, [
      { id: ctx.ids.next(), patientId, code: 'sbp', effectiveAt: ctx.clock.now(), value: 150, source: 'staff' },
    ]),
  )
  await house.write((ctx) =>
    recordObservations(ctx, [
      { id: ctx.ids.next(), patientId, code: 'bmi', effectiveAt: ctx.clock.now(), value: 29, source: 'staff' },
    ]),
  )
  await evaluate()
})

async function aPatient(doctorId: string | null): Promise<string> {
  return house.write(async (ctx) => {
    const id = ctx.ids.next<string>()
    const at = ctx.clock.now()
    await ctx.tx
      .insertInto('patient')
      .values({
        organization_id: tenant.id,
        id,
        name: '甲',
        sex: 'male',
        birth_date: '1980-05-01',
        doctor_id: doctorId,
        created_at: at,
        updated_at: at,
      } as never)
      .execute()
    await wake(ctx.tx, tenant.id, [id], 'registered', at)
    return id
  })
}

const params = () => ({ patientId: patientId as never })
const tagOf = async (caller: Caller, code: string) =>
  (await caller.call(contract.listPatientTags, { params: params() })).tags.find((t) => t.code === code)

describe('reading', () => {
  test('a doctor sees the rule, its source and the facts that fired it', async () => {
    const tag = await tagOf(doctor, 'bp-recheck')
    expect(tag).toMatchObject({ source: 'rule', ruleVersion: 1, state: 'active' })
    expect(tag?.ruleSource).toContain('国家基本公共卫生服务规范')
    expect(tag?.facts).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'observation', code: 'sbp', value: 150 })]),
    )
  })

  test('sales sees service tags of the pool, no clinical ones and no facts', async () => {
    const inPool = await aPatient(null)
    await house.write((ctx) =>
      recordObservations(ctx, [
        {
          id: ctx.ids.next(),
          patientId: inPool,
          code: 'sbp',
          effectiveAt: ctx.clock.now(),
          value: 190,
          source: 'staff',
        },
        {
          id: ctx.ids.next(),
          patientId: inPool,
          code: 'bmi',
          effectiveAt: ctx.clock.now(),
          value: 29,
          source: 'staff',
        },
      ]),
    )
    await evaluate()
    const { tags } = await sales.call(contract.listPatientTags, { params: { patientId: inPool as never } })
    expect(tags.map((t) => t.code)).toEqual(['obesity'])
    expect(tags[0]).toMatchObject({ facts: [], condition: null, note: '' })
  })

  test('nobody sees tags of people who are not theirs, and the desk sees none at all', async () => {
    const other = await house.as('physician')
    expect((await other.try(contract.listPatientTags, { params: params() })).status).toBe(404)
    expect((await desk.try(contract.listPatientTags, { params: params() })).status).toBe(403)
    expect((await sales.try(contract.listPatientTags, { params: params() })).status).toBe(404)
  })

  test('each question of a rule is answered', async () => {
    const answer = await doctor.call(contract.explainCondition, { params: { ...params(), code: 'bp-three-days' } })
    expect(answer.holds).toBe(false)
    const answers = (node: WhyNode): boolean[] => (node.parts.length > 0 ? node.parts.flatMap(answers) : [node.holds])
    expect(answers(answer.tree)).toEqual([true, false, false])
  })
})

describe('by hand', () => {
  test('a manual tag stands beside the rule, whatever the rule says, and is taken away by hand only', async () => {
    expect(
      await doctor.call(contract.setManualTag, { params: params(), body: { code: 'lost-contact', note: '搬家了' } }),
    ).toEqual({ set: true })
    expect(await doctor.call(contract.setManualTag, { params: params(), body: { code: 'lost-contact' } })).toEqual({
      set: false,
    })
    await evaluate()
    expect(await tagOf(doctor, 'lost-contact')).toMatchObject({ source: 'manual', note: '搬家了' })
    await doctor.call(contract.removeManualTag, { params: { ...params(), tagCode: 'lost-contact' } })
    expect(await tagOf(doctor, 'lost-contact')).toBeUndefined()
  })

  test("a rule's tag cannot be removed, only suppressed with a reason; it stays suppressed while the rule holds", async () => {
    const one = { ...params(), tagCode: 'obesity' }
    expect((await doctor.try(contract.removeManualTag, { params: one })).code).toBe('TagNotByHand')
    expect((await doctor.try(contract.suppressTag, { params: one, body: { because: '' } })).status).toBe(400)
    await doctor.call(contract.suppressTag, { params: one, body: { because: '测量有误，已约复测' } })
    await house.write((ctx) => wake(ctx.tx, tenant.id, [patientId], 'again', ctx.clock.now()))
    await evaluate()
    expect(await tagOf(doctor, 'obesity')).toMatchObject({
      state: 'suppressed',
      suppressedBecause: '测量有误，已约复测',
    })
    await doctor.call(contract.unsuppressTag, { params: one })
    expect(await tagOf(doctor, 'obesity')).toMatchObject({ state: 'active', suppressedBecause: null })
    const { events } = await doctor.call(contract.tagHistory, { params: params() })
    expect(
      events
        .filter((e) => e.code === 'obesity')
        .map((e) => e.change)
        .toSorted(),
    ).toEqual(['set', 'suppressed', 'unsuppressed'])
  })

  test('two who suppress at once: one does, the other is told', async () => {
    const one = { ...params(), tagCode: 'bp-recheck' }
    const answers = await Promise.all(
      [1, 2].map((n) => doctor.try(contract.suppressTag, { params: one, body: { because: `原因 ${n}` } })),
    )
    expect(answers.map((a) => a.status).toSorted()).toEqual([200, 409])
    await doctor.call(contract.unsuppressTag, { params: one })
  })

  test('who may not write changes nothing', async () => {
    const answer = await sales.try(contract.suppressTag, {
      params: { ...params(), tagCode: 'obesity' },
      body: { because: '不想看到' },
    })
    expect(answer.status).toBe(403)
    expect(await tagOf(doctor, 'obesity')).toMatchObject({ state: 'active' })
  })
})

describe('rules', () => {
  const definition = (changes: Partial<TagDefinition> = {}): TagDefinition => ({
    ...shippedTags[0]!,
    code: 'ldl-high',
    condition: { indicator: { code: 'ldl', pick: 'newest', is: { op: '>=', value: 3.4 } } },
    then: [],
    ...changes,
  })
  const save = (d: TagDefinition) =>
    editor.try(contract.saveDraft, { params: { code: 'ldl-high' }, body: { definition: d } })

  test.each<[string, Partial<TagDefinition>]>([
    ['UnknownIndicator', { condition: { indicator: { code: 'no-such', pick: 'newest', is: { op: '>=', value: 1 } } } }],
    ['CountNeedsNumber', { condition: { indicator: { code: 'ldl', pick: 'count', is: { op: '>=', value: 1 } } } }],
    ['NeverTrue', { condition: { indicator: { code: 'ldl', pick: 'newest', is: { from: 5, below: 3 } } } }],
    ['UnknownTag', { condition: { tag: { code: 'nobody' } } }],
    ['TagCircle', { condition: { tag: { code: 'ldl-high' } } }],
    [
      'NewestHasNoAlternatives',
      {
        condition: {
          indicator: {
            code: 'sbp',
            pick: 'newest',
            is: { op: '>=', value: 140 },
            or: [{ code: 'dbp', is: { op: '>=', value: 90 } }],
          },
        },
      },
    ],
  ])('%s is refused when saved', async (fault, changes) => {
    const answer = await save(definition(changes))
    expect(answer).toMatchObject({ status: 422, code: 'RuleFaulty', body: { values: { fault } } })
  })

  test('a draft is published by somebody else, evaluated, and versions stay', async () => {
    expect((await save(definition())).status).toBe(200)
    expect(
      (await editor.try(contract.publishDraft, { params: { code: 'ldl-high' }, body: { version: 1 } })).status,
    ).toBe(403)
    expect(
      (await reviewer.try(contract.publishDraft, { params: { code: 'ldl-high' }, body: { version: 7 } })).code,
    ).toBe('NoDraft')
    await reviewer.call(contract.publishDraft, { params: { code: 'ldl-high' }, body: { version: 1 } })
    await house.write((ctx) =>
      recordObservations(ctx, [
        { id: ctx.ids.next(), patientId, code: 'ldl', effectiveAt: ctx.clock.now(), value: 4, source: 'staff' },
      ]),
    )
    await evaluate()
    expect(await tagOf(doctor, 'ldl-high')).toMatchObject({ ruleVersion: 1 })
    const stricter = definition({
      condition: { indicator: { code: 'ldl', pick: 'newest', is: { op: '>=', value: 4.5 } } },
    })
    await save(stricter)
    await reviewer.call(contract.publishDraft, { params: { code: 'ldl-high' }, body: { version: 2 } })
    house.clock.advance({ minutes: 11 })
    await evaluate()
    expect(await tagOf(doctor, 'ldl-high')).toBeUndefined()
    const { versions } = await reviewer.call(contract.ruleVersions, { params: { code: 'ldl-high' } })
    expect(versions.map((v) => [v.version, v.state])).toEqual([
      [2, 'published'],
      [1, 'retired'],
    ])
  })

  test('who drafted a rule cannot publish it, even with the right to', async () => {
    const both = await house.as(['content-editor', 'medical-reviewer'])
    await both.call(contract.saveDraft, {
      params: { code: 'own-one' },
      body: { definition: definition({ code: 'own-one' }) },
    })
    expect((await both.try(contract.publishDraft, { params: { code: 'own-one' }, body: { version: 1 } })).code).toBe(
      'OwnDraft',
    )
  })

  test('a preview is a number', async () => {
    const answer = await editor.call(contract.previewCondition, { body: { condition: { sex: 'male' } } })
    expect(answer).toMatchObject({ count: 2, of: 2, faults: [] })
    expect((await desk.try(contract.previewCondition, { body: { condition: { sex: 'male' } } })).status).toBe(403)
  })

  test('retiring a rule takes its tags away', async () => {
    await reviewer.call(contract.retireRule, { params: { code: 'obesity' } })
    expect(await tagOf(doctor, 'obesity')).toBeUndefined()
  })
})
