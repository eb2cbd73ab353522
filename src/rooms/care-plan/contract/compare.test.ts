import { describe, expect, test } from 'vitest'
import { shippedPlanTemplates } from '../server/shipped.ts'
import { isDueOn, weekdayOf } from './cadence.ts'
import { differencesOf, similarityPercent } from './compare.ts'
import { addDays } from './day.ts'
import { contentOf } from './template.ts'
import { planContent, type PlanContent } from './words.ts'

const template = shippedPlanTemplates.find(({ code }) => code === 'hypertension')!.definition
const model = contentOf(template, '2026-03-02', 'zh-CN')
const change = (edit: (content: PlanContent) => void): PlanContent => {
  const copy = structuredClone(model)
  edit(copy)
  return copy
}

describe('S1-14 a plan against its template', () => {
  test('the same is the same on another day: dates follow the beginning', () => {
    expect(differencesOf(model, contentOf(template, '2026-05-01', 'zh-CN'))).toEqual([])
    expect(similarityPercent(model, contentOf(template, '2026-05-01', 'zh-CN'))).toBe(100)
  })

  test.each<[string, (content: PlanContent) => void, string, string]>([
    ['a target', (c) => void (c.goals[0]!.value = 135), 'goal sbp', 'changed'],
    [
      'the words of an action',
      (c) => void (c.actions[1]!.words = '您家里腌菜多，先从不吃腌菜开始'),
      'action salt',
      'changed',
    ],
    ['how often', (c) => void (c.actions[2]!.cadence = { kind: 'weekly', times: 3 }), 'action walk', 'changed'],
    ['an action out', (c) => void c.actions.pop(), 'action measure-evening', 'removed'],
    ['a step more', (c) => void c.steps.push({ day: 21, title: '打个电话', words: '' }), 'step day-21', 'added'],
  ])('%s is a difference', (_what, edit, piece, kind) => {
    const [first, ...rest] = differencesOf(model, change(edit))
    expect(rest).toEqual([])
    expect([`${first!.part} ${first!.key}`, first!.change]).toEqual([piece, kind])
  })

  test('of eleven pieces one changed leaves ten alike', () => {
    expect(model.goals.length + model.actions.length + model.steps.length).toBe(11)
    expect(
      similarityPercent(
        model,
        change((c) => void (c.goals[0]!.value = 135)),
      ),
    ).toBe(91)
  })

  test('nothing in common is nothing', () => {
    const other = { goals: [], steps: [], actions: [{ ...model.actions[0]!, key: 'other-thing' }] }
    expect(similarityPercent(model, other)).toBe(0)
  })
})

describe('shipped templates', () => {
  test.each(shippedPlanTemplates.map(({ code, definition }) => [code, definition] as const))(
    '%s makes a whole plan in both languages, with its source and no reviewer yet',
    (_code, definition) => {
      for (const locale of ['zh-CN', 'en'] as const)
        expect(planContent.safeParse(contentOf(definition, '2026-03-02', locale)).error).toBeUndefined()
      expect(definition.source.length).toBeGreaterThan(20)
      expect(definition.reviewer).toBeNull()
      expect(definition.steps.map(({ day }) => day)).toContain(7)
    },
  )

  test('there are seven', () => expect(shippedPlanTemplates.length).toBe(7))
})

test('days of a cadence', () => {
  expect(weekdayOf('2026-03-02')).toBe(1)
  expect(weekdayOf('2026-03-08')).toBe(7)
  expect(isDueOn({ kind: 'weekdays', days: [7] }, '2026-03-08')).toBe(true)
  expect(isDueOn({ kind: 'once', on: '2026-03-08' }, '2026-03-07')).toBe(false)
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
})

test('keys and days stand once', () => {
  expect(planContent.safeParse(change((c) => void c.actions.push(c.actions[0]!))).success).toBe(false)
  expect(planContent.safeParse(change((c) => void c.steps.push(c.steps[0]!))).success).toBe(false)
})
