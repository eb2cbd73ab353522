import { describe, expect, test } from 'vitest'
import { shippedPolicy } from '../rule.ts'
import { shippedHolidays } from '../shipped-holidays.ts'
import type { MessagePolicy } from '../../contract/rule.ts'
import type { Purpose } from '../../contract/words.ts'
import { judge, judgeWay, type Gated, type Person, type Verdict } from './gate.ts'
import { isHeldOut } from './holdout.ts'
import { rationDaysOf, type Sent } from './ration.ts'
import { aMessage as message, aPerson as person } from './sample-gated.ts'

const NOW = '2026-03-02T02:00:00Z'
const NIGHT = '2026-03-02T15:00:00Z'
/** A day off by law, at the same hour of the day. */
const HOLIDAY = '2026-02-17T02:00:00Z'
const house = {
  messageHours: { from: '08:00', to: '21:00' },
  messageLimits: { perPatientPerDay: 3, perPatientPerWeek: 10, mailsPerMinute: 600 },
}
const shipped = shippedPolicy(house)
/** Nothing but what a test is about stands against a promotion. */
const mild: MessagePolicy = { ...shipped, share: { percent: 100, days: 30 } }

const at = (now: string, policy = mild) => ({
  now: new Date(now),
  timeZone: 'Asia/Shanghai',
  policy,
  holidays: {
    years: new Set([2026]),
    days: new Map(shippedHolidays.get(2026)!.map(({ day, kind, name }) => [day, { kind, name }])),
  },
  holdoutPercent: policy.holdoutPercent,
})
const wholeGate = (gated: Gated, known: Person, moment: ReturnType<typeof at>): Verdict => {
  const first = judge(gated, known, moment)
  return first.kind === 'send' ? judgeWay(gated, known, moment) : first
}
const reasonOf = (verdict: Verdict) => (verdict.kind === 'send' ? 'send' : verdict.reason)
let count = 0
const gone = (over: Partial<Sent> & { daysAgo?: number } = {}): Sent => {
  const { daysAgo = 0.1, ...rest } = over
  const at = new Date(Date.parse(NOW) - daysAgo * 86_400_000)
  return {
    id: `gone ${++count}`,
    touch: `touch ${count}`,
    channel: 'email',
    purpose: 'care',
    rationed: true,
    at,
    ...rest,
  }
}
const wants = { consent: { promotion: true } }
const hold = (kind: Person['holds'][number]['kind']) => ({ ...wants, holds: [{ kind, since: new Date(NOW) }] })
const bad = (reason: NonNullable<Person['suppressed']>['reason']) => ({
  suppressed: { reason, since: new Date('2026-02-01T00:00:00Z'), until: null },
})

