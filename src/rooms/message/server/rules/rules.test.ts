import { describe, expect, test } from 'vitest'
import { judge, type Gated, type Person } from './gate.ts'
import { quietUntil } from './quiet-hours.ts'
import { classify, retryAt } from './smtp-reply.ts'

const person = (over: Partial<Person> = {}): Person => ({
  state: 'active',
  isChild: false,
  hasGuardian: false,
  ownAddressOnly: false,
  optedOut: false,
  consent: {},
  quiet: false,
  sentDay: 0,
  sentWeek: 0,
  hasAddress: true,
  addressIsBad: false,
  ...over,
})
const message = (over: Partial<Gated> = {}): Gated => ({
  channel: 'email',
  purpose: 'care',
  urgent: false,
  notAfter: null,
  ...over,
})
const at = (now: string) => ({
  now: new Date(now),
  timeZone: 'Asia/Shanghai',
  hours: { from: '08:00', to: '21:00' },
  perDay: 3,
  perWeek: 10,
})
const DAY = '2026-03-02T02:00:00Z'
const NIGHT = '2026-03-02T15:00:00Z'

describe('the gate', () => {
  test.each<[string, Partial<Gated>, Partial<Person>, string, string]>([
    ['nothing against it', {}, {}, DAY, 'send'],
    [
      'deceased, before everything else',
      { purpose: 'service' },
      { state: 'deceased', optedOut: true },
      DAY,
      'deceased',
    ],
    ['merged into nobody known', {}, { state: 'merged' }, DAY, 'merged'],
    ['opted out', { purpose: 'service' }, { optedOut: true }, DAY, 'opted-out'],
    ['opted out of the message centre as well', { channel: 'in-app' }, { optedOut: true }, DAY, 'opted-out'],
    ['service messages refused with the card', {}, { consent: { service: false } }, DAY, 'consent-withheld'],
    ['the message centre is their own place', { channel: 'in-app' }, { consent: { service: false } }, DAY, 'send'],
    ['a promotion nobody asked for', { purpose: 'promotion' }, {}, DAY, 'consent-missing'],
    [
      'a promotion in the message centre needs it too',
      { purpose: 'promotion', channel: 'in-app' },
      {},
      DAY,
      'consent-missing',
    ],
    ['a promotion that was asked for', { purpose: 'promotion' }, { consent: { promotion: true } }, DAY, 'send'],
    [
      'a promotion to somebody marked 勿扰',
      { purpose: 'promotion' },
      { consent: { promotion: true }, quiet: true },
      DAY,
      'quiet-tag',
    ],
    ['care to somebody marked 勿扰', {}, { quiet: true }, DAY, 'send'],
    ['a child without a guardian', {}, { isChild: true }, DAY, 'guardian-missing'],
    ['a child without one, in the message centre', { channel: 'in-app' }, { isChild: true }, DAY, 'guardian-missing'],
    [
      'a child without one, too late',
      { notAfter: new Date('2026-03-02T01:00:00Z') },
      { isChild: true },
      DAY,
      'too-late',
    ],
    ['a child with one', {}, { isChild: true, hasGuardian: true }, DAY, 'send'],
    [
      'a child with an address of its own only',
      {},
      { isChild: true, hasGuardian: true, hasAddress: false, ownAddressOnly: true },
      DAY,
      'guardian-address-missing',
    ],
    [
      'the same in the message centre',
      { channel: 'in-app' },
      { isChild: true, hasGuardian: true, hasAddress: false, ownAddressOnly: true },
      DAY,
      'send',
    ],
    ['a child with no address at all', {}, { isChild: true, hasGuardian: true, hasAddress: false }, DAY, 'no-address'],
    ['by night', {}, {}, NIGHT, 'quiet-hours'],
    ['by night, urgent', { urgent: true }, {}, NIGHT, 'send'],
    ['by night, in the message centre', { channel: 'in-app' }, {}, NIGHT, 'send'],
    ['too late', { notAfter: new Date('2026-03-02T01:00:00Z') }, {}, DAY, 'too-late'],
    ['no address', {}, { hasAddress: false }, DAY, 'no-address'],
    ['an address that is no more', {}, { addressIsBad: true }, DAY, 'address-unknown'],
    ['a fourth one today', {}, { sentDay: 3 }, DAY, 'daily-limit'],
    ['an eleventh this week', {}, { sentWeek: 10 }, DAY, 'daily-limit'],
    ['a fourth one that is urgent', { urgent: true }, { sentDay: 3 }, DAY, 'send'],
  ])('%s', (_what, gated, known, now, expected) => {
    const verdict = judge(message(gated), person(known), at(now))
    expect(verdict.kind === 'send' ? 'send' : verdict.reason).toBe(expected)
  })

  test('a daily limit waits for the next morning', () => {
    expect(judge(message(), person({ sentDay: 3 }), at(DAY))).toEqual({
      kind: 'wait',
      until: new Date('2026-03-03T00:00:00Z'),
      reason: 'daily-limit',
    })
  })
})

