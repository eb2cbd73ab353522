import { describe, expect, test } from 'vitest'
import { SECTIONS, type Fact, type Section } from '../../contract/words.ts'
import type { Stage } from '../stage.ts'
import { draftOf, edited, missingSections, withoutFacts } from './sentences.ts'

const aFact = (id: string): Fact => ({ id, kind: 'plan', label: id, value: '', on: null, refs: [] })
const measure = (percent: number | null) => ({ percent, expected: 10, done: 8, partly: 0 })
const nothing = { count: 0, fact: aFact('none') }
const stage = (more: Partial<Stage> = {}): Stage => ({
  from: '2026-03-02',
  until: '2026-03-31',
  days: 30,
  period: aFact('period'),
  former: null,
  plans: [],
  indicators: [],
  goals: [],
  risks: [],
  followUps: nothing,
  encounters: nothing,
  alerts: { ...nothing, closed: 0 },
  words: [],
  ...more,
})
const texts = (of: Stage, key: Section['key'], locale: 'zh-CN' | 'en' = 'zh-CN') =>
  draftOf(of, locale)
    .sections.find((one) => one.key === key)!
    .sentences.map(({ text }) => text)
const indicator = (more: Partial<Stage['indicators'][number]>) =>
  stage({
    indicators: [
      {
        name: '体重',
        unit: 'kg',
        before: '80.0',
        after: '76.0',
        direction: 'down',
        beyondVariation: true,
        fact: aFact('i'),
        ...more,
      },
    ],
  })

test.each([
  ['more than its variation', indicator({}), '体重从 80.0 kg 降到 76.0 kg，变化超过平常的波动。'],
  ['up', indicator({ direction: 'up' }), '体重从 80.0 kg 升到 76.0 kg，变化超过平常的波动。'],
  ['within', indicator({ beyondVariation: false }), '体重从 80.0 kg 到 76.0 kg，还在平常的波动里，先当作差不多。'],
  ['not known', indicator({ beyondVariation: null }), '体重从 80.0 kg 到 76.0 kg。平常会波动多少还不清楚，先记下来。'],
  ['for the first time', indicator({ before: null, direction: null }), '体重这次是 76.0 kg，以前没有可以比的结果。'],
  ['nothing new', stage(), '这段时间没有新的检查结果。'],
])('an indicator: %s', (_what, of, text) => {
  expect(texts(of, 'indicators')[0]).toBe(text)
})

describe('plans', () => {
  const action = (title: string, percent: number | null) => ({ title, adherence: measure(percent), fact: aFact(title) })
  const plan = (percent: number | null, actions: ReturnType<typeof action>[] = []) =>
    stage({ plans: [{ title: '血压管理', adherence: measure(percent), fact: aFact('p'), actions }] })

  test.each([
    ['none', stage(), ['这段时间没有进行中的方案。']],
    ['nothing due yet', plan(null), ['“血压管理”刚开始，还没有到该记的日子。']],
    ['one action, which went well', plan(80, [action('散步', 90)]), ['做得最稳的是：散步。']],
    [
      'one easy, one hard',
      plan(70, [action('散步', 90), action('少盐', 30)]),
      ['做得最稳的是：散步。', '最不容易的是：少盐。我们一起把它改得容易一点。'],
    ],
    ['one hard, which nobody is blamed for', plan(30, [action('少盐', 30)]), []],
  ])('%s', (_what, of, after) => {
    const said = texts(of, 'adherence')
    expect(of.plans[0]?.adherence.percent == null ? said : said.slice(1)).toEqual(after)
  })
})

test('of a risk it says that it is an estimate, in both languages', () => {
  const risk = (before: string | null) =>
    stage({ risks: [{ title: '十年风险', before, after: '中', fact: aFact('r') }] })
  for (const before of [null, '中', '高']) {
    expect(texts(risk(before), 'risk')[0]).toContain('这是估计，不是诊断')
    expect(texts(risk(before), 'risk', 'en')[0]).toContain('not a diagnosis')
  }
})

test('what only people write is missing until they have, and lost facts are found', () => {
  const { sections, facts } = draftOf(stage(), 'zh-CN')
  expect(missingSections(sections)).toEqual(['doctor', 'next'])
  expect(withoutFacts(sections, facts)).toEqual([])
  expect(withoutFacts(sections, []).length).toBeGreaterThan(0)
  const all = SECTIONS.map((key) => ({ key, sentences: [{ id: `x-${key}`, text: '写好了' }] }))
  const written = edited(sections, all)
  expect(missingSections(written)).toEqual([])
  expect(written.every(({ sentences }) => sentences[0]!.from === 'person')).toBe(true)
})