describe('the gate: each refusal, and what it lets through', () => {
  test.each<[string, Partial<Gated>, Partial<Person>, string, string]>([
    ['nothing against it', {}, {}, NOW, 'send'],
    ['no promotion without a word for it', { purpose: 'promotion' }, {}, NOW, 'consent-missing'],
    ['nor in the message centre', { purpose: 'promotion', channel: 'in-app' }, {}, NOW, 'consent-missing'],
    ['a promotion that was asked for', { purpose: 'promotion' }, wants, NOW, 'send'],
    ['service messages refused with the card', {}, { consent: { service: false } }, NOW, 'consent-withheld'],
    ['the message centre is their own place', { channel: 'in-app' }, { consent: { service: false } }, NOW, 'send'],
    ['opted out', { purpose: 'service' }, { optedOut: 'purpose' }, NOW, 'opted-out'],
    ['opted out of the message centre as well', { channel: 'in-app' }, { optedOut: 'purpose' }, NOW, 'opted-out'],
    ['an address that is no more', {}, bad('bounced'), NOW, 'address-unknown'],
    ['an address that complained', { purpose: 'service' }, bad('complained'), NOW, 'complained'],
    ['an address of somebody else', { urgent: true }, bad('wrong-person'), NOW, 'address-suppressed'],
    ['the message centre needs no address', { channel: 'in-app' }, bad('complained'), NOW, 'send'],
    ['deceased', { purpose: 'service', urgent: true }, { state: 'deceased' }, NOW, 'deceased'],
    ['merged into nobody known', {}, { state: 'merged' }, NOW, 'merged'],
    ['a promotion to somebody marked 勿扰', { purpose: 'promotion' }, { ...wants, quiet: true }, NOW, 'quiet-tag'],
    ['care to somebody marked 勿扰', {}, { quiet: true }, NOW, 'send'],
    ['a promotion while an alert is open', { purpose: 'promotion' }, hold('alert'), NOW, 'open-alert'],
    ['the same in the message centre', { purpose: 'promotion', channel: 'in-app' }, hold('alert'), NOW, 'open-alert'],
    ['care while an alert is open', {}, hold('alert'), NOW, 'send'],
    ['a promotion in a crisis', { purpose: 'promotion' }, hold('crisis'), NOW, 'in-crisis'],
    ['a promotion with a complaint open', { purpose: 'promotion' }, hold('complaint'), NOW, 'open-complaint'],
    ['service with a complaint open', { purpose: 'service' }, hold('complaint'), NOW, 'send'],
    ['a promotion to a hospital bed', { purpose: 'promotion' }, hold('admission'), NOW, 'in-hospital'],
    ['care in a hospital bed', {}, hold('admission'), NOW, 'send'],
    ['S0-42 a greeting to a hospital bed', { greeting: true }, hold('admission'), NOW, 'in-hospital'],
    ['the same in the message centre', { greeting: true, channel: 'in-app' }, hold('admission'), NOW, 'in-hospital'],
    ['a greeting while an alert is open', { greeting: true }, hold('alert'), NOW, 'open-alert'],
    ['a greeting in a crisis', { greeting: true }, hold('crisis'), NOW, 'in-crisis'],
    ['a greeting to somebody marked 勿扰', { greeting: true }, { quiet: true }, NOW, 'quiet-tag'],
    ['a greeting with a complaint open', { greeting: true }, hold('complaint'), NOW, 'send'],
    ['S3-24 a question for an opinion to a hospital bed', { opinion: true }, hold('admission'), NOW, 'in-hospital'],
    ['the same in a crisis', { opinion: true }, hold('crisis'), NOW, 'in-crisis'],
    ['the same while an alert is open', { opinion: true }, hold('alert'), NOW, 'open-alert'],
    ['the same with a complaint open', { opinion: true }, hold('complaint'), NOW, 'open-complaint'],
    ['the same to the dead', { opinion: true }, { state: 'deceased' }, NOW, 'deceased'],
    ['the same to anybody else', { opinion: true }, {}, NOW, 'send'],
    ['a greeting to anybody else', { greeting: true }, {}, NOW, 'send'],
    ['a child without a guardian', {}, { isChild: true }, NOW, 'guardian-missing'],
    ['a child without one, in the message centre', { channel: 'in-app' }, { isChild: true }, NOW, 'guardian-missing'],
    [
      'a child without one, too late',
      { notAfter: new Date('2026-03-02T01:00:00Z') },
      { isChild: true },
      NOW,
      'too-late',
    ],
    ['a child with one', {}, { isChild: true, hasGuardian: true }, NOW, 'send'],
    [
      'a child with an address of its own only',
      {},
      { isChild: true, hasGuardian: true, hasAddress: false, ownAddressOnly: true },
      NOW,
      'guardian-address-missing',
    ],
    [
      'the same in the message centre',
      { channel: 'in-app' },
      { isChild: true, hasGuardian: true, hasAddress: false, ownAddressOnly: true },
      NOW,
      'send',
    ],
    ['a child with no address at all', {}, { isChild: true, hasGuardian: true, hasAddress: false }, NOW, 'no-address'],
    ['by night', {}, {}, NIGHT, 'quiet-hours'],
    ['by night, urgent', { urgent: true }, {}, NIGHT, 'send'],
    ['by night, an answer waits as well', { answers: true, purpose: 'service' }, {}, NIGHT, 'quiet-hours'],
    ['by night, in the message centre', { channel: 'in-app' }, {}, NIGHT, 'send'],
    ['a promotion on a day off', { purpose: 'promotion' }, wants, HOLIDAY, 'holiday'],
    ['care on a day off', {}, {}, HOLIDAY, 'send'],
    [
      'a promotion in a year nobody has read in',
      { purpose: 'promotion' },
      wants,
      '2027-03-01T02:00:00Z',
      'holidays-unknown',
    ],
    ['care in such a year', {}, {}, '2027-03-01T02:00:00Z', 'send'],
    ['a fourth one today', {}, { sent: [gone(), gone(), gone()] }, NOW, 'daily-limit'],
    ['a fourth one that is urgent', { urgent: true }, { sent: [gone(), gone(), gone()] }, NOW, 'send'],
    ['a fourth one that answers', { answers: true }, { sent: [gone(), gone(), gone()] }, NOW, 'send'],
    ['two and an answer', {}, { sent: [gone(), gone(), gone({ rationed: false })] }, NOW, 'send'],
    [
      'three in the message centre',
      {},
      { sent: [gone(), gone(), gone()].map((one) => ({ ...one, channel: 'in-app' as const })) },
      NOW,
      'send',
    ],
    [
      'three by three ways of WeChat',
      {},
      {
        sent: (['wechat-template', 'wechat-notice', 'wechat-chat'] as const).map((channel) => gone({ channel })),
      },
      NOW,
      'daily-limit',
    ],
    [
      'two things, each by mail and short message',
      {},
      { sent: ['a', 'b'].flatMap((touch) => [gone({ touch }), gone({ touch, channel: 'sms' })]) },
      NOW,
      'send',
    ],
    [
      'the short message of the mail that went as the third',
      { channel: 'sms', touch: 'now' },
      { sent: [gone(), gone(), gone({ touch: 'now' })] },
      NOW,
      'send',
    ],
    ['itself on its second try', {}, { sent: [gone(), gone(), gone({ id: 'this', touch: 'this' })] }, NOW, 'send'],
    ['an eleventh this week', {}, { sent: Array.from({ length: 10 }, () => gone({ daysAgo: 6 })) }, NOW, 'daily-limit'],
    [
      'a second promotion this week',
      { purpose: 'promotion' },
      { ...wants, sent: [gone({ purpose: 'promotion', daysAgo: 5 })] },
      NOW,
      'daily-limit',
    ],
    ['care after a promotion this week', {}, { sent: [gone({ purpose: 'promotion', daysAgo: 5 })] }, NOW, 'send'],
    [
      'a fifth promotion this month',
      { purpose: 'promotion' },
      { ...wants, sent: [9, 15, 21, 28].map((daysAgo) => gone({ purpose: 'promotion', daysAgo })) },
      NOW,
      'daily-limit',
    ],
    ['no address', {}, { hasAddress: false }, NOW, 'no-address'],
    ['no right to write by this channel', {}, { right: false }, NOW, 'no-right'],
    ['a right', {}, { right: true }, NOW, 'send'],
    ['too late', { notAfter: new Date('2026-03-02T01:00:00Z') }, {}, NOW, 'too-late'],
    ['waiting would be too late', { notAfter: new Date('2026-03-02T20:00:00Z') }, {}, NIGHT, 'too-late'],
    ['the dead first, whatever else', {}, { state: 'deceased', isChild: true, hasAddress: false }, NIGHT, 'deceased'],
  ])('%s', (_what, gated, known, now, expected) => {
    expect(reasonOf(wholeGate(message(gated), person(known), at(now)))).toBe(expected)
  })

  test('what only waits says until when, and what it saw', () => {
    const full = { sent: [gone({ daysAgo: 0.9 }), gone({ daysAgo: 0.5 }), gone({ daysAgo: 0.2 })] }
    // The oldest of three falls out of the window at 12:24 the same day.
    expect(judge(message(), person(full), at(NOW))).toEqual({
      kind: 'wait',
      until: new Date('2026-03-02T04:24:00Z'),
      reason: 'daily-limit',
      saw: { scope: 'all', sent: 3, most: 3, days: 1 },
    })
    expect(judge(message(), person(), at(NIGHT))).toEqual({
      kind: 'wait',
      until: new Date('2026-03-03T00:00:00Z'),
      reason: 'quiet-hours',
      saw: { at: '23:00', from: '08:00', to: '21:00' },
    })
    // A limit that ends by night waits for the morning.
    expect(judge(message(), person({ sent: [gone(), gone(), gone({ daysAgo: 0.4 })] }), at(NOW))).toMatchObject({
      until: new Date('2026-03-03T00:00:00Z'),
    })
    const guardian = judge(message({ notAfter: new Date('2026-03-02T12:00:00Z') }), person({ isChild: true }), at(NOW))
    expect(guardian).toMatchObject({ kind: 'wait', until: new Date('2026-03-02T12:00:00Z') })
  })
})

