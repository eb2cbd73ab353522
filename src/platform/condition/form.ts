import type { ReadContext } from '../context/context.ts'
import type { Bilingual, Locale } from '../contract/words.ts'
import type { SentenceWords } from './fact.ts'

/** How the kinds of a room are asked and told on pages (`server/fact-forms.ts`); beside it everything follows from the tests. */
export interface FactForms {
  /** By the code of the kind. Names stand in the room's texts: `ask.<kind>.name`, and each field's under its own name. */
  kinds: Readonly<Record<string, KindHints>>
  /** Lists of what fields may name, by the name that `FieldHints.from` gives them. */
  choices?: Readonly<Record<string, ChoiceList>>
  /** Facts in words, by the `kind` that stands in the fact. */
  tells?: Readonly<Record<string, FactTeller>>
}

/** The headings under which kinds are offered, in this order; names stand in the platform's texts. */
export const FACT_GROUPS = ['person', 'measured', 'illness', 'visits', 'care', 'answers', 'messages', 'dates'] as const
export type FactGroup = (typeof FACT_GROUPS)[number]

export interface KindHints {
  group: FactGroup
  /** By field; of a field within a field `begun.op`. */
  fields?: Readonly<Record<string, FieldHints>>
  /** Fields of which at least one is said. */
  needs?: readonly (readonly string[])[]
  /** What a new question begins with, where more than the required fields is most often meant. */
  start?: Readonly<Record<string, unknown>>
}

export interface FieldHints {
  /** Where the names of its values stand in the room's texts: `says.state`. */
  words?: string
  /** The list of what may be named. */
  from?: string
  /** Fields whose values the list depends on. */
  of?: readonly string[]
  /** What is not on the list may be typed as well. */
  isFree?: boolean
  when?: { field: string; is: readonly string[] }
  /** Left to who writes the JSON. */
  isHidden?: boolean
}

export type ChoiceList = (
  ctx: ReadContext,
  of: readonly string[],
) => Promise<readonly OfferedChoice[]> | readonly OfferedChoice[]

export interface OfferedChoice {
  code: string
  name: Bilingual
  group?: Bilingual
  /** Words it is found by beside its name and code: short names, names as laboratories print them. */
  words?: readonly string[]
  /** Units that its values may be typed in, its own first. */
  units?: readonly { name: string; factor: number; offset: number }[]
}

/** A fact as the SQL of its kind writes it (jsonb). */
export type Fact = Readonly<Record<string, unknown>> & { readonly kind: string }

export interface FactTeller {
  /** The kind that knows the names of codes: the fact's `code` and `id` are learnt. */
  names?: string
  tell: (fact: Fact, words: SentenceWords) => Told
}

export interface Told {
  what: string
  value?: string | undefined
  source?: string | undefined
  /** Of the patient's page: `tab=indicators&code=sbp`. */
  to?: string | undefined
  sourceTo?: string | undefined
}

/** Text in both languages by one function. */
export function inBoth(say: (locale: Locale) => string): Bilingual {
  return { zh: say('zh-CN'), en: say('en') }
}
