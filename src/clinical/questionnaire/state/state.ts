import type { Coding, Value } from '../fhir.ts'
import type { Form } from '../questionnaire.ts'
import type { Place } from './layout.ts'

/** A measurement or answer the record already holds. `on` is a calendar date. */
export interface KnownObservation {
  code: readonly Coding[]
  on: string
  value: Value
}

/** What is known before the first question. Clock and record are handed in; nothing is fetched. */
export interface Known {
  /** `YYYY-MM-DD` where the person lives. */
  today: string
  /** ISO instant; midnight of `today` when left out. */
  now?: string
  /** Resources by the names of the form's launch context: `patient`, `user`, `encounter`. */
  context?: Readonly<Record<string, unknown>>
  /** Answers taken over from the record, by linkId. */
  answers?: Readonly<Record<string, Value | readonly Value[]>>
  /** Since when: calendar dates of `answers`, by linkId. */
  answeredOn?: Readonly<Record<string, string>>
  observations?: readonly KnownObservation[]
}

/** A questionnaire being filled in. Never changed: each step gives the next state. */
export interface State {
  readonly form: Form
  readonly language: string
  readonly known: Known
  /** Copies of repeating groups; absent means as many as at first. */
  readonly counts: ReadonlyMap<string, number>
  readonly places: readonly Place[]
  readonly answers: ReadonlyMap<string, readonly Value[]>
  /** Keys of what is asked. Answers to the rest are kept here, should it be asked again, and leave the response. */
  readonly enabled: ReadonlySet<string>
  /** Calculated items that a person has written over. */
  readonly edited: ReadonlySet<string>
  /** Answered from the record and not touched since: to be confirmed, not asked. */
  readonly prefilled: ReadonlySet<string>
  /** Items whose rules never came to rest; empty in a sound form. */
  readonly unsettled: readonly string[]
}
