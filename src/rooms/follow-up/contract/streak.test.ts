import { describe, expect, test } from 'vitest'
import { protocolDefinition } from './protocol.ts'
import { streakOf } from './streak.ts'
import type { OccurrenceState } from './words.ts'

const text = { zh: '每周通话', en: 'A call every week' }
const weekly = (days: number) =>
  protocolDefinition.parse({
    code: 'weekly',
    name: text,
    goal: text,
    population: text,
    entry: { hand: true },
    anchor: 'enrolment',
    steps: [
      {
        code: 'call',
        name: text,
        track: 'call',
        kind: 'visit',
        first: { days: 7 },
        after: { days },
        next: 'call',
        window: { before: { days: 0 }, after: { days: 2 } },
        way: 'phone',
        owner: 'doctor',
      },
    ],
    source: 'test',
    licence: 'test',
  })
const story = (...states: OccurrenceState[]) => states.map((state, n) => ({ step: 'call', sequence: n + 1, state }))

describe('S0-45 weeks in a row', () => {
  test.each<[string, OccurrenceState[], object | undefined]>([
    ['nothing settled yet', ['due'], undefined],
    [
      'six in a row, the seventh planned',
      ['done', 'done', 'done', 'done', 'done', 'done', 'planned'],
      { weeks: 6, longest: 6, broken: false },
    ],
    ['late counts', ['done', 'done-late'], { weeks: 2, longest: 2, broken: false }],
    ['missed breaks', ['done', 'done', 'missed'], { weeks: 0, longest: 2, broken: true }],
    ['and begins anew', ['done', 'done', 'missed', 'done'], { weeks: 1, longest: 2, broken: false }],
    ['cancelled neither counts nor breaks', ['done', 'cancelled', 'done'], { weeks: 2, longest: 2, broken: false }],
  ])('%s', (_name, states, expected) => {
    const streak = streakOf(weekly(7), story(...states).toReversed())
    if (expected) expect(streak).toMatchObject(expected)
    else expect(streak).toBeUndefined()
  })

  test('a step that is not weekly has none', () => {
    expect(streakOf(weekly(14), story('done', 'done'))).toBeUndefined()
  })
})
