import { describe, expect, test } from 'vitest'
import { protocolDefinition } from './protocol.ts'

const text = { zh: '每周通话', en: 'A call every week' }
const call = {
  code: 'call',
  name: text,
  track: 'call',
  kind: 'call',
  first: { days: 7 },
  after: { days: 7 },
  next: 'call',
  window: { before: { days: 0 }, after: { days: 2 } },
  way: 'phone',
  owner: 'counsellor',
}
const pathway = (over: object = {}, step: object = {}) => ({
  code: 'weekly',
  name: text,
  goal: text,
  population: text,
  entry: { hand: true },
  anchor: 'enrolment',
  steps: [{ ...call, ...step }],
  source: 'test',
  licence: 'test',
  ...over,
})
const goals = [
  { code: 'calm', name: text, measure: { score: { questionnaire: 'gad-7' } }, target: { op: '<', value: 5 } },
]
const exits = [{ code: 'well', name: text, when: { goals: ['calm'] }, as: 'graduated' }]

/** Whatever was published before there were pathways reads as it did: to the letter, with nothing added. */
test('a protocol of before gets no field it did not have', () => {
  const { owner: _owner, ...old } = call
  const before = {
    ...pathway(),
    steps: [
      { ...old, kind: 'visit', owner: 'manager', branches: [], escalation: null, form: null, message: null, rank: 2 },
    ],
    classing: null,
    classes: [],
    quotas: [],
    closesAfterDays: 30,
    attempts: { most: 3, channels: 2 },
    reviewer: null,
  }
  expect(protocolDefinition.parse(before)).toEqual(before)
})

describe('the form of a pathway', () => {
  test.each<[string, object]>([
    ['a weekly call that ends after twelve times', pathway({}, { recurrence: { times: 12 } })],
    ['one that ends half a year after the anchor', pathway({}, { recurrence: { until: { months: 6 }, then: null } })],
    ['goals, and an exit when they are reached', pathway({ goals, exits })],
    [
      'a branch on an answer that ends the track',
      pathway({}, { branches: [{ item: 'pain', op: '>=', value: 4, next: null }] }),
    ],
    ['a branch on a condition', pathway({}, { branches: [{ when: { age: { op: '>=', years: 65 } }, next: 'call' }] })],
    ['a branch on what nobody did', pathway({}, { branches: [{ missed: true, next: 'call' }] })],
    ['a questionnaire', pathway({}, { kind: 'questionnaire', questionnaire: 'phq-9' })],
    ['after a stay', pathway({ entry: { encounter: 'inpatient', withinDays: 14 }, anchor: 'discharge' })],
  ])('%s is one', (_name, definition) => expect(protocolDefinition.safeParse(definition).error?.issues).toBeUndefined())

  test.each<[string, object, string]>([
    [
      'an end of what does not repeat',
      pathway({}, { next: null, recurrence: { times: 3 } }),
      'only what repeats has an end of it',
    ],
    ['an end after nothing', pathway({}, { recurrence: {} }), 'times or until'],
    ['a phase that is none', pathway({}, { phase: 'early' }), 'no phase early'],
    ['a goal that is none', pathway({ exits }), 'no goal calm'],
    ['a questionnaire step without one', pathway({}, { kind: 'questionnaire' }), 'which questionnaire'],
    ['education without cards', pathway({}, { kind: 'education' }), 'which cards'],
    [
      'a number without a target',
      pathway({ goals: [{ ...goals[0], target: undefined }] }),
      'a number needs a target, a condition has none',
    ],
    ['a branch into nowhere', pathway({}, { branches: [{ missed: true, next: 'gone' }] }), 'no step gone'],
    [
      'two phases of one code',
      pathway({
        phases: [
          { code: 'one', name: text },
          { code: 'one', name: text },
        ],
      }),
      'phases: codes repeat',
    ],
  ])('%s is refused', (_name, definition, message) =>
    expect(protocolDefinition.safeParse(definition).error?.issues.map((issue) => issue.message)).toContain(message),
  )
})
