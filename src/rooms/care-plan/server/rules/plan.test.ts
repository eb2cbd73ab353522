import { describe, expect, test } from 'vitest'
import type { Action, PlanState, VersionState } from '../../contract/words.ts'
import { actsFor, inForceOn, outcomeOf, spansOf } from './plan.ts'

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
