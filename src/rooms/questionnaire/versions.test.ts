import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import * as contract from './contract/questionnaire.ts'

const house = await aHouse()
const staff = {} as Record<'physician' | 'content-editor' | 'medical-reviewer' | 'sales-manager', Caller>

beforeAll(async () => {
  for (const role of ['physician', 'content-editor', 'medical-reviewer', 'sales-manager'] as const)
    staff[role] = await house.as(role)
})

const words = (zh: string) => ({ zh, en: zh })
const option = (code: string, points: number) => ({
  valueCoding: { system: 'urn:test', code, display: code },
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: points }],
})
const item = (linkId: string) => ({
  linkId,
  type: 'choice',
  text: `${linkId}？`,
  required: true,
  answerOption: [option('no', 0), option('some', 2), option('much', 5)],
})
const definition = {
  resourceType: 'Questionnaire',
  language: 'zh-CN',
  title: '压力自评',
  item: [
    item('sleep'),
    item('work'),
    {
      linkId: 'hours',
      type: 'decimal',
      text: '几小时',
      enableWhen: [{ question: 'sleep', operator: '=', answerCoding: { system: 'urn:test', code: 'much' } }],
    },
  ],
  scoring: {
    scores: [
      {
        code: 'total',
        name: words('总分'),
        method: 'sum',
        items: ['sleep', 'work'],
        bands: [
          { code: 'low', below: 4, text: words('压力不大'), tone: 'good' },
          {
            code: 'high',
            from: 4,
            text: words('压力较大'),
            tone: 'act',
            advice: words('多休息'),
            forStaff: words('一周内电话问问'),
          },
        ],
      },
    ],
  },
} as const

const keep = (code: string, given: object, revision = 0) =>
  staff['content-editor'].call(contract.saveDraft, { params: { code }, body: { definition: given as never, revision } })
const publish = (code: string, revision: number) =>
  staff['medical-reviewer'].try(contract.publishDraft, { params: { code }, body: { revision } })

describe('versions', () => {
  test('all of a code with who wrote and who published each, the newest first', async () => {
    await publish('stress', (await keep('stress', definition)).revision)
    const second = await keep('stress', { ...definition, title: '压力自评（二）' })
    expect((await publish('stress', second.revision)).status).toBe(200)
    const third = await keep('stress', { ...definition, title: '压力自评（三）' })
    const history = await staff['content-editor'].call(contract.versionsOf, { params: { code: 'stress' } })
    expect(history.rows.map((row) => [row.version, row.state, row.publishedBy])).toEqual([
      [3, 'draft', null],
      [2, 'active', staff['medical-reviewer'].name],
      [1, 'retired', staff['medical-reviewer'].name],
    ])
    expect(history.title.zh).toBe('压力自评（二）')
    expect(history.rows[0]!.revision).toBe(third.revision)
    expect(history.can).toEqual({ design: true, publish: false, send: false })
  })

  test('of a code that is not there, and for somebody who may not', async () => {
    const nothing = await staff.physician.try(contract.versionsOf, { params: { code: 'nothing' } })
    expect([nothing.status, nothing.code]).toEqual([404, 'QuestionnaireUnknown'])
    expect((await staff['sales-manager'].try(contract.versionsOf, { params: { code: 'stress' } })).status).toBe(403)
  })
})

describe('what keeps a draft from being published', () => {
  const all = '%resource.descendants().answer.value.ofType(integer).sum()'
  const calculated = {
    url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
    valueExpression: { language: 'text/fhirpath', expression: `${all} + 1` },
  }
  test.each<[string, object, number]>([
    [
      'nothing to answer',
      { ...definition, scoring: undefined, item: [{ linkId: 'a', type: 'display', text: '你好' }] },
      1,
    ],
    [
      'options in a value set elsewhere',
      {
        ...definition,
        scoring: undefined,
        item: [{ linkId: 'a', type: 'choice', text: '？', answerValueSet: 'http://example.org/vs' }],
      },
      1,
    ],
    [
      'sums that chase themselves',
      {
        ...definition,
        scoring: undefined,
        item: [{ linkId: 'a', type: 'integer', text: '？', initial: [{ valueInteger: 1 }], extension: [calculated] }],
      },
      1,
    ],
    ['a score over a question that is gone', { ...definition, item: definition.item.slice(1) }, 2],
  ])('%s', async (_name, given, count) => {
    const code = `faulty-${randomUUID().slice(0, 8)}`
    const draft = await keep(code, JSON.parse(JSON.stringify(given)) as object)
    const answer = await publish(code, draft.revision)
    expect([answer.status, answer.code]).toEqual([422, 'DefinitionFaulty'])
    expect(JSON.stringify(answer)).toContain(String(count))
    const { rows } = await staff['content-editor'].call(contract.versionsOf, { params: { code } })
    expect(rows.map(({ state }) => state)).toEqual(['draft'])
  })
})

test('statistics tell answers, numbers and scores with their n; what few were asked is left out', async () => {
  const given = [
    ['no', 'no'],
    ['some', 'no'],
    ['some', 'some'],
    ['much', 'some'],
    ['much', 'much'],
    ['much', 'much'],
  ] as const
  const answer = (linkId: string, code: string) => ({ linkId, answer: [{ valueCoding: { system: 'urn:test', code } }] })
  for (const [n, [sleep, work]] of given.entries()) {
    const patientId = (await house.write((ctx) =>
      registerPatient(ctx, {
        name: `统计客${'一二三四五六'[n]}`,
        phone: `1370000000${n}`,
        birthDate: '1980-01-01',
      } as never),
    )) as never
    await house.write((ctx) => assignCarers(ctx, patientId, { doctorId: staff.physician.staffId } as never))
    const item = [answer('sleep', sleep), answer('work', work)]
    const hours = sleep === 'much' ? [{ linkId: 'hours', answer: [{ valueDecimal: 4 + n }] }] : []
    const kept = await staff.physician.call(contract.answerForPatient, {
      params: { patientId },
      body: {
        code: 'stress',
        version: 2,
        submission: randomUUID(),
        response: { resourceType: 'QuestionnaireResponse', status: 'completed', item: [...item, ...hours] } as never,
      },
    })
    const [score] = kept.response.scores
    expect([score!.tone, score!.forStaff?.zh]).toEqual(
      score!.band === 'high' ? ['act', '一周内电话问问'] : ['good', undefined],
    )
  }
  const found = await staff.physician.call(contract.statistics, {
    params: { code: 'stress' },
    query: { version: '2' } as never,
  })
  expect(found.n).toBe(6)
  expect(found.items.find((one) => one.linkId === 'sleep')).toEqual({
    linkId: 'sleep',
    answered: 6,
    answers: expect.arrayContaining([
      { code: 'much', n: 3 },
      { code: 'some', n: 2 },
      { code: 'no', n: 1 },
    ]),
  })
  // Three were asked for the hours: too few to tell.
  expect(found.numbers).toEqual([])
  expect(found.scores).toEqual([expect.objectContaining({ score: 'total', n: 6, lower: 2, middle: 4, upper: 10 })])
  expect(found.scores[0]!.bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(6)
  const other = await staff.physician.call(contract.statistics, {
    params: { code: 'stress' },
    query: { version: '1' } as never,
  })
  expect(other).toMatchObject({ n: 0, withheld: true, items: [], scores: [] })
})
