import { describe, expect, test } from 'vitest'
import type { ProtocolDefinition } from '../../contract/protocol.ts'
import { aPathway, aStep } from '../../sample-pathway.ts'
import { shippedProtocols } from '../shipped.ts'
import { clashesOf, gapsOf, type Contact } from '../../contract/clash.ts'
import { contactsOf, walk, type Assumptions } from './walk.ts'

const HEART = { condition: { codes: ['I50'] } }
const assumed = (over: Partial<Assumptions> = {}): Assumptions => ({
  startOn: '2026-03-02',
  anchorOn: '2026-03-02',
  untilOn: '2026-04-30',
  outcomes: [],
  holds: () => () => false,
  ...over,
})
const story = (definition: ProtocolDefinition, over: Partial<Assumptions> = {}) => {
  const { items, ended } = walk(definition, assumed(over))
  return [
    ...items.map(
      (item) => `${item.step} ${item.state} ${item.on ?? item.dueOn}${item.branch === null ? '' : ` ↦${item.branch}`}`,
    ),
    ended ? `ended ${ended.on} ${ended.exit ?? 'by itself'}` : 'goes on',
  ]
}

describe('in fast time', () => {
  test('each step is done on its day unless something else is assumed', () =>
    expect(story(aPathway({}, [aStep({ recurrence: { times: 3 } })]))).toEqual([
      'call done 2026-03-09',
      'call done 2026-03-16',
      'call done 2026-03-23',
      'ended 2026-03-23 by itself',
    ]))
  test('a missed one counts from its due date, a late one from its day', () =>
    expect(
      story(aPathway({}, [aStep({ recurrence: { times: 3 } })]), {
        outcomes: [
          { step: 'call', nth: 1, result: 'missed' },
          { step: 'call', nth: 2, result: 'done', afterDays: 2 },
        ],
      }),
    ).toEqual(['call missed 2026-03-12', 'call done 2026-03-18', 'call done 2026-03-25', 'ended 2026-03-25 by itself']))
  test('branches by action, answer and condition are taken, and say which', () => {
    const steps = [
      aStep({
        recurrence: { times: 2 },
        branches: [
          { action: 'refer', next: 'refer' },
          { when: HEART, next: null },
        ],
      }),
      aStep({
        code: 'refer',
        first: null,
        after: { days: 3 },
        next: 'call',
        branches: [{ item: 'pain', op: '>=', value: 4, next: null }],
      }),
    ]
    const refers = { step: 'call', nth: 1, result: 'done' as const, action: 'refer' as const }
    expect(story(aPathway({}, steps), { outcomes: [refers] })).toEqual([
      'call done 2026-03-09 ↦0',
      'refer done 2026-03-12',
      'call done 2026-03-19',
      'ended 2026-03-19 by itself',
    ])
    expect(
      story(aPathway({}, steps), { outcomes: [refers, { step: 'refer', result: 'done', answers: { pain: 5 } }] }),
    ).toEqual(['call done 2026-03-09 ↦0', 'refer done 2026-03-12 ↦0', 'ended 2026-03-12 by itself'])
    expect(story(aPathway({}, steps), { holds: () => () => true })).toEqual([
      'call done 2026-03-09 ↦1',
      'ended 2026-03-09 by itself',
    ])
  })
  test('who does not meet a step skips it', () =>
    expect(
      story(
        aPathway({}, [
          aStep({ recurrence: { times: 1 }, onlyIf: { condition: HEART, otherwise: { zh: '无', en: 'no' } } }),
        ]),
      ),
    ).toEqual(['call skipped 2026-03-09', 'ended 2026-03-09 by itself']))
  test.each<[string, object, Partial<Assumptions>, string]>([
    ['time', { after: { days: 10 } }, {}, 'ended 2026-03-12 out'],
    ['what was missed', { missedInRow: 2 }, { outcomes: [{ step: 'call', result: 'missed' }] }, 'ended 2026-03-19 out'],
    [
      'a condition from its day on',
      { condition: HEART },
      { holds: (on) => () => on >= '2026-03-11' },
      'ended 2026-03-11 out',
    ],
    ['reached goals', { goals: ['calm'] }, { holds: (on) => () => on >= '2026-03-20' }, 'ended 2026-03-20 out'],
  ])('a way out ends it: %s', (_name, when, over, end) => {
    const name = { zh: '结案', en: 'Closed' }
    const definition = aPathway({
      goals: [{ code: 'calm', name, measure: { condition: HEART } }],
      exits: [{ code: 'out', name, when, as: 'graduated' }],
    })
    expect(story(definition, over).at(-1)).toBe(end)
  })
  test('what was asked for goes on beyond the last day', () => expect(story(aPathway()).at(-1)).toBe('goes on'))
  test.each(shippedProtocols.map((definition) => [definition.code, definition] as const))(
    '%s comes to an end or goes on, and the same twice',
    (_code, definition) => {
      const over = { untilOn: '2027-03-02' }
      expect(story(definition, over)).toEqual(story(definition, over))
      expect(walk(definition, assumed(over)).items.length).toBeLessThan(200)
    },
  )
})

describe('clashes and gaps', () => {
  const at = (on: string, step: string, timeOfDay?: string): Contact => ({
    on,
    step,
    of: `${step} ${on}`,
    how: 'visit',
    timeOfDay,
  })
  test.each<[string, Contact[], object[]]>([
    [
      'two on one day',
      [at('2026-03-02', 'a'), at('2026-03-02', 'b')],
      [{ code: 'same-day', on: '2026-03-02', steps: ['a', 'b'] }],
    ],
    [
      'three in seven days',
      [at('2026-03-02', 'a'), at('2026-03-05', 'b'), at('2026-03-08', 'c')],
      [{ code: 'too-many', on: '2026-03-08', steps: ['a', 'b', 'c'] }],
    ],
    ['three in eight days', [at('2026-03-02', 'a'), at('2026-03-05', 'b'), at('2026-03-09', 'c')], []],
    ['at night', [at('2026-03-02', 'a', '21:30')], [{ code: 'outside-hours', on: '2026-03-02', steps: ['a'] }]],
    ['at nine', [at('2026-03-02', 'a', '09:00')], []],
    [
      'at eight in the evening',
      [at('2026-03-02', 'a', '20:00')],
      [{ code: 'outside-hours', on: '2026-03-02', steps: ['a'] }],
    ],
  ])('%s', (_name, contacts, clashes) => expect(clashesOf(contacts)).toEqual(clashes))
  test('what tells of a visit and the visit are one contact', () => {
    const { items } = walk(
      aPathway({}, [aStep({ message: 'follow-up-due', window: { before: { days: 1 }, after: { days: 2 } } })]),
      assumed(),
    )
    const contacts = contactsOf(aPathway({}, [aStep({ message: 'follow-up-due' })]), items)
    expect(contacts.filter(({ how }) => how === 'message').length).toBeGreaterThan(3)
    expect(clashesOf(contacts, { perWeek: 2 })).toEqual([])
  })
  test('a long silence is a gap, also before the first contact and after the last', () => {
    const contacts = [at('2026-03-20', 'a'), at('2026-03-25', 'b')]
    expect(gapsOf(contacts, '2026-03-02', '2026-04-30', { gapDays: 14 })).toEqual([
      { from: '2026-03-02', to: '2026-03-20', days: 18 },
      { from: '2026-03-25', to: '2026-04-30', days: 36 },
    ])
    expect(gapsOf(contacts, '2026-03-02', '2026-04-30')).toEqual([])
  })
})
