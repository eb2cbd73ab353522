import { describe, expect, test } from 'vitest'
import type { Branch } from '../../contract/step.ts'
import { branchOf, conditionsOf, type Outcome } from './branch.ts'
import { firstRung, nextRung } from './ladder.ts'
import { exitCondition, goalCondition } from './goal.ts'
import { aPathway, aStep } from '../../sample-pathway.ts'

const HEART = { condition: { codes: ['I50'] } }
const done: Outcome = {
  state: 'done',
  action: 'two-weeks',
  actualOn: '2026-03-05',
  answers: { pain: 4, signs: ['fever'], mood: 'low' },
}
const missed: Outcome = { state: 'missed', action: null, actualOn: null }
const cancelled: Outcome = { state: 'cancelled', action: null, actualOn: null }

describe('the branch that is taken', () => {
  test.each<[string, Branch, Outcome, boolean]>([
    ['an action that was decided', { action: 'two-weeks', next: 'a' }, done, true],
    ['another action', { action: 'refer', next: 'a' }, done, false],
    ['a number on the right side', { item: 'pain', op: '>=', value: 4, next: 'a' }, done, true],
    ['a number on the other side', { item: 'pain', op: '>', value: 4, next: 'a' }, done, false],
    ['an equal number', { item: 'pain', op: '=', value: 4, next: 'a' }, done, true],
    ['an item that was not answered', { item: 'sleep', op: '<', value: 4, next: 'a' }, done, false],
    ['one of several ticks', { item: 'signs', in: ['fever', 'chills'], next: 'a' }, done, true],
    ['one choice', { item: 'mood', in: ['low'], next: 'a' }, done, true],
    ['another choice', { item: 'mood', in: ['good'], next: 'a' }, done, false],
    ['a condition that holds', { when: HEART, next: 'a' }, done, true],
    ['a condition after a missed one', { when: HEART, next: 'a' }, missed, true],
    ['a condition after one that was left out', { when: HEART, next: 'a' }, cancelled, false],
    ['missed', { missed: true, next: 'a' }, missed, true],
    ['missed, of one that was done', { missed: true, next: 'a' }, done, false],
    ['an action of one that nobody did', { action: 'two-weeks', next: 'a' }, { ...missed, action: 'two-weeks' }, false],
  ])('%s', (_name, branch, outcome, taken) =>
    expect(branchOf({ branches: [branch] }, outcome, (asked) => asked === HEART)).toBe(taken ? branch : undefined),
  )

  test('the first that fits decides', () => {
    const branches: Branch[] = [
      { action: 'refer', next: 'a' },
      { item: 'pain', op: '>=', value: 3, next: 'b' },
      { action: 'two-weeks', next: 'c' },
    ]
    expect(branchOf({ branches }, done, () => false)).toBe(branches[1])
  })
})

test('what the steps ask is gathered from branches and ways in', () => {
  const { steps } = aPathway({}, [
    aStep({
      branches: [{ when: HEART, next: 'call' }],
      onlyIf: { condition: { sex: 'female' }, otherwise: { zh: '无', en: 'no' } },
    }),
  ])
  expect(conditionsOf(steps)).toMatchObject([HEART, { sex: 'female' }])
})

test.each<[string[] | undefined, string | undefined]>([
  [undefined, undefined],
  [['email', 'sms'], 'email'],
  [['carrier-pigeon', 'sms'], 'sms'],
  [['carrier-pigeon'], undefined],
])('of the ladder %o %s is the first the house has', (ladder, rung) => expect(firstRung(ladder)).toBe(rung))

test.each<[string[] | undefined, string, string | undefined]>([
  [['email', 'sms'], 'email', 'sms'],
  [['email', 'carrier-pigeon', 'sms'], 'email', 'sms'],
  [['email', 'sms'], 'sms', undefined],
  [['email', 'sms'], 'in-app', undefined],
  [undefined, 'email', undefined],
])('of the ladder %o comes after %s: %s', (ladder, failed, rung) => expect(nextRung(ladder, failed)).toBe(rung))

describe('goals as conditions', () => {
  const name = { zh: '目标', en: 'Goal' }
  const low = {
    code: 'low',
    name,
    measure: { indicator: { code: 'sbp', within: { months: 3 } } },
    target: { op: '<' as const, value: 140 },
  }
  const calm = {
    code: 'calm',
    name,
    measure: { score: { questionnaire: 'gad-7', score: 'total' } },
    target: { op: '<' as const, value: 5 },
  }
  test.each([
    [low, { indicator: { code: 'sbp', pick: 'newest', is: { op: '<', value: 140 }, within: { months: 3 } } }],
    [calm, { score: { questionnaire: 'gad-7', score: 'total', value: { op: '<', value: 5 } } }],
    [{ code: 'x', name, measure: { condition: HEART } }, HEART],
  ])('$0.code', (goal, condition) => expect(goalCondition(goal)).toEqual(condition))
  test('leaving when goals are reached asks for all of them; days and losses ask nothing', () => {
    const exit = (when: object) => ({ code: 'well', name, when, as: 'graduated' as const }) as never
    expect(exitCondition({ goals: [low, calm] }, exit({ goals: ['low', 'calm'] }))).toEqual({
      all: [goalCondition(low), goalCondition(calm)],
    })
    expect(exitCondition({ goals: [low] }, exit({ missedInRow: 3 }))).toBeUndefined()
    expect(exitCondition({}, exit({ condition: HEART }))).toBe(HEART)
  })
})
