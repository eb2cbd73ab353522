import { describe, expect, test } from 'vitest'
import type { ScheduleContent } from '../../contract/words.ts'
import {
  adherenceOf,
  marksOf,
  nextAfter,
  silentDays,
  skippedInARow,
  slotsWithin,
  stripOf,
  type Standing,
} from './doses.ts'

const ZONE = 'Asia/Shanghai'
/** Wall clock of Shanghai. */
const at = (text: string) => new Date(`${text}:00+08:00`)
const content = (more: Partial<ScheduleContent> = {}): ScheduleContent => ({
  name: '氨氯地平',
  dose: '1 片',
  words: '',
  days: { kind: 'daily' },
  minutes: [480, 1200],
  fromOn: '2026-03-02',
  untilOn: null,
  remind: true,
  ...more,
})
const first = (more: Partial<ScheduleContent> = {}, since = '2026-03-01T00:00'): Standing => ({
  version: 1,
  since: at(since),
  content: content(more),
})
const days = { from: '2026-03-01', until: '2026-03-08' }
const said = (slots: { on: string; minute: number }[]) => slots.map(({ on, minute }) => `${on.slice(5)} ${minute / 60}`)

describe('what is due', () => {
  test.each([
    ['daily', { minutes: [480], untilOn: '2026-03-04' }, ['03-02 8', '03-03 8', '03-04 8']],
    ['on Mondays and Sundays', { minutes: [480], days: { kind: 'weekdays', days: [1, 7] } }, ['03-02 8', '03-08 8']],
    ['every three days', { minutes: [480], days: { kind: 'every', days: 3 } }, ['03-02 8', '03-05 8', '03-08 8']],
  ] as const)('%s', (_what, more, wanted) => {
    expect(said(slotsWithin([first(more as never)], days, ZONE, null))).toEqual(wanted)
  })

  test('a change counts from its moment: what was due before stays as it was', () => {
    const changed: Standing = {
      version: 2,
      since: at('2026-03-03T10:00'),
      content: content({ dose: '2 片', minutes: [720] }),
    }
    const slots = slotsWithin([first(), changed], { from: '2026-03-02', until: '2026-03-04' }, ZONE, null)
    expect(slots.map(({ on, minute, content: { dose } }) => `${on.slice(8)} ${minute / 60} ${dose}`)).toEqual([
      '02 8 1 片',
      '02 20 1 片',
      '03 8 1 片',
      '03 12 2 片',
      '04 12 2 片',
    ])
  })

  test('nothing is due before it was written, nor after its end', () => {
    const slots = slotsWithin([first({}, '2026-03-02T09:00')], days, ZONE, at('2026-03-03T09:00'))
    expect(said(slots)).toEqual(['03-02 20', '03-03 8'])
  })

  test('the next time, and none after the last day', () => {
    expect(nextAfter(first(), at('2026-03-05T08:00'), '2026-03-05', ZONE)).toEqual(at('2026-03-05T20:00'))
    expect(nextAfter(first({ fromOn: '2026-06-01' }), at('2026-03-05T08:00'), '2026-03-05', ZONE)).toEqual(
      at('2026-06-01T08:00'),
    )
    expect(nextAfter(first({ untilOn: '2026-03-05' }), at('2026-03-05T20:00'), '2026-03-05', ZONE)).toBeNull()
  })
})

describe('how it goes', () => {
  const now = { now: at('2026-03-08T12:00'), today: '2026-03-08' }
  const slots = slotsWithin([first({ minutes: [480] })], days, ZONE, null)
  const take = (day: number, outcome: 'taken' | 'skipped') => ({ on: `2026-03-0${day}`, minute: 480, outcome })

  test('no note is shown as that, never as left out; a stay counts as nothing', () => {
    const stay = [{ from: at('2026-03-05T06:00'), until: at('2026-03-06T06:00') }]
    const marked = marksOf(slots, [take(2, 'taken'), take(3, 'skipped')], stay, now)
    expect(marked.map(({ mark }) => mark)).toEqual(['taken', 'skipped', 'none', 'away', 'none', 'open', 'open'])
    expect(adherenceOf(marked)).toEqual({ known: 2, taken: 1, skipped: 1, none: 2, away: 1, daysWithout: 2 })
    expect(stripOf(marked, '2026-03-01', '2026-03-03').map(({ mark }) => mark)).toEqual(['off', 'taken', 'skipped'])
  })

  test.each([
    ['none', [], 0, 6],
    ['three in a row', [take(2, 'taken'), take(3, 'skipped'), take(4, 'skipped'), take(5, 'skipped')], 3, 2],
    ['what is not known neither adds nor ends it', [take(2, 'skipped'), take(5, 'skipped')], 2, 2],
    ['one that was taken ends it', [take(2, 'skipped'), take(3, 'skipped'), take(4, 'taken')], 0, 3],
    ['noted today', [take(8, 'taken')], 0, 0],
  ] as const)('%s', (_what, takes, skipped, silent) => {
    const marked = marksOf(slots, takes, [], now)
    expect(skippedInARow(marked)).toBe(skipped)
    expect(silentDays(marked, now.today)).toBe(silent)
  })

  test('days in hospital are no silence', () => {
    const marked = marksOf(slots, [take(2, 'taken')], [{ from: at('2026-03-03T00:00'), until: null }], now)
    expect(silentDays(marked, now.today)).toBe(0)
  })
})
