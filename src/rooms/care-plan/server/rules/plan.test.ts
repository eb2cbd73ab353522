import { describe, expect, test } from 'vitest'
import type { Action, PlanState, VersionState } from '../../contract/words.ts'
import { actsFor, faultOfAsked, inForceOn, measuredAt, outcomeOf, readingsOf, spansOf } from './plan.ts'

const manager = { write: true, sign: false }
const doctor = { write: true, sign: true }
const nobody = { write: false, sign: false }

test.each<[PlanState, VersionState | null, typeof manager, string[]]>([
  ['draft', 'draft', manager, ['revise', 'submit', 'discard']],
  ['draft', 'draft', doctor, ['revise', 'submit', 'sign', 'discard']],
  ['draft', 'submitted', manager, ['revise', 'discard']],
  ['draft', 'submitted', doctor, ['revise', 'sign', 'return', 'discard']],
  ['active', null, manager, ['revise', 'pause', 'tick', 'end']],
  ['active', 'submitted', doctor, ['revise', 'sign', 'return', 'discard', 'pause', 'tick', 'end']],
  ['paused', null, manager, ['revise', 'resume', 'end']],
  ['active', 'draft', nobody, []],
  ['ended', null, doctor, []],
  ['discarded', null, doctor, []],
])('a plan that is %s with a draft that is %s', (state, draft, may, acts) => {
  expect(actsFor(state, draft, may)).toEqual(acts)
})

const anAction = (key: string): Action => ({
  key,
  kind: 'other',
  title: key,
  words: '',
  cadence: { kind: 'daily' },
  ask: { kind: 'outcome' },
})
const version = (n: number, active_from: string | null, keys: string[]) => ({
  version: n,
  active_from,
  content: { actions: keys.map(anAction) },
})

describe('versions over time', () => {
  const two = [version(1, '2026-03-02', ['a', 'b']), version(2, '2026-03-10', ['a', 'c'])]

  test.each([
    ['2026-03-01', undefined],
    ['2026-03-02', 1],
    ['2026-03-09', 1],
    ['2026-03-10', 2],
  ])('on %s', (day, n) => {
    expect(inForceOn(two, day)?.version).toBe(n)
  })

  test('each action stands from its version to the next', () => {
    expect(spansOf(two, '2026-03-20').map(({ action, from, until }) => [action.key, from, until])).toEqual([
      ['a', '2026-03-02', '2026-03-09'],
      ['b', '2026-03-02', '2026-03-09'],
      ['a', '2026-03-10', '2026-03-20'],
      ['c', '2026-03-10', '2026-03-20'],
    ])
  })

  test('a version replaced on its own day never stood', () => {
    expect(
      spansOf([version(1, '2026-03-02', ['a']), version(2, '2026-03-02', ['b'])], null).map(({ action }) => action.key),
    ).toEqual(['b'])
  })

  test('a draft has no days', () => {
    expect(spansOf([version(1, null, ['a'])], null)).toEqual([])
  })
})

const steps = { kind: 'number' as const, label: '步数', unit: '步', atLeast: 6000 }
const weight = { ...steps, atLeast: null }
test.each<[string, Action['ask'], Parameters<typeof outcomeOf>[1], string | null]>([
  ['enough steps', steps, { outcome: null, value: 6000, words: '' }, 'done'],
  ['too few', steps, { outcome: null, value: 5999, words: '' }, 'partly'],
  ['none said', steps, { outcome: 'done', value: null, words: '' }, null],
  ['not done needs no number', steps, { outcome: 'not-done', value: null, words: '' }, 'not-done'],
  ['a weight is what it is', weight, { outcome: null, value: 71.5, words: '' }, 'done'],
  ['words', { kind: 'words' }, { outcome: null, value: null, words: '散步' }, 'done'],
  ['no words', { kind: 'words' }, { outcome: 'done', value: null, words: '' }, null],
  ['a choice', { kind: 'outcome' }, { outcome: 'partly', value: null, words: '' }, 'partly'],
  ['no choice', { kind: 'outcome' }, { outcome: null, value: null, words: '' }, null],
])('asked: %s', (_what, ask, given, outcome) => {
  expect(outcomeOf(ask, given)).toBe(outcome)
})

