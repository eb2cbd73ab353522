import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { systemActor } from '../context/context.ts'
import { readContext } from '../context/house.ts'
import { installShippedProtocols } from '../../rooms/follow-up/server/index.ts'
import { aReport } from '../../rooms/observation/sample-record.ts'
import { recordReports } from '../../rooms/observation/server/index.ts'
import { registerPatient } from '../../rooms/patient/server/index.ts'
import { installShippedQuestionnaires } from '../../rooms/questionnaire/server/index.ts'
import { installShippedTags } from '../../rooms/tag/server/index.ts'
import { choicesOf, listKinds, readCondition, type Condition, type FieldForm } from './contract.ts'
import { explainInWords } from './index.ts'

/** Conditions as pages put them together: the kinds of all rooms, what they may name, and how they read. */
const house = await aHouse()
const ctx = () => readContext(house.house, { tenant: house.tenant, actor: systemActor(house.tenant.id, 'test') })
let nurse: Caller
let kinds: Awaited<ReturnType<typeof load>>

const load = () => nurse.call(listKinds)
const choices = async (kind: string, field: string, query: { of?: string; purpose?: 'care' | 'audience' } = {}) =>
  (await nurse.call(choicesOf, { params: { kind, field }, query })).choices

beforeAll(async () => {
  await house.write(installShippedTags)
  await house.write(installShippedQuestionnaires)
  await house.write(installShippedProtocols)
  nurse = await house.as('service-manager')
  kinds = await load()
})

const all = (fields: readonly FieldForm[], path: string): { path: string; field: FieldForm }[] =>
  fields.flatMap((field) => {
    const own = [path, field.key].filter(Boolean).join('.')
    return [{ path: own, field }, ...all(field.fields, own)]
  })

describe('the kinds of the house', () => {
  test('are all there, each under a heading', () => {
    expect(kinds.kinds.map(({ code }) => code).toSorted()).toEqual(
      house.house.facts.kinds.map(({ code }) => code).toSorted(),
    )
    const groups = new Set(kinds.groups.map(({ code }) => code))
    expect(kinds.kinds.filter(({ group }) => !groups.has(group))).toEqual([])
  })

  test('have a name, and their fields and choices too, in both languages', () => {
    const bare = kinds.kinds.flatMap(({ code, name, fields }) => [
      ...(/^[a-z]+$/i.test(name.zh) || name.en === code ? [code] : []),
      ...all(fields, code).flatMap(({ path, field }) => [
        // A field that fills its group alone needs no name of its own.
        ...(field.name.zh === field.key || field.name.en === '' ? [path] : []),
        ...field.options.filter((one) => one.name.zh === one.value).map((one) => `${path} ${one.value}`),
      ]),
    ])
    expect(bare, 'texts `ask.<kind>…` of the room').toEqual([])
  })

  test('say of each field what it takes', () => {
    const field = (kind: string, key: string) =>
      all(kinds.kinds.find(({ code }) => code === kind)!.fields, '').find(({ path }) => path === key)?.field
    expect(field('age', 'years')).toMatchObject({ type: 'number', min: 0, max: 130, isWhole: true, isOptional: false })
    expect(field('indicator', 'code')).toMatchObject({ type: 'pick', isListed: true, isFree: false })
    expect(field('indicator', 'is')).toMatchObject({ type: 'limit' })
    expect(field('indicator', 'within')).toMatchObject({ type: 'span', isOptional: true })
    expect(field('indicator', 'or.code')).toMatchObject({ type: 'pick', isListed: true })
    expect(field('message', 'atLeast')).toMatchObject({ type: 'number', initial: 1, isOptional: false })
    expect(field('stage', 'since')).toMatchObject({ type: 'group', isOptional: true })
    expect(field('birthday', 'number')).toMatchObject({ type: 'measure', min: 1, max: 130 })
    expect(field('encounter', 'now')).toMatchObject({ type: 'flag', isOptional: true })
    expect(field('carer', 'role')?.options.map(({ value, isBarred }) => [value, isBarred])).toEqual([
      ['doctor', false],
      ['manager', false],
      ['counsellor', true],
    ])
    // Where every one is barred it is something else that is missing, as which protocol: none is blamed.
    expect(field('followUp', 'state')?.options.some(({ isBarred }) => isBarred)).toBe(false)
  })

  test('begin with what most often is meant', () => {
    const start = Object.fromEntries(kinds.kinds.map((kind) => [kind.code, kind.start]))
    expect(start['sex']).toBe('male')
    expect(start['deceased']).toBe(true)
    expect(start['indicator']).toEqual({
      code: '',
      pick: 'newest',
      is: { op: '>=', value: null },
      within: { months: 12 },
    })
    expect(start['followUpVisit']).toEqual({ state: 'done' })
  })
})

