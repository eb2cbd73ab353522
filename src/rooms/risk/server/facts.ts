/** What the record knows of one person, as far as instruments ask. All of it stands today. */
export interface Facts {
  patientId: string
  sex: string
  birthDate: string
  /** The newest of each code first; only numbers without a comparator, and texts. */
  observations: readonly ObservedFact[]
  conditions: readonly { id: string; code: string; on: string }[]
  medications: readonly { id: string; name: string; on: string }[]
  families: readonly { id: string; relation: string; code: string; on: string }[]
  /** Asked, and there is none. */
  absences: readonly { id: string; about: string; on: string }[]
  /** The newest answer to each question. */
  answers: readonly AnsweredFact[]
}

export interface ObservedFact {
  id: string
  code: string
  value: number | null
  text: string | null
  unit: string | null
  method: string | null
  /** Calendar date of the organization. */
  on: string
}

export interface AnsweredFact {
  id: string
  question: string
  value: unknown
  by: string
  on: string
}

/** Where the value of an input is from. */
export type Origin = 'person' | 'observation' | 'condition' | 'medication' | 'family' | 'absence' | 'answer'

/** One input as it was used: the value in the instrument's own unit, where it is from, of which day. */
export interface UsedInput {
  input: string
  value: number | string | boolean
  unit?: string
  from: Origin
  ids: string[]
  on?: string
  /** How many readings it is the mean of. */
  count?: number
  by?: string
}
