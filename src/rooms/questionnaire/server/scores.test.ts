import { expect, test } from 'vitest'
import type { ScoreView } from '../contract/words.ts'
import { forPatient } from './scores.ts'

const score: ScoreView = {
  code: 'total',
  name: { zh: '总分', en: 'Total' },
  value: 9,
  unit: null,
  band: 'moderate',
  bandText: { zh: '中等', en: 'Moderate' },
  advice: { zh: '多走走', en: 'Walk more' },
  tone: 'watch',
  forStaff: { zh: '给同事看', en: 'For colleagues' },
  missing: [],
}

test.each([
  ['constitution-33', 'ordinary', true],
  ['ipaq-sf', 'ordinary', true],
  ['satisfaction-of-a-clinic', 'ordinary', true],
  ['phq-9', 'mental', false],
  ['psqi', 'mental', false],
  // Their cards ask for a clinician, by themselves or by the form that is asked.
  ['findrisc', 'ordinary', false],
  ['china-diabetes-risk-score', 'ordinary', false],
  ['mmrc', 'ordinary', false],
] as const)('%s (%s) is told at once: %s', (code, sensitivity, isTold) =>
  expect(forPatient({ code, sensitivity }, [score])).toEqual(isTold ? [{ ...score, tone: null, forStaff: null }] : []),
)