describe('what may be named', () => {
  test('every field that has a list has one that can be asked for', async () => {
    const offered: string[] = []
    for (const { code, fields } of kinds.kinds)
      for (const { path, field } of all(fields, ''))
        if (field.isListed && (await choices(code, path)).length > 0) offered.push(`${code} ${path}`)
    // What an organization has from its first day.
    const fromTheStart = ['indicator code', 'compare left', 'condition codes', 'procedure codes', 'medication names']
    const shipped = ['tag code', 'risk instrument', 'score questionnaire', 'followUp protocols', 'message templates']
    expect(offered).toEqual(expect.arrayContaining([...fromTheStart, ...shipped, 'carer staff']))
  })

  test('an indicator is found by its name, its pinyin and in English, with the units it is printed in', async () => {
    const found = (typed: string, list: { search: string; code: string }[]) =>
      list.filter(({ search }) => search.includes(typed)).map(({ code }) => code)
    const indicators = await choices('indicator', 'code')
    for (const typed of ['收缩压', 'shousuoya', 'ssy', 'systolic', 'sbp'])
      expect(found(typed, indicators)).toContain('sbp')
    const glucose = indicators.find(({ code }) => code === 'fpg')!
    expect(glucose.units.map(({ name }) => name)).toEqual(expect.arrayContaining(['mmol/L', 'mg/dL']))
    const typed = glucose.units.find(({ name }) => name === 'mg/dL')!
    expect(126 * typed.factor + typed.offset).toBeCloseTo(7, 1)
  })

  test('what depends on another field follows it', async () => {
    const bands = await choices('risk', 'bands', { of: 'china-par' })
    const other = await choices('risk', 'bands', { of: 'phq-9' })
    expect(other.length).toBeGreaterThan(2)
    expect(bands).not.toEqual(other)
    const [questionnaire] = (await choices('score', 'questionnaire')).filter(({ code }) => code === 'phq-9')
    expect((await choices('score', 'bands', { of: questionnaire!.code })).length).toBeGreaterThan(2)
    const [question] = await choices('answer', 'question', { of: questionnaire!.code })
    expect((await choices('answer', 'in', { of: `phq-9|${question!.code}` })).length).toBeGreaterThan(1)
  })

  test('what tells of mind and mood is marked where an audience is chosen, and only there', async () => {
    const marked = async (kind: string, field: string, purpose: 'care' | 'audience') =>
      (await choices(kind, field, { purpose })).filter(({ isBarred }) => isBarred).map(({ code }) => code)
    expect(await marked('score', 'questionnaire', 'care')).toEqual([])
    expect(await marked('score', 'questionnaire', 'audience')).toContain('phq-9')
    expect(await marked('answered', 'questionnaire', 'audience')).toContain('phq-9')
    expect(await marked('risk', 'instrument', 'audience')).toContain('phq-9')
    expect(await marked('condition', 'codes', 'audience')).not.toContain('I10')
  })

  test('a field without a list is not found', async () => {
    expect((await nurse.try(choicesOf, { params: { kind: 'age', field: 'years' }, query: {} })).status).toBe(404)
    expect((await nurse.try(choicesOf, { params: { kind: 'moon', field: 'code' }, query: {} })).status).toBe(404)
  })
})

const high: Condition = { indicator: { code: 'sbp', pick: 'newest', is: { op: '>=', value: 140 } } }

