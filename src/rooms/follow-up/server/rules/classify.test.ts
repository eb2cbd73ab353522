import { describe, expect, test } from 'vitest'
import type { Answers } from '../../contract/form.ts'
import { findForm } from '../forms.ts'
import { shippedProtocols } from '../shipped.ts'
import { classify, targetsFor, type Visit } from './classify.ts'

const classingOf = (code: string) => shippedProtocols.find((protocol) => protocol.code === code)!.classing!
const form = findForm('hypertension-visit')!

const visit = (answers: Answers, over: Partial<Visit> = {}): Visit => ({
  answers: { complication: 'none', 'adverse-reaction': 'none', ...answers },
  ageYears: 50,
  afterReferral: false,
  previous: undefined,
  ...over,
})
const bp = (sbp: number, dbp: number): Answers => ({ sbp, dbp })
const before = (answers: Answers, cls: 'satisfied' | 'unsatisfied' | 'adverse-reaction' = 'unsatisfied') => ({
  previous: { class: cls, answers },
})

describe('hypertension', () => {
  const table: [string, Visit, string | null, string, boolean][] = [
    ['139/89 at 50', visit(bp(139, 89)), 'satisfied', 'routine', false],
    ['140/89 at 50', visit(bp(140, 89)), 'unsatisfied', 'two-weeks', false],
    ['139/90 at 50', visit(bp(139, 90)), 'unsatisfied', 'two-weeks', false],
    ['140/89 at 64', visit(bp(140, 89), { ageYears: 64 }), 'unsatisfied', 'two-weeks', false],
    ['149/89 at 65', visit(bp(149, 89), { ageYears: 65 }), 'satisfied', 'routine', false],
    ['150/89 at 65', visit(bp(150, 89), { ageYears: 65 }), 'unsatisfied', 'two-weeks', false],
    ['149/90 at 65', visit(bp(149, 90), { ageYears: 65 }), 'unsatisfied', 'two-weeks', false],
    [
      '145/80, age unknown: the stricter limit',
      visit(bp(145, 80), { ageYears: null }),
      'unsatisfied',
      'two-weeks',
      false,
    ],
    ['two in a row', visit(bp(150, 92), before(bp(146, 88))), 'unsatisfied', 'refer', false],
    [
      'unsatisfied after a satisfied one',
      visit(bp(150, 92), before(bp(130, 80), 'satisfied')),
      'unsatisfied',
      'two-weeks',
      false,
    ],
    [
      'the visit before was of another class but off target as well',
      visit(bp(150, 92), before(bp(150, 92), 'adverse-reaction')),
      'unsatisfied',
      'refer',
      false,
    ],
    [
      'still off target at the look after the referral',
      visit(bp(150, 92), { ...before(bp(146, 88)), afterReferral: true }),
      'unsatisfied',
      'routine',
      false,
    ],
    [
      'a first reaction',
      visit({ ...bp(130, 80), 'adverse-reaction': 'present' }),
      'adverse-reaction',
      'two-weeks',
      false,
    ],
    [
      'a reaction again',
      visit({ ...bp(130, 80), 'adverse-reaction': 'present' }, before(bp(130, 80), 'adverse-reaction')),
      'adverse-reaction',
      'refer',
      false,
    ],
    [
      'a reaction hard to control',
      visit({ ...bp(130, 80), 'adverse-reaction': 'hard-to-control' }),
      'adverse-reaction',
      'refer',
      false,
    ],
    ['a new complication', visit({ ...bp(130, 80), complication: 'new' }), 'complication', 'refer', false],
    [
      'a worse complication after a referral',
      visit({ ...bp(130, 80), complication: 'worse' }, { afterReferral: true }),
      'complication',
      'refer',
      false,
    ],
    [
      'the most severe class wins',
      visit({ ...bp(150, 92), 'adverse-reaction': 'present', complication: 'worse' }),
      'complication',
      'refer',
      false,
    ],
    [
      'reaction above pressure',
      visit({ ...bp(150, 92), 'adverse-reaction': 'present' }),
      'adverse-reaction',
      'two-weeks',
      false,
    ],
    ['179/109', visit(bp(179, 109)), 'unsatisfied', 'two-weeks', false],
    ['180/80', visit(bp(180, 80)), 'unsatisfied', 'refer', true],
    ['130/110', visit(bp(130, 110)), 'unsatisfied', 'refer', true],
    [
      'a sign with normal pressure',
      visit({ ...bp(128, 78), 'emergency-signs': ['vomiting'] }),
      'satisfied',
      'refer',
      true,
    ],
    ['no sign', visit({ ...bp(128, 78), 'emergency-signs': ['none'] }), 'satisfied', 'routine', false],
    ['an emergency after a referral', visit(bp(182, 100), { afterReferral: true }), 'unsatisfied', 'refer', true],
    ['nothing measured', visit({}), null, 'routine', false],
    ['half a pressure in order says nothing', visit({ sbp: 120 }), null, 'routine', false],
    ['half a pressure too high says enough', visit({ sbp: 150 }), 'unsatisfied', 'two-weeks', false],
  ]
  test.each(table)('%s', (_what, given, cls, action, emergency) => {
    const { because, ...proposal } = classify(classingOf('hypertension'), given, form)
    expect(proposal).toEqual({ class: cls, action, emergency })
    expect(because.length).toBeGreaterThan(0)
  })
})

