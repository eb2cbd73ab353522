import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { systemActor } from '../../platform/context/context.ts'
import { readContext } from '../../platform/context/house.ts'
import { compileWhere, forAudience, forCare, groundOf, mentalKinds } from '../../platform/condition/index.ts'
import { registerPatient } from '../patient/server/index.ts'
import { installShippedQuestionnaires } from '../questionnaire/server/shipped.ts'
import type { Condition } from './contract/condition.ts'
import type { TagDefinition } from './contract/rule.ts'
import { installShippedTags, setRoomTag } from './server/index.ts'
import { shippedTags } from './server/shipped.ts'

/** R2: mood diary, scales, counselling and psychiatric facts choose no audience, by type. */
const house = await aHouse()
const { tenant } = house
const ctx = () => readContext(house.house, { tenant, actor: systemActor(tenant.id, 'test') })

async function aTag(code: string, definition: Partial<TagDefinition>): Promise<void> {
  const whole = { ...shippedTags[0]!, ...definition, code }
  await house.write(async ({ tx, clock }) => {
    await tx
      .insertInto('tag_rule')
      .values({
        organization_id: tenant.id,
        code,
        version: 1,
        state: 'published',
        definition: JSON.stringify(whole),
        author_id: null,
        created_at: clock.now(),
        published_by: null,
        published_at: clock.now(),
        retired_at: null,
      })
      .execute()
  })
}

const depressed: Condition = { condition: { codes: ['F32'] } }

beforeAll(async () => {
  await house.write(installShippedTags)
  await house.write(async (tx) => void (await installShippedQuestionnaires(tx)))
  await aTag('low-mood', { condition: { any: [{ sex: 'female' }, { not: depressed }] } })
  await aTag('behind-a-tag', { condition: { all: [{ tag: { code: 'low-mood' } }] } })
  await aTag('by-hand', { condition: null, sensitivity: 'mental' })
  await aTag('ordinary-tag', { condition: { age: { op: '>=', years: 18 } } })
})

const barred: [string, Condition][] = [
  ['a diagnosis of chapter V', depressed],
  ['one whose prefix holds it', { condition: { codes: ['I10', 'F'] } }],
  ['self-harm', { condition: { codes: ['X71'] } }],
  ['a history of it', { condition: { codes: ['Z91'] } }],
  ['a family history of it', { familyHistory: { codes: ['F20'] } }],
  ['psychotherapy', { procedure: { codes: ['94.3'] } }],
  ['a drug for the mind', { medication: { codes: ['N06AB'] } }],
  ['a drug by name', { medication: { names: ['舍曲林'] } }],
  ['any drug', { medication: {} }],
  ['a visit to psychiatry', { encounter: { departments: ['精神科'] } }],
  ['half a word of it', { encounter: { departments: ['精'] } }],
  ['its anniversary', { anniversary: { of: 'condition', codes: ['F32'], inDays: { from: 0, to: 7 } } }],
  ['the anniversary of any diagnosis', { anniversary: { of: 'condition', inDays: { from: 0, to: 7 } } }],
  ['a counsellor', { carer: { role: 'counsellor' } }],
  ['a scale by its score', { score: { questionnaire: 'phq-9', bands: ['severe'] } }],
  ['a scale by one answer', { answer: { questionnaire: 'phq-9', question: '9', value: { op: '>', value: 0 } } }],
  ['that a scale was answered', { answered: { questionnaire: 'phq-9' } }],
  ['the risk of a scale', { risk: { instrument: 'phq-9', bands: ['severe'] } }],
  ['any follow-up at all', { followUp: { state: 'running' } }],
  ['an item nobody has mapped', { indicator: { code: 'local:x|1', pick: 'newest', is: { op: '>', value: 1 } } }],
  ['a tag whose rule rests on it', { tag: { code: 'low-mood' } }],
  ['a tag that asks for such a tag', { tag: { code: 'behind-a-tag' } }],
  ['a tag by hand that says so', { tag: { code: 'by-hand' } }],
  ['a kind that nobody knows', { weather: { is: 'wet' } } as never],
]

const wraps: [string, (inner: Condition) => Condition][] = [
  ['alone', (inner) => inner],
  ['denied', (inner) => ({ not: inner })],
  ['beside what always holds', (inner) => ({ any: [{ not: { deceased: true } }, inner] })],
  ['six deep', (inner) => ({ all: [{ any: [{ not: { all: [{ any: [{ not: inner }] }] } }] }] })],
]

describe.each(wraps)('%s', (_how, wrap) => {
  test.each(barred)('%s chooses no audience', async (_what, condition) => {
    expect(await forAudience(ctx(), wrap(condition))).toEqual({
      faults: expect.arrayContaining([{ code: 'BarredFromAudience', value: expect.any(String) }]),
    })
  })
})

test.each<[string, Condition]>([
  ['age and sex', { all: [{ age: { op: '>=', years: 55 } }, { sex: 'female' }] }],
  ['a value', { indicator: { code: 'sbp', pick: 'newest', is: { op: '>=', value: 140 } } }],
  ['a diagnosis', { condition: { codes: ['I10', 'E11'] } }],
  ['a drug by its code', { medication: { codes: ['C08'] } }],
  ['a visit', { encounter: { departments: ['心内科'], within: { months: 12 } } }],
  ['a constitution', { score: { questionnaire: 'tcm-constitution-60', bands: ['balanced'] } }],
  ['an ordinary tag', { tag: { code: 'ordinary-tag' } }],
  ['a shipped tag', { tag: { code: 'bp-recheck' } }],
  ['a doctor', { not: { carer: { role: 'doctor' } } }],
])('%s may', async (_what, condition) => {
  const admitted = await forAudience(ctx(), condition)
  expect(admitted).toMatchObject({ admitted: { purpose: 'audience' } })
  // The care of one person may ask for anything.
  expect([...(await mentalKinds(ctx(), condition))]).toEqual([])
})

test('the compiler takes nothing that has not passed the gate', () => {
  // @ts-expect-error -- a bare condition has no purpose
  expect(() => compileWhere(depressed, groundOf(ctx()))).toThrow()
})

test('what a scale has set by an ordinary tag is not seen by an audience, and is by care', async () => {
  const [of, plain] = await house.write(async (tx) => [
    (await registerPatient(tx, { name: '甲', sex: 'female', birthDate: '1980-01-01' })) as string,
    (await registerPatient(tx, { name: '乙', sex: 'female', birthDate: '1980-01-02' })) as string,
  ])
  await house.write((tx) => setRoomTag(tx, of!, 'lost-contact', { sensitivity: 'mental' }))
  await house.write((tx) => setRoomTag(tx, plain!, 'lost-contact'))
  const condition: Condition = { tag: { code: 'lost-contact' } }
  const gate = await forAudience(ctx(), condition)
  if (!('admitted' in gate)) throw new Error('the tag itself is ordinary')
  const members = async (one: Parameters<typeof compileWhere>[0]) => {
    const { rows } = await sql<{ id: string }>`select p.id from patient p where p.organization_id = ${tenant.id}
      and ${compileWhere(one, groundOf(ctx()))}`.execute(house.house.databases.of(tenant.id))
    return rows.map(({ id }) => id)
  }
  expect(await members(gate.admitted)).toEqual([plain])
  expect((await members(forCare(condition))).toSorted()).toEqual([of, plain].toSorted())
})