describe('a condition read', () => {
  test('is a sentence in both languages, as are its questions, also denied', async () => {
    const read = await nurse.call(readCondition, { body: { condition: { all: [high, { not: { sex: 'male' } }] } } })
    expect(read.sentence).toEqual({
      zh: '最近一次收缩压 ≥ 140 mmHg，并且不是男性',
      en: 'the latest Systolic BP ≥ 140 mmHg, and not a man',
    })
    expect(read.questions[1]).toMatchObject({ sentence: { zh: '男性' }, denied: { zh: '不是男性' }, faults: [] })
  })

  test('says questions, answers and results of a questionnaire in its words, not in its codes', async () => {
    const said = async (condition: Condition) => (await nurse.call(readCondition, { body: { condition } })).sentence
    const questionnaire = 'audit-c'
    expect(await said({ score: { questionnaire, bands: ['positive'] } })).toEqual({
      zh: '最近一次“饮酒情况筛查（AUDIT-C）”得分属于“酒喝得偏多”',
      en: expect.stringMatching(/^latest score of “.*” is “.*”$/),
    })
    expect(await said({ answer: { questionnaire, question: 'sex', in: ['male'] } })).toMatchObject({
      zh: '最近一次“饮酒情况筛查（AUDIT-C）”里“您的性别”的回答是“男”',
    })
    expect(await said({ score: { questionnaire: 'gone', bands: ['high'], value: { op: '>=', value: 3 } } })).toEqual({
      zh: '最近一次“gone”得分属于“high” ≥ 3',
      en: 'latest score of “gone” is “high” ≥ 3',
    })
  })

  test('a plan that runs is not said to have begun within nothing', async () => {
    const said = async (within?: { months: number }) => {
      const followUp = { state: 'running' as const, ...(within ? { within } : {}) }
      return (await nurse.call(readCondition, { body: { condition: { followUp } } })).sentence
    }
    expect(await said()).toEqual({ zh: '随访正在进行', en: 'follow-ups are running' })
    expect(await said({ months: 6 })).toEqual({
      zh: '6 个月内开始的随访正在进行',
      en: 'follow-ups begun within 6 months are running',
    })
  })

  test('says what is wrong at its place', async () => {
    const condition = {
      any: [
        { age: { op: '>=', years: 60 } },
        { indicator: { code: 'moon', pick: 'newest', is: { op: '>=', value: 1 } } },
        { score: { questionnaire: 'phq-9', value: { op: '>=', value: 10 } } },
        { tag: { code: 'gone' } },
        { age: { op: '>=' } },
      ],
    } as never as Condition
    const codes = async (purpose: 'care' | 'audience') =>
      (await nurse.call(readCondition, { body: { condition, purpose } })).questions.map(({ faults }) =>
        faults.map(({ code }) => code),
      )
    expect(await codes('care')).toEqual([[], ['UnknownIndicator'], [], ['UnknownTag'], ['WrongTest']])
    expect((await codes('audience'))[2]).toEqual(['BarredFromAudience'])
    const { questions } = await nurse.call(readCondition, { body: { condition } })
    expect(questions[3]!.faults[0]!.text).toEqual({
      zh: '没有已发布的标签：gone。',
      en: 'There is no published tag gone.',
    })
  })
})

test('why a person is in is told in words: value, day, where it is from', async () => {
  const patientId = await house.write(async (tx) => {
    const id = await registerPatient(tx, { name: '王桂兰', sex: 'female', birthDate: '1950-05-05' })
    await recordReports(tx, [
      aReport(tx, id, { category: 'health-check', title: '年度体检' }, [{ code: 'sbp', value: 152 }]),
    ])
    return id
  })
  const condition: Condition = { all: [high, { age: { op: '>=', years: 60 } }, { not: { tag: { code: 'obesity' } } }] }
  const why = (await explainInWords(ctx(), condition, patientId))!
  expect(why).toMatchObject({ kind: 'all', holds: true, parts: [{}, {}, { kind: 'not', holds: true }] })
  expect(why.parts[0]!.facts).toMatchObject([
    {
      what: { zh: '收缩压', en: 'Systolic BP' },
      value: { zh: '152 mmHg', en: '152 mmHg' },
      source: { zh: '来自报告', en: 'from a report' },
      to: 'tab=indicators&code=sbp',
    },
  ])
  expect(why.parts[0]!.facts[0]!.at).not.toBeNull()
  expect(why.parts[1]!.facts).toMatchObject([{ what: { zh: '年龄' }, value: { zh: '75 岁', en: '75 years' } }])
  expect(await explainInWords(ctx(), condition, house.tenant.id)).toBeUndefined()
})