describe('diabetes', () => {
  const table: [string, Visit, string | null, string, boolean][] = [
    ['6.99', visit({ fpg: 6.99 }), 'satisfied', 'routine', false],
    ['7.0', visit({ fpg: 7.0 }), 'unsatisfied', 'two-weeks', false],
    ['7.0 twice', visit({ fpg: 7.0 }, before({ fpg: 8.1 })), 'unsatisfied', 'refer', false],
    ['16.6', visit({ fpg: 16.6 }), 'unsatisfied', 'two-weeks', false],
    ['16.7', visit({ fpg: 16.7 }), 'unsatisfied', 'refer', true],
    ['4.0', visit({ fpg: 4.0 }), 'satisfied', 'routine', false],
    ['3.9', visit({ fpg: 3.9 }), 'satisfied', 'refer', true],
    ['heart rate of 100', visit({ fpg: 6, hr: 100 }), 'satisfied', 'routine', false],
    ['heart rate of 101', visit({ fpg: 6, hr: 101 }), 'satisfied', 'refer', true],
    ['39 °C', visit({ fpg: 6, temperature: 39 }), 'satisfied', 'routine', false],
    ['39.1 °C', visit({ fpg: 6, temperature: 39.1 }), 'satisfied', 'refer', true],
    ['180/110', visit({ fpg: 6, sbp: 180, dbp: 110 }), 'satisfied', 'refer', true],
  ]
  test.each(table)('%s', (_what, given, cls, action, emergency) => {
    const { class: proposed, action: then, emergency: urgent } = classify(classingOf('diabetes-2'), given, form)
    expect([proposed, then, urgent]).toEqual([cls, action, emergency])
  })
})

describe('S3-20 the survey after surgery', () => {
  const survey = findForm('post-surgery-survey')!
  const fine = {
    'emergency-signs': ['none'],
    pain: 3,
    fever: 'none',
    wound: 'dry',
    eating: 'normal',
    bowel: 'normal',
    walking: 'free',
    sleep: 'good',
    medication: 'yes',
    'knows-return': 'yes',
  }
  const table: [string, Answers, string, string, boolean][] = [
    ['all well', {}, 'normal', 'routine', false],
    ['pain 6', { pain: 6 }, 'normal', 'routine', false],
    ['pain 7', { pain: 7 }, 'abnormal', 'attend', false],
    ['a wound that weeps', { wound: 'discharge' }, 'abnormal', 'attend', false],
    ['poor sleep alone is no alarm', { sleep: 'poor' }, 'normal', 'routine', false],
    ['a swollen calf', { 'emergency-signs': ['calf'] }, 'abnormal', 'attend', true],
  ]
  test.each(table)('%s', (_what, over, cls, action, emergency) => {
    const proposal = classify(classingOf('post-surgery'), visit({ ...fine, ...over }), survey)
    expect([proposal.class, proposal.action, proposal.emergency]).toEqual([cls, action, emergency])
  })
})

test('the limit is that of the highest age reached', () => {
  const classing = classingOf('hypertension')
  if (classing.kind !== 'control') throw new Error('hypertension is classed by control')
  expect(targetsFor(classing.targets, 64).map((target) => target.value)).toEqual([140, 90])
  expect(targetsFor(classing.targets, 65).map((target) => target.value)).toEqual([150, 90])
})
