/** What the drawn facts and the drawn conditions have in common, so that they meet. */
export const INDICATORS = ['sbp', 'dbp', 'fpg', 'ldl', 'bmi']
export const TAGS = ['probe-a', 'probe-b', 'probe-c']
export const TEMPLATES = ['report-ready', 'care-note']
export const INSTRUMENTS = [
  { code: 'findrisc', bands: ['low', 'high'] },
  { code: 'osta', bands: ['low', 'high'] },
]
export const QUESTIONNAIRES = [
  { code: 'probe-form', score: 'sum', bands: ['low', 'high'], question: 'choice', sensitivity: 'ordinary' },
  { code: 'probe-scale', score: 'sum', bands: ['mild', 'severe'], question: 'choice', sensitivity: 'mental' },
] as const
export const SEGMENTS = ['01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-00000000000b']
export const PROTOCOLS = ['probe-plan', 'probe-other']
