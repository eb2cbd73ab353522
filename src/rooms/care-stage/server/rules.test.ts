import { describe, expect, test } from 'vitest'
import { STAGES } from '../contract/words.ts'
import { leaving, stageContent, waysFrom, type ItemContent } from './rules.ts'

const all = () => true
const none = () => false
const butFor =
  (...codes: string[]) =>
  ({ code }: ItemContent) =>
    !codes.includes(code)

describe('the content', () => {
  test.each(STAGES)('%s has a checklist with codes of its own, and ways on', (code) => {
    const { items, next } = stageContent(code)
    expect(new Set(items.map((item) => item.code)).size).toBe(items.length)
    expect(items.filter(({ must }) => must).length).toBeGreaterThan(0)
    expect(next).not.toContain(code)
    expect(next.length).toBeGreaterThan(0)
  })
})

test('ways lead to every other stage, the usual ones marked', () => {
  expect(waysFrom(undefined).map(({ usual }) => usual)).toEqual([true, true, true, true])
  expect(waysFrom('discharge')).toEqual([
    { stage: 'first-visit', usual: false },
    { stage: 'inpatient', usual: false },
    { stage: 'long-term', usual: true },
  ])
})

test.each([
  ['a beginning', undefined, 'inpatient', none, { open: [], needsReason: false }],
  ['all done', 'first-visit', 'inpatient', all, { open: [], needsReason: false }],
  ['what need not be done is open', 'first-visit', 'inpatient', butFor('contact'), { open: [], needsReason: false }],
  ['past a stage', 'first-visit', 'discharge', all, { open: [], needsReason: true }],
  ['back to the ward', 'discharge', 'inpatient', butFor('plan'), { open: [{ code: 'plan' }], needsReason: true }],
  ['something left', 'first-visit', 'long-term', butFor('worry'), { open: [{ code: 'worry' }], needsReason: true }],
  ['S0-34 no plan', 'discharge', 'long-term', butFor('plan'), { held: [{ code: 'plan' }] }],
  ['S0-34 nobody', 'discharge', 'long-term', butFor('follower', 'summary'), { held: [{ code: 'follower' }] }],
  ['S0-34 both there', 'discharge', 'long-term', butFor('summary'), { open: [{ code: 'summary' }], needsReason: true }],
] as const)('%s', (_what, from, to, isDone, verdict) => expect(leaving(from, to, isDone)).toMatchObject(verdict))
