import { describe, expect, test } from 'vitest'
import { judgeAttempts, needsReason, reachOf, type Tried } from './attempts.ts'
import { bars } from './entry.ts'

const limits = { most: 3, channels: 2 }
const tries = (...list: string[]): Tried[] =>
  list.map((one) => ({ channel: one.split(' ')[0], outcome: one.split(' ')[1] }) as Tried)

describe('losing contact', () => {
  const table: [string, Tried[], boolean][] = [
    ['nobody tried', [], false],
    ['three on one channel', tries('phone no-answer', 'phone busy', 'phone switched-off'), false],
    ['two on two channels', tries('phone no-answer', 'wechat no-answer'), false],
    ['three on two channels', tries('phone no-answer', 'phone busy', 'wechat no-answer'), true],
    [
      'a relative answered in between',
      tries('phone no-answer', 'phone family-answered', 'wechat no-answer', 'sms no-answer'),
      false,
    ],
    [
      'three more after an answer',
      tries('phone reached', 'phone no-answer', 'wechat no-answer', 'sms no-answer'),
      true,
    ],
    ['a call back was asked for', tries('phone no-answer', 'phone no-answer', 'phone call-back'), false],
  ]
  test.each(table)('%s', (_what, tried, lost) => expect(judgeAttempts(tried, limits).lost).toBe(lost))

  test.each([
    ['the third', tries('phone no-answer', 'phone busy'), 'phone', false],
    ['a fourth on the same channel', tries('phone no-answer', 'phone busy', 'phone busy'), 'phone', true],
    ['a fourth on a new channel', tries('phone no-answer', 'phone busy', 'phone busy'), 'wechat', false],
    ['a fourth once contact is lost', tries('phone no-answer', 'phone busy', 'wechat no-answer'), 'email', true],
  ] as const)('%s', (_what, tried, channel, asked) => expect(needsReason(tried, channel, limits)).toBe(asked))
})

test.each([
  ['phone reached', 4],
  ['phone refused', 3],
  ['phone call-back', 3],
  ['phone family-answered', 2],
  ['phone no-answer', 1],
  ['phone busy', 1],
  ['phone switched-off', 1],
  ['phone wrong-number', 1],
  ['sms reached', 0],
  ['visit reached', 0],
] as const)('how far a try came: %s', (tried, reach) => expect(reachOf(tries(tried)[0]!)).toBe(reach))

describe('who is not let in again by a rule', () => {
  const run = (
    state: 'active' | 'completed' | 'exited',
    exit_reason: Parameters<typeof bars>[0][number]['exit_reason'] = null,
  ) => ({ state, exit_reason })
  test.each([
    ['nobody so far', [], 'condition', false],
    ['one who has it running', [run('active')], 'condition', true],
    ['one who said no', [run('exited', 'refusal')], 'tag', true],
    ['one whom a colleague took out', [run('exited', 'by-hand')], 'condition', true],
    ['one whose condition had gone', [run('exited', 'not-applicable')], 'condition', false],
    ['one whose death was a mistake', [run('exited', 'death')], 'condition', false],
    ['one whose plan is done, with a new tag', [run('completed')], 'tag', false],
    ['one with a second operation', [run('active')], 'procedure', false],
  ] as const)('%s', (_what, runs, by, barred) => expect(bars(runs, by)).toBe(barred))
})
