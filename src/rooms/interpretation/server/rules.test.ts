import { describe, expect, test } from 'vitest'
import { ORDER_STATES, type Outcome } from '../contract/words.ts'
import {
  cutSlots,
  lacksNext,
  mayFollow,
  momentWords,
  reminderAt,
  TRANSITIONS,
  type Times,
  withoutOverlap,
  writtenIn,
} from './rules.ts'

const ZONE = 'Asia/Shanghai'
const times: Times = { on: '2026-03-04', from: '14:00', until: '15:10', lengthMinutes: 20, repeatUntil: null }
const starts = (spans: { startsAt: Date }[]) => spans.map(({ startsAt }) => startsAt.toISOString().slice(5, 16))

describe('times', () => {
  test('a span is cut into talks, and what is left over is none', () => {
    expect(starts(cutSlots(times, ZONE))).toEqual(['03-04T06:00', '03-04T06:20', '03-04T06:40'])
  })

  test.each<[string, Partial<Times>, number]>([
    ['only that day', {}, 3],
    ['each week, the last day included', { repeatUntil: '2026-03-18' }, 9],
    ['not beyond the last day', { repeatUntil: '2026-03-17' }, 6],
    ['too short for one', { until: '14:19' }, 0],
    ['backwards', { until: '13:00' }, 0],
    ['exactly one', { until: '14:20' }, 1],
  ])('%s', (_what, changed, count) => {
    expect(cutSlots({ ...times, ...changed }, ZONE)).toHaveLength(count)
  })

  test('ten o’clock stays ten o’clock beside summer time', () => {
    const spans = cutSlots(
      { on: '2026-03-25', from: '10:00', until: '10:30', lengthMinutes: 30, repeatUntil: '2026-04-01' },
      'Europe/Berlin',
    )
    expect(starts(spans)).toEqual(['03-25T09:00', '04-01T08:00'])
  })

  test('a doctor is not in two talks at once; one after the other is fine', () => {
    const at = (from: string, until: string) => ({
      startsAt: new Date(`2026-03-04T${from}:00Z`),
      endsAt: new Date(`2026-03-04T${until}:00Z`),
    })
    const taken = [at('10:00', '10:20')]
    expect(
      withoutOverlap([at('10:20', '10:40'), at('09:40', '10:00'), at('10:10', '10:30'), at('09:00', '12:00')], taken),
    ).toEqual([at('10:20', '10:40'), at('09:40', '10:00')])
  })
})

test.each([
  ['2026-03-05', '2026-03-02T02:00:00Z', '2026-03-04T02:00:00.000Z'],
  ['2026-03-03', '2026-03-02T01:59:59Z', '2026-03-02T02:00:00.000Z'],
  ['2026-03-03', '2026-03-02T02:00:00Z', undefined],
  ['2026-03-02', '2026-03-02T02:00:00Z', undefined],
])('the reminder of %s at %s', (on, now, expected) => {
  expect(reminderAt(on, new Date(now), ZONE)?.toISOString()).toBe(expected)
})

describe('states', () => {
  test('what is done or cancelled is at its end', () => {
    for (const act of Object.keys(TRANSITIONS) as (keyof typeof TRANSITIONS)[])
      for (const state of ['done', 'cancelled'] as const) expect(mayFollow(act, state)).toBe(false)
  })

  test('every state is reached from the first one', () => {
    const reached = new Set<string>(['asked'])
    for (let before = 0; before < reached.size;) {
      before = reached.size
      for (const { from, to } of Object.values(TRANSITIONS))
        if (from.some((state) => reached.has(state))) reached.add(to)
    }
    expect([...reached].toSorted()).toEqual([...ORDER_STATES].toSorted())
  })
})

const outcome: Outcome = {
  grade: 'none',
  meaning: '都好。',
  options: [{ title: '少盐', pros: '简单', cons: '慢' }],
  ifNothing: '也许不变',
  next: [],
  recheck: null,
  monthly: null,
  teachBack: { done: true, note: '她说懂了' },
}
const next = [{ what: '看心内科', by: '两周内', who: 'patient' as const }]
const recheck = { what: '空腹血糖', from: '2026-06-01', until: '2026-06-30' }

test.each([
  ['nothing to do', {}, false],
  ['a doctor to see, without saying how', { grade: 'specialist' as const }, true],
  ['a doctor to see', { grade: 'specialist' as const, next }, false],
  ['at once, with a recheck alone', { grade: 'urgent' as const, recheck }, true],
  ['a recheck without a word when', { grade: 'recheck' as const }, true],
  ['a recheck with its days', { grade: 'recheck' as const, recheck }, false],
])('%s', (_what, changed, lacks) => {
  expect(lacksNext({ ...outcome, ...changed })).toBe(lacks)
})

test('all that people wrote is read, but not what the person said back', () => {
  const all = writtenIn({ ...outcome, next, recheck, monthly: { months: 3, reason: '看看血压' } })
  for (const part of ['都好', '少盐', '简单', '慢', '也许不变', '看心内科', '两周内', '空腹血糖', '看看血压'])
    expect(all).toContain(part)
  expect(all).not.toContain('她说懂了')
})

test('a moment as people say it', () => {
  const at = new Date('2026-03-04T02:00:00Z')
  expect(momentWords(at, ZONE, 'zh-CN')).toBe('3月4日（周三）10:00')
  expect(momentWords(at, ZONE, 'en')).toBe('Wed 4 March, 10:00')
})
