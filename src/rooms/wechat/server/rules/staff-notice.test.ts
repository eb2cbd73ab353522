import { describe, expect, test } from 'vitest'
import { settledOf, whenToTell } from './staff-notice.ts'

const ZONE = 'Asia/Shanghai'
const at = (local: string) => new Date(`2026-03-02T${local}:00+08:00`)

describe('when something is told', () => {
  test.each([
    ['reminder', '06:59', '2026-03-01T23:00:00.000Z'],
    ['reminder', '07:00', '2026-03-01T23:00:00.000Z'],
    ['urgent-task', '20:59', '2026-03-02T12:59:00.000Z'],
    ['urgent-task', '21:00', '2026-03-02T23:00:00.000Z'],
    ['urgent-task', '03:00', '2026-03-01T23:00:00.000Z'],
    ['alert', '03:00', '2026-03-01T19:00:00.000Z'],
    ['alert', '22:00', '2026-03-02T14:00:00.000Z'],
  ] as const)('%s at %s', (topic, local, expected) => {
    expect(whenToTell(topic, at(local), ZONE).at.toISOString()).toBe(expected)
  })

  test('the digest is of its day, all else of a day long', () => {
    expect(whenToTell('digest', at('15:00'), ZONE).notAfter.toISOString()).toBe('2026-03-02T16:00:00.000Z')
    expect(whenToTell('alert', at('15:00'), ZONE).notAfter.toISOString()).toBe('2026-03-03T07:00:00.000Z')
    // Told in the evening it would come when its day is over.
    const late = whenToTell('digest', at('21:30'), ZONE)
    expect(late.at > late.notAfter).toBe(true)
  })
})

describe('what an answer means', () => {
  const now = at('10:00')
  const about = { userId: 'Wang', notAfter: at('23:00'), now }
  const ok = (unknown: string[] = [], unlicensed: string[] = []) => ({
    kind: 'ok' as const,
    value: { messageId: 'm1', unknown, unlicensed },
  })
  test('taken, not known, without a licence', () => {
    expect(settledOf(ok(), about)).toMatchObject({ state: 'accepted', providerId: 'm1' })
    expect(settledOf(ok(['wang']), about)).toMatchObject({ state: 'undelivered', code: 'invaliduser' })
    expect(settledOf(ok([], ['wang']), about)).toMatchObject({ state: 'undelivered', code: 'unlicenseduser' })
    expect(settledOf(ok(['li']), about)).toMatchObject({ state: 'accepted' })
  })

  test.each([
    ['busy', 'planned', 1],
    ['minute-quota', 'planned', 2],
    ['token', 'planned', 5],
    ['credential', 'planned', 30],
    ['no-permission', 'planned', 30],
    ['not-following', 'undelivered', null],
    ['content', 'undelivered', null],
    ['other', 'undelivered', null],
  ] as const)('%s: %s', (refusal, state, minutes) => {
    const settled = settledOf({ kind: 'refused', refusal, code: 1, text: '' }, about)
    expect([settled.state, settled.nextAt && (settled.nextAt.getTime() - now.getTime()) / 60_000]).toEqual([
      state,
      minutes,
    ])
  })

  test('no answer: said again, and what may have been said keeps its claim', () => {
    const silent = (uncertain: boolean) => settledOf({ kind: 'unreachable', text: '', uncertain }, about).state
    expect([silent(true), silent(false)]).toEqual(['claimed', 'planned'])
  })

  test('what could only come too late ends', () => {
    const busy = { kind: 'refused', refusal: 'busy', code: -1, text: '' } as const
    expect(settledOf(busy, { ...about, notAfter: at('10:01') })).toMatchObject({ state: 'expired', nextAt: null })
  })
})