describe('the share of promotion', () => {
  const promotion = message({ purpose: 'promotion' })
  const care = (n: number) => Array.from({ length: n }, () => gone({ daysAgo: 20 }))
  test.each([
    [0, 0, 'promotion-share'],
    [3, 0, 'promotion-share'],
    // One in five is a fifth, which is not beyond it.
    [4, 0, 'send'],
    [4, 1, 'promotion-share'],
    [7, 1, 'promotion-share'],
    [8, 1, 'send'],
  ])('after %i of care and %i promotions: %s', (others, promotions, expected) => {
    const sent = [
      ...care(others),
      ...Array.from({ length: promotions }, () => gone({ purpose: 'promotion', daysAgo: 20 })),
    ]
    expect(reasonOf(judge(promotion, person({ ...wants, sent }), at(NOW, shipped)))).toBe(expected)
  })
  test('what is older does not count, care is never held by it, and 100 says nothing', () => {
    const old = Array.from({ length: 9 }, () => gone({ daysAgo: 31 }))
    expect(reasonOf(judge(promotion, person({ ...wants, sent: old }), at(NOW, shipped)))).toBe('promotion-share')
    expect(reasonOf(judge(message(), person(), at(NOW, shipped)))).toBe('send')
    expect(reasonOf(judge(promotion, person(wants), at(NOW)))).toBe('send')
  })
})

