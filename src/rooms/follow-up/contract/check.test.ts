import { describe, expect, test } from 'vitest'
import texts from '../content/pathway-faults.json' with { type: 'json' }
import { aPathway, aStep, words } from '../sample-pathway.ts'
import { checkPathway, PATHWAY_FAULTS, type KnownContent, type PathwayFaultCode } from './check.ts'

const about = { title: words, text: words }
const whole = {
  forPatient: about,
  goals: [{ code: 'calm', name: words, measure: { condition: { sex: 'female' } } }],
}
const wholeStep = {
  goal: words,
  deliverable: words,
  script: { say: [words] },
  targetTime: { hours: 24, escalation: 'doctor' },
  escalation: 'doctor',
  recurrence: { times: 4 },
}
const codes = (over: object, steps: object[], known?: KnownContent) =>
  checkPathway(aPathway({ ...whole, ...over }, steps), known).map(({ code, step }) => (step ? `${code} ${step}` : code))

test('a whole pathway has nothing wrong with it', () => expect(codes({}, [aStep(wholeStep)])).toEqual([]))

describe('one thing wrong is one fault', () => {
  const step = (over: object) => [aStep({ ...wholeStep, ...over })]
  test.each<[string, object, object[], string[]]>([
    [
      'a step that nothing leads to',
      {},
      [aStep(wholeStep), aStep({ ...wholeStep, code: 'lost', first: null, next: null, recurrence: undefined })],
      ['UnreachableStep lost'],
    ],
    [
      'two beginnings of a track',
      {},
      [aStep(wholeStep), aStep({ ...wholeStep, code: 'second', next: null, recurrence: undefined })],
      ['UnreachableStep second'],
    ],
    [
      'repeating on the same day',
      {},
      step({ after: { days: 0 }, window: { before: { days: 0 }, after: { days: 1 } } }),
      ['StandsStill call'],
    ],
    [
      'windows that overlap',
      {},
      step({ window: { before: { days: 4 }, after: { days: 4 } } }),
      ['WindowWiderThanInterval call'],
    ],
    [
      'windows in percent that overlap',
      {},
      step({ window: { before: { percent: 60 }, after: { percent: 60 } } }),
      ['WindowWiderThanInterval call'],
    ],
    ['a message without a template', {}, step({ kind: 'message', way: 'message' }), ['NoMessage call']],
    [
      'an action that nothing decides',
      {},
      step({ branches: [{ action: 'refer', next: 'call' }] }),
      ['BranchNeverTaken call'],
    ],
    ['for ever without a way out', {}, step({ recurrence: undefined }), ['NoWayOut']],
    ['no goal', { goals: undefined }, step({}), ['NoMeasuredGoal']],
    ['no words for the person at the whole', { forPatient: undefined }, step({}), ['NoPatientWords']],
    ['no words for the person at a step', {}, step({ forPatient: undefined }), ['NoPatientWords call']],
    ['nobody who takes over', {}, step({ escalation: null }), ['NoEscalation call']],
    ['a target that is longer than the window', {}, step({ targetTime: { hours: 200 } }), ['TargetAfterWindow call']],
    ['writing at night', {}, step({ timeOfDay: '22:00' }), ['OutsideHours call']],
    ['writing early where the pathway allows it', { contacts: { from: '07:00' } }, step({ timeOfDay: '07:30' }), []],
    [
      'a step that time ends before it comes',
      { exits: [{ code: 'out', name: words, when: { after: { months: 1 } }, as: 'graduated' }] },
      [
        aStep({ ...wholeStep, next: 'late', recurrence: undefined }),
        aStep({ ...wholeStep, code: 'late', first: null, after: { days: 30 }, next: null, recurrence: undefined }),
      ],
      ['AfterTheEnd late'],
    ],
    [
      'time that ends it later',
      { exits: [{ code: 'out', name: words, when: { after: { months: 2 } }, as: 'graduated' }] },
      [
        aStep({ ...wholeStep, next: 'late', recurrence: undefined }),
        aStep({ ...wholeStep, code: 'late', first: null, after: { days: 30 }, next: null, recurrence: undefined }),
      ],
      [],
    ],
    ['an empty phase', { phases: [{ code: 'early', name: words }] }, step({}), ['PhaseEmpty']],
    ['no script', {}, step({ script: undefined }), ['NoScript call']],
    ['no purpose', {}, step({ goal: undefined }), ['NoGoal call']],
    ['nothing left behind', {}, step({ deliverable: undefined }), ['NoDeliverable call']],
    ['no target time', {}, step({ targetTime: undefined }), ['NoTargetTime call']],
  ])('%s', (_name, over, steps, faults) => expect(codes(over, steps)).toEqual(faults))
})

describe('what is named has to be there', () => {
  const known: KnownContent = {
    forms: new Map([['companion-call', ['mood']]]),
    templates: new Set(['follow-up-due']),
    questionnaires: new Set(['gad-7']),
    cards: new Set(['salt']),
    indicators: new Set(['sbp']),
    channels: new Set(['email']),
  }
  const step = (over: object) => [aStep({ ...wholeStep, ...over })]
  test.each<[string, object, object[], string[]]>([
    [
      'all of it',
      {},
      step({
        form: 'companion-call',
        message: 'follow-up-due',
        channels: ['email'],
        branches: [{ item: 'mood', op: '<', value: 3, next: null }],
      }),
      [],
    ],
    ['a form', {}, step({ form: 'gone' }), ['UnknownForm call']],
    ['a template', {}, step({ message: 'gone' }), ['UnknownTemplate call']],
    [
      'a template of a way out',
      { exits: [{ code: 'out', name: words, when: { after: { days: 9 } }, as: 'graduated', message: 'gone' }] },
      step({}),
      ['UnknownTemplate'],
    ],
    [
      'a questionnaire',
      {},
      step({ kind: 'questionnaire', questionnaire: 'gone', script: undefined }),
      ['UnknownQuestionnaire call'],
    ],
    ['a card', {}, step({ kind: 'education', cards: ['gone'] }), ['UnknownCard call']],
    ['a channel', {}, step({ channels: ['carrier-pigeon'] }), ['UnknownChannel call']],
    [
      'an item',
      {},
      step({ form: 'companion-call', branches: [{ item: 'gone', op: '<', value: 3, next: null }] }),
      ['UnknownItem call'],
    ],
    [
      'an indicator',
      {
        goals: [{ code: 'low', name: words, measure: { indicator: { code: 'gone' } }, target: { op: '<', value: 1 } }],
      },
      step({}),
      ['UnknownIndicator'],
    ],
  ])('%s', (_name, over, steps, faults) => expect(codes(over, steps, known)).toEqual(faults))
})

test.each(Object.keys(PATHWAY_FAULTS) as PathwayFaultCode[])('%s has a text in both languages', (code) => {
  expect(texts[code].zh).toMatch(/\p{Script=Han}/u)
  expect(texts[code].en).toMatch(/[a-z]/)
})
