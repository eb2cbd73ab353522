import { describe, expect, test } from 'vitest'
import { shippedQuestionnaires } from '../../../../clinical/questionnaire/content/index.ts'
import { read, write, type Questionnaire, type Score, type Scoring } from '../../../../clinical/questionnaire/index.ts'
import { lifted, scoringOf, withScoring } from './draft.ts'
import {
  bandFaults,
  changeScored,
  changeScore,
  newAction,
  newBand,
  newScore,
  reachOf,
  reversed,
  scoredRows,
  withEnd,
  withItem,
} from './scoring.ts'
import { actionWords, bandWhen, limitsWords, ruleWords, scoreSentence } from './scoring-words.ts'
import { wordsIn } from './test-words.ts'

const byName = (name: string) => shippedQuestionnaires.find((one) => one.name === name)!
const names = shippedQuestionnaires.map((one) => [one.name!, one] as const)

describe.each(names)('%s through the builder and back', (_name, definition) => {
  const { form } = read(definition)
  const scoring = scoringOf(definition)!
  const order = [...form.byLinkId.keys()]

  test('opened and kept loses nothing', () => {
    expect(lifted(definition)).toBe(definition)
    expect(withScoring(definition, scoring)).toEqual(definition)
  })

  test('each question taken out of a score and put back, turned round and back, leaves it as it was', () => {
    for (const [at, score] of scoring.scores.entries()) {
      for (const row of scoredRows(form, score).filter(({ chosen }) => chosen)) {
        const turned = changeScored(changeScored(score, row.linkId, { reverse: true }), row.linkId, {
          reverse: row.reverse || undefined,
        })
        expect(turned).toEqual(score)
        const back = withItem(withItem(score, row.linkId, false, order), row.linkId, true, order)
        expect(new Set(back.items.map((one) => (typeof one === 'string' ? one : one.linkId)))).toEqual(
          new Set(score.items.map((one) => (typeof one === 'string' ? one : one.linkId))),
        )
      }
      expect(changeScore(scoring, at, (one) => one)).toEqual(scoring)
    }
  })

  test('exported for another system and imported again, it is what it was', () => {
    const again = lifted(JSON.parse(JSON.stringify(write(form))) as Questionnaire)
    expect(scoringOf(again)).toEqual(scoring)
    expect(read(again).form.byLinkId.size).toBe(form.byLinkId.size)
    expect([...read(again).form.byLinkId.keys()]).toEqual([...form.byLinkId.keys()])
    // A second time nothing grows.
    const twice = lifted(JSON.parse(JSON.stringify(write(read(again).form))) as Questionnaire)
    expect(twice).toEqual(again)
  })

  test('every score, band, action and rule has its words in both languages', () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const words = wordsIn(locale)
      for (const score of scoring.scores) {
        const all = [
          scoreSentence(form, score, words),
          ...(score.bands ?? []).flatMap((band) => [
            bandWhen(band, score, scoring.scores, words),
            ...(band.actions ?? []).map((one) => actionWords(one, words)),
          ]),
        ]
        for (const text of all) expect(text).not.toMatch(/design\.|\{\{|undefined/)
      }
      for (const rule of scoring.rules ?? [])
        expect(ruleWords(form, rule, words)).not.toMatch(/design\.|\{\{|undefined/)
    }
  })
})

describe('in words', () => {
  const phq9 = read(byName('phq-9')).form
  const score = phq9.scoring!.scores[0]!

  test('a score', () => {
    expect(scoreSentence(phq9, score, wordsIn('zh-CN'))).toBe('第 1–9 题的分数相加；有缺答就不计分')
    const more: Score = {
      ...score,
      method: 'mean',
      items: ['phq9-1', 'phq9-2', { linkId: 'phq9-4', reverse: true }],
      range: [0, 3],
      multiply: 2,
      round: 'floor',
      missing: { prorateUpTo: 2 },
    }
    expect(scoreSentence(phq9, more, wordsIn('zh-CN'))).toBe(
      '第 1、2、4 题分数的平均；第 4 题反向计分；再乘以 2；小数舍去；最多缺 2 题，按其余的平均补',
    )
    expect(scoreSentence(phq9, more, wordsIn('en'))).toContain('question 4 turned round')
  })

  test.each<[{ from?: number; below?: number }, string]>([
    [{}, '任何分数'],
    [{ below: 5 }, '4 分及以下'],
    [{ from: 5, below: 10 }, '5–9 分'],
    [{ from: 5, below: 6 }, '5 分'],
    [{ from: 20 }, '20 分及以上'],
    [{ from: 0.5, below: 1.5 }, '0.5 到不足 1.5 分'],
    [{ below: 0.5 }, '低于 0.5 分'],
  ])('limits %j', (limits, expected) => expect(limitsWords(limits, wordsIn('zh-CN'))).toBe(expected))

  test('bands that look at several scores', () => {
    const ipaq = read(byName('ipaq-sf')).form
    const week = ipaq.scoring!.scores.find(({ code }) => code === 'metMinWeek')!
    expect(bandWhen(week.bands![0]!, week, ipaq.scoring!.scores, wordsIn('zh-CN'))).toMatch(
      /^“.+”3 分及以上，并且“每周活动量”1500 分及以上，或者/,
    )
  })

  test('a band that looks at one answer', () => {
    const audit = read(byName('audit-c')).form
    const [total] = audit.scoring!.scores
    const said = (locale: 'zh-CN' | 'en') =>
      bandWhen(total!.bands![0]!, total!, audit.scoring!.scores, wordsIn(locale), audit)
    expect(said('zh-CN')).toMatch(/4 分及以上，或者.*3 分及以上，并且.*“您的性别”选了“女”$/)
    expect(said('en')).toContain('Female')
  })
})

describe('building', () => {
  const { form } = read(byName('phq-9'))
  const words = (n: number) => ({ zh: `第 ${n} 段`, en: `Band ${n}` })

  test('a new score takes every question with points, and knows how far it reaches', () => {
    const score = newScore(form, { scores: [] }, { zh: '总分', en: 'Total' })
    expect(score.items).toContain('phq9-9')
    expect(score.code).toBe('total')
    expect(newScore(form, { scores: [score] }, { zh: '总分', en: 'Total' }).code).toBe('total-2')
    expect(reachOf(form, { ...score, items: score.items.slice(0, 9) })).toEqual([0, 27])
    expect(reachOf(form, { ...score, items: ['phq9-1'], multiply: 2, add: 1 })).toEqual([2, 8])
    expect(reachOf(form, { ...score, method: 'mean' })).toBeUndefined()
  })

  test('turning a question round brings the range of the points', () => {
    const score = newScore(form, undefined, { zh: '总分', en: 'Total' })
    expect(reversed(form, score, 'phq9-1', true).range).toEqual([0, 3])
    expect(reversed(form, score, 'phq9-1', false).range).toBeUndefined()
  })

  test('bands follow one another, and moving an end moves the next beginning', () => {
    let score: Score = { code: 'x', name: words(0), method: 'sum', items: ['phq9-1'], bands: [] }
    score = { ...score, bands: [newBand(score, words)] }
    score = { ...score, bands: withEnd(score.bands!, 0, 5) }
    score = { ...score, bands: [...score.bands!, newBand(score, words)] }
    expect(score.bands!.map(({ code, from, below }) => [code, from, below])).toEqual([
      ['band-1', undefined, 5],
      ['band-2', 5, undefined],
    ])
    expect(withEnd(score.bands!, 0, 7).map(({ from, below }) => [from, below])).toEqual([
      [undefined, 7],
      [7, undefined],
    ])
    // One that stood apart stays where it is.
    expect(withEnd([{ ...score.bands![0]! }, { ...score.bands![1]!, from: 6 }], 0, 7)[1]!.from).toBe(6)
  })

  test.each<[string, { from?: number; below?: number }[], string[]]>([
    ['touching', [{ below: 5 }, { from: 5 }], []],
    ['whatever their order', [{ from: 5 }, { below: 5 }], []],
    ['a gap', [{ below: 5 }, { from: 7 }], ['gap']],
    ['an overlap', [{ below: 5 }, { from: 3 }], ['overlap']],
    ['nothing between', [{ from: 5, below: 5 }], ['empty']],
  ])('%s', (_name, limits, expected) => {
    const bands = limits.map((one, n) => ({ code: String(n), text: words(n), ...one }))
    expect(bandFaults({ code: 'x', name: words(0), method: 'sum', items: [], bands }).map(({ code }) => code)).toEqual(
      expected,
    )
  })

  test('an act has a code that no other has', () => {
    const scoring: Scoring = {
      scores: [
        {
          code: 'x',
          name: words(0),
          method: 'sum',
          items: [],
          bands: [{ code: 'b', text: words(1), actions: [{ kind: 'task', code: 'x-b' }] }],
        },
      ],
      rules: [{ code: 'r', when: [], actions: [{ kind: 'alert', code: 'r' }] }],
    }
    expect(newAction(scoring, 'task', 'x-b')).toEqual({ kind: 'task', code: 'x-b-2', days: 7 })
    expect(newAction(scoring, 'alert', 'r')).toEqual({ kind: 'alert', code: 'r-2' })
    expect(newAction(scoring, 'tag', 'x')).toEqual({ kind: 'tag', code: '', days: 180 })
  })
})