describe('message hours', () => {
  const hours = { from: '08:00', to: '21:00' }
  test.each([
    ['2026-03-02T00:00:00Z', 'Asia/Shanghai', null],
    ['2026-03-01T23:59:59Z', 'Asia/Shanghai', '2026-03-02T00:00:00.000Z'],
    ['2026-03-02T12:59:59Z', 'Asia/Shanghai', null],
    ['2026-03-02T13:00:00Z', 'Asia/Shanghai', '2026-03-03T00:00:00.000Z'],
    ['2026-03-02T16:30:00Z', 'Asia/Shanghai', '2026-03-03T00:00:00.000Z'],
    ['2026-03-02T13:00:00Z', 'Asia/Urumqi', null],
    ['2026-03-02T13:00:00Z', 'Europe/Berlin', null],
    // The night before the clocks go forward is an hour shorter.
    ['2026-03-28T21:00:00Z', 'Europe/Berlin', '2026-03-29T06:00:00.000Z'],
    ['2026-10-24T20:00:00Z', 'Europe/Berlin', '2026-10-25T07:00:00.000Z'],
    ['2026-03-02T04:30:00Z', 'America/New_York', '2026-03-02T13:00:00.000Z'],
  ])('%s in %s: %s', (now, timeZone, expected) => {
    expect(quietUntil(new Date(now), timeZone, hours)?.toISOString() ?? null).toBe(expected)
  })
})

describe('what a server answers', () => {
  test.each([
    ['550 Domain frequency limited [abc]. http://service.mail.qq.com', 'temporary', 60],
    ['550 Sender frequency limited', 'temporary', 60],
    ['550 Mailbox unavailable or access denied [x]', 'temporary', 60],
    ['550 Mailbox not found. http://service.mail.qq.com', 'unknown-address', 5],
    ['550 该用户不存在', 'unknown-address', 5],
    ['550 User not found: nobody@163.com', 'unknown-address', 5],
    ['550 5.1.1 <x@gmail.com>: Recipient address rejected: User unknown', 'unknown-address', 5],
    ['550 Mail is rejected by recipients', 'refused-by-recipient', 5],
    ['550 Mail content denied', 'refused-content', 5],
    ['554 DT:SPM 163 smtp10', 'refused-content', 5],
    ['451 DT:SPM 163 smtp10, please try again', 'temporary', 2],
    ['451 MI:SFQ 163 smtp12', 'temporary', 15],
    ['421 HL:REP 163 smtp7', 'temporary', 60],
    ['450 RP:DRC', 'temporary', 10],
    ['421 4.7.0 Try again later', 'temporary', 10],
    ['552 5.2.2 mailbox full', 'temporary', 60],
    ['550 5.7.1 no', 'refused', 5],
  ])('%s', (reply, kind, minutes) => expect(classify(reply)).toEqual({ class: kind, retryMinutes: minutes }))

  test('tries grow apart and end at six hours', () => {
    const now = new Date('2026-03-02T00:00:00Z')
    expect([1, 2, 3, 7, 8].map((attempt) => (retryAt(now, attempt, 2).getTime() - now.getTime()) / 60_000)).toEqual([
      5, 10, 20, 320, 360,
    ])
  })
})