const pressure = { kind: 'pressure' as const }
test.each<[string, Parameters<typeof outcomeOf>[1], string | null]>([
  ['both numbers', { outcome: null, value: 128, second: 82, words: '' }, 'done'],
  ['one of them, which the record refuses', { outcome: null, value: 128, words: '' }, 'done'],
  ['taken, not noted', { outcome: 'done', value: null, words: '' }, 'done'],
  ['not taken', { outcome: 'not-done', value: 128, second: 82, words: '' }, 'not-done'],
  ['nothing said', { outcome: null, value: null, words: '' }, null],
])('a pressure: %s', (_what, given, outcome) => {
  expect(outcomeOf(pressure, given)).toBe(outcome)
})

const ofWeight = { kind: 'number' as const, label: '体重', unit: '公斤', atLeast: null, indicator: 'weight' }
test.each<[string, Action['ask'], Parameters<typeof readingsOf>[1], object[]]>([
  ['a weight', ofWeight, { outcome: null, value: 71.5, words: '' }, [{ code: 'weight', value: 71.5, unit: '公斤' }]],
  ['a weight not taken', ofWeight, { outcome: 'not-done', value: 71.5, words: '' }, []],
  ['steps that are no indicator', steps, { outcome: null, value: 6000, words: '' }, []],
  [
    'a pressure',
    pressure,
    { outcome: null, value: 128, second: 82, words: '' },
    [
      { code: 'sbp', value: 128, unit: 'mm[Hg]' },
      { code: 'dbp', value: 82, unit: 'mm[Hg]' },
    ],
  ],
  [
    'half a pressure',
    pressure,
    { outcome: null, value: 128, words: '' },
    [{ code: 'sbp', value: 128, unit: 'mm[Hg]' }],
  ],
  ['a pressure without numbers', pressure, { outcome: 'done', value: null, words: '' }, []],
  ['an action', { kind: 'outcome' }, { outcome: 'done', value: null, words: '' }, []],
])('for the record: %s', (_what, ask, given, readings) => {
  expect(readingsOf(ask, given)).toEqual(readings)
})

test.each([
  ['of its day, at its moment', '2026-03-02', '2026-03-01T23:30:00Z', '2026-03-01T23:30:00Z'],
  ['told a day later, at noon', '2026-03-01', '2026-03-02T02:00:00Z', '2026-03-01T04:00:00Z'],
  ['by a clock that is behind, not ahead of now', '2026-03-02', '2026-03-01T02:00:00Z', '2026-03-02T01:00:00Z'],
])('measured: %s', (_what, on, ticked, at) => {
  const now = on === '2026-03-02' ? new Date('2026-03-02T01:00:00Z') : new Date('2026-03-02T02:00:00Z')
  expect(measuredAt(on, new Date(ticked), 'Asia/Shanghai', now)).toEqual(new Date(at))
})

test.each([
  ['no indicator', { kind: 'number', unit: '杯' }, null],
  ['a weight in pounds of here', { kind: 'number', indicator: 'weight', unit: '斤' }, null],
  ['in both languages', { kind: 'number', indicator: 'steps', unit: { zh: '步', en: 'steps' } }, null],
  ['without a unit, in its own', { kind: 'number', indicator: 'fpg', unit: '' }, null],
  ['in a unit of something else', { kind: 'number', indicator: 'weight', unit: '杯' }, 'unit'],
  ['one that follows from others', { kind: 'number', indicator: 'bmi', unit: '' }, 'indicator'],
  ['one that nobody knows', { kind: 'number', indicator: 'nonsense', unit: '' }, 'indicator'],
] as const)('asked for the record: %s', (_what, ask, fault) => {
  expect(faultOfAsked(ask)).toBe(fault)
})