test.each([
  [['service'], shipped, 7],
  [['care', 'service'], shipped, 7],
  [['promotion'], shipped, 30],
  [['promotion'], { ...shipped, share: { percent: 20, days: 90 } }, 90],
  [['care'], { ...shipped, share: { percent: 20, days: 90 } }, 7],
  [[], { ...shipped, caps: { ...shipped.caps, all: { day: null, week: null, month: null } } }, 0],
] as [Purpose[], MessagePolicy, number][])('for %o so far back is read as the rules look', (purposes, policy, days) =>
  expect(rationDaysOf(policy, new Set(purposes))).toBe(days),
)

describe('the comparison group', () => {
  const people = Array.from({ length: 20_000 }, (_one, n) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`)
  const held = (campaign: string, percent: number) => people.filter((id) => isHeldOut(campaign, id, percent))
  test('is as large as it is to be, the same whenever it is asked, another one in each campaign', () => {
    const tenth = held('spring', 10)
    expect(tenth.length / people.length).toBeCloseTo(0.1, 2)
    expect(held('spring', 10)).toEqual(tenth)
    const other = new Set(held('autumn', 10))
    expect(tenth.filter((id) => other.has(id)).length / people.length).toBeCloseTo(0.01, 2)
    // A larger share holds the smaller one, so that nobody changes sides.
    const fifth = new Set(held('spring', 20))
    expect(tenth.every((id) => fifth.has(id))).toBe(true)
    expect(held('spring', 0)).toEqual([])
  })
  test('leaves promotion out, everywhere, and nothing else', () => {
    const policy = { ...mild, holdoutPercent: 50 }
    const [outside] = held('spring', 50)
    const inside = people.find((id) => !isHeldOut('spring', id, 50))!
    const verdict = (over: Partial<Gated>, id: string) =>
      reasonOf(judge(message(over), person({ ...wants, id }), at(NOW, policy)))
    expect([
      verdict({ purpose: 'promotion' }, outside!),
      verdict({ purpose: 'promotion', channel: 'in-app' }, outside!),
      verdict({ purpose: 'promotion' }, inside),
      verdict({ purpose: 'care' }, outside!),
    ]).toEqual(['holdout', 'holdout', 'send', 'send'])
  })
})

describe('the hours of a purpose and a channel', () => {
  test.each([
    [{ purpose: 'promotion' } as const, '2026-03-02T00:30:00Z', 'quiet-hours'],
    [{ purpose: 'care' } as const, '2026-03-02T00:30:00Z', 'send'],
    [{ purpose: 'promotion' } as const, '2026-03-02T12:30:00Z', 'quiet-hours'],
    [{ purpose: 'service' } as const, '2026-03-02T12:30:00Z', 'send'],
  ])('%o at %s: %s', (over, now, expected) =>
    expect(reasonOf(judge(message(over), person(wants), at(now)))).toBe(expected),
  )
  test('a channel of its own hours', () => {
    const policy = {
      ...mild,
      channelHours: [{ purpose: 'care' as const, channel: 'email' as const, from: '10:30', to: '11:00' }],
    }
    const verdicts = ['2026-03-02T02:29:00Z', '2026-03-02T02:30:00Z', '2026-03-02T03:00:00Z'].map((now) =>
      reasonOf(judge(message(), person(), at(now, policy))),
    )
    expect(verdicts).toEqual(['quiet-hours', 'send', 'quiet-hours'])
  })
})
