/** The questionnaire that is asked, and the letter that brings it; both are content, in versions. */
export const QUESTIONNAIRE = 'visit-satisfaction'
export const TEMPLATE = 'visit-satisfaction'

export const SCORES = [5, 4, 3, 2, 1] as const
export type Score = (typeof SCORES)[number]
/** A score of at most this opens a complaint (S1-3). */
export const LOW = 2
/** From here on somebody is content. */
export const GOOD = 4

/** What is over: a visit of the record, or an appointment that was kept. */
export const VISIT_KINDS = ['encounter', 'appointment'] as const
export type VisitKind = (typeof VISIT_KINDS)[number]

export const CLASSES = [
  'outpatient',
  'inpatient',
  'emergency',
  'health-check',
  'home',
  'online',
  'appointment',
] as const
export type VisitClass = (typeof CLASSES)[number]

/** Why somebody was not asked about a visit. */
export const LEFT_OUT = [
  'recent',
  'same-time',
  'corrected',
  'in-hospital',
  'open-complaint',
  'open-alert',
  'no-way',
  'gone',
] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/** What a number on the page opens. */
export const FIGURES = ['asked', 'answered', 'good', 'low', 'complaints', 'left-out'] as const
export type FigureCode = (typeof FIGURES)[number]
