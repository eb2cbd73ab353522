import { describe, expect, test } from 'vitest'
import type { Answers } from '../../contract/form.ts'
import { findForm } from '../forms.ts'
import { measurementsOf, readAnswers } from './answers.ts'

const form = findForm('hypertension-visit')!
const least: Answers = {
  'emergency-signs': ['none'],
  symptoms: ['none'],
  sbp: 128,
  dbp: 78,
  adherence: 'regular',
  'adverse-reaction': 'none',
  complication: 'none',
}
const read = (over: Answers, way = 'clinic', step = 'quarterly') =>
  readAnswers(form, { ...least, ...over }, { way, step })

describe('what is judged', () => {
  const table: [string, Answers, [string, string][]][] = [
    ['the least there must be', {}, []],
    ['a pressure left out at the clinic', { sbp: null }, [['sbp', 'required']]],
    ['a pressure out of reach', { sbp: 400 }, [['sbp', 'too-high']]],
    ['half a millimetre', { sbp: 120.5 }, [['sbp', 'kind']]],
    ['text in a number', { weight: 'heavy' }, [['weight', 'kind']]],
    ['an option that is none', { adherence: 'sometimes' }, [['adherence', 'option']]],
    ['no symptoms, and a symptom', { symptoms: ['none', 'headache'] }, [['symptoms', 'exclusive']]],
    ['another symptom without its name', { symptoms: ['other'] }, [['symptoms-other', 'required']]],
    ['a reaction without its name', { 'adverse-reaction': 'present' }, [['adverse-detail', 'required']]],
    ['a question there is not', { shoe: 43 }, [['shoe', 'unknown']]],
    ['a target out of reach', { weight: 70, 'weight-target': 5 }, [['weight-target', 'too-low']]],
  ]
  test.each(table)('%s', (_what, over, faults) =>
    expect(read(over).faults.map(({ linkId, code }) => [linkId, code])).toEqual(faults),
  )
})

test('S0-26 by phone the worry and the last word are asked for, the pressure is not', () => {
  const { faults } = read({ sbp: null, dbp: null }, 'phone')
  expect(faults).toEqual([
    { linkId: 'worry', code: 'required' },
    { linkId: 'tell-us', code: 'required' },
  ])
})

test('what is not asked is dropped', () => {
  expect(read({ 'symptoms-other': '手抖', 'referral-outcome': 'attended' }).answers).not.toHaveProperty(
    'symptoms-other',
  )
  expect(read({ 'referral-outcome': 'attended' }).answers).not.toHaveProperty('referral-outcome')
  expect(read({ 'referral-outcome': 'attended' }, 'clinic', 'referral-check').answers).toHaveProperty(
    'referral-outcome',
    'attended',
  )
})

test('S1-5 the teach-back tick stands in every form', () =>
  expect(read({ 'teach-back': true }).answers).toHaveProperty('teach-back', true))

describe('what is computed', () => {
  const table: [string, Answers, string, unknown][] = [
    ['BMI', { weight: 70, height: 175 }, 'bmi', 22.9],
    ['no BMI without a height', { weight: 70 }, 'bmi', undefined],
    ['a BMI that was typed gives way', { weight: 70, height: 175, bmi: 40 }, 'bmi', 22.9],
    ['spirits', { 'alcohol-kind': 'spirits', 'alcohol-amount': 2 }, 'alcohol', 2],
    ['beer ÷ 10', { 'alcohol-kind': 'beer', 'alcohol-amount': 10 }, 'alcohol', 1],
    ['wine ÷ 4', { 'alcohol-kind': 'wine', 'alcohol-amount': 2 }, 'alcohol', 0.5],
    ['rice wine ÷ 5', { 'alcohol-kind': 'rice-wine', 'alcohol-amount': 5 }, 'alcohol', 1],
    ['none', { 'alcohol-kind': 'none' }, 'alcohol', 0],
  ]
  test.each(table)('%s', (_what, over, linkId, expected) => expect(read(over).answers[linkId]).toEqual(expected))
})

test('measurements carry the code of the dictionary', () =>
  expect(
    measurementsOf(form, read({ weight: 70, height: 175 }).answers).map(({ indicator, value }) => [indicator, value]),
  ).toEqual([
    ['sbp', 128],
    ['dbp', 78],
    ['weight', 70],
    ['height', 175],
  ]))
