import { describe, expect, test } from 'vitest'
import { becauseOf, inOrder, onePerPerson, type Candidate } from './order.ts'

/** 10:00 on 2 March. */
const moment = { today: '2026-03-02', minute: 600 }
const one = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  id,
  patientId: `person ${id}`,
  rank: 2,
  untilOn: '2026-03-09',
  promisedAt: null,
  goodHours: undefined,
  ...change,
})
const MORNING = { from: 540, to: 660 }
const EVENING = { from: 1080, to: 1200 }

describe('who is called first', () => {
  test.each<[string, Candidate[]]>([
    [
      'a promise before everything, the older one first',
      [
        one('a', { promisedAt: new Date('2026-03-02T01:00:00Z') }),
        one('b', { promisedAt: new Date('2026-03-02T01:30:00Z'), rank: 0 }),
        one('c', { rank: 0, untilOn: '2026-02-20' }),
      ],
    ],
    ['the urgent before the overdue', [one('b', { rank: 0 }), one('a', { untilOn: '2026-02-20' })]],
    [
      'overdue, then what ends today, then the rest',
      [one('c', { untilOn: '2026-03-01' }), one('b', { untilOn: '2026-03-02' }), one('a')],
    ],
    [
      'who likes this hour, who said nothing, who likes another',
      [one('c', { goodHours: MORNING }), one('b'), one('a', { goodHours: EVENING })],
    ],
    [
      'a bad hour does not hold back what ends today',
      [one('b', { untilOn: '2026-03-02', goodHours: EVENING }), one('a', { goodHours: MORNING })],
    ],
    ['what ends sooner', [one('b', { untilOn: '2026-03-04' }), one('a', { untilOn: '2026-03-05' })]],
    ['equal ones by their id, so that two callers see the same list', [one('a'), one('b')]],
  ])('%s', (_what, expected) => {
    for (const list of [expected, expected.toReversed()])
      expect(inOrder(list, moment).map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  })

  test('a person stands there once, with their first, and with how many more', () => {
    const theirs = { patientId: 'same' }
    const lines = onePerPerson(inOrder([one('a', theirs), one('b', { ...theirs, rank: 0 }), one('c')], moment))
    expect(lines.map((line) => [line.one.id, line.more])).toEqual([
      ['b', 1],
      ['c', 0],
    ])
  })

  test.each<[Candidate, string[]]>([
    [one('a'), []],
    [one('a', { promisedAt: new Date(0), rank: 0, untilOn: '2026-03-01' }), ['promised', 'urgent', 'overdue']],
    [one('a', { untilOn: '2026-03-02', goodHours: MORNING }), ['ends-today', 'good-hour']],
    [one('a', { goodHours: EVENING }), ['bad-hour']],
  ])('the line says why', (candidate, because) => expect(becauseOf(candidate, moment)).toEqual(because))
})
