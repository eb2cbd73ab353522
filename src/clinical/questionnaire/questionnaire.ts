import type { Compiled } from './expressions/index.ts'
import type { Coding, EnableOperator, Quantity, Questionnaire, Value } from './fhir.ts'
import type { Scoring } from './scoring.ts'
import type { Text } from './text.ts'

export type ItemType =
  | 'group'
  | 'display'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'string'
  | 'text'
  | 'url'
  | 'choice'
  | 'open-choice'
  | 'attachment'
  | 'reference'
  | 'quantity'

export interface Option {
  value: Value
  text: Text
  prefix?: string
  /** Points, by `itemWeight` or `ordinalValue`. */
  weight?: number
  /** Chosen, it stands alone: 以上都没有. */
  exclusive?: true
  initial?: true
}

export interface Condition {
  question: string
  operator: EnableOperator
  value: Value
}

export interface Constraint {
  key: string
  severity: 'error' | 'warning'
  human: Text
  expression: Compiled
}

export interface Variable {
  name: string
  expression: Compiled
}

/** One item, with everything it says compiled. */
export interface Item {
  linkId: string
  type: ItemType
  text: Text
  prefix?: string
  code: readonly Coding[]
  parent?: Item
  items: readonly Item[]
  /** Whether each answer to it is one of many; of a group, whether the group can be filled several times. */
  repeats: boolean
  required: boolean
  readOnly: boolean
  /** Never shown, but answered and kept in the response: a calculated part. */
  hidden: boolean
  control?: string
  displayCategory?: string
  orientation?: string
  entryFormat?: string
  options: readonly Option[]
  /** Type of the options: which `value[x]` a chosen one becomes. */
  optionType: 'Coding' | 'String' | 'Integer' | 'Date' | 'Time' | 'Reference'
  /** A value set that is not in the file: any coding is taken until somebody embeds it. */
  valueSet?: string
  units: readonly Quantity[]
  minOccurs?: number
  maxOccurs?: number
  minValue?: Value
  maxValue?: Value
  minLength?: number
  maxLength?: number
  maxDecimals?: number
  step?: number
  regex?: string
  initial: readonly Value[]
  conditions: readonly Condition[]
  behavior: 'all' | 'any'
  enabledBy?: Compiled
  calculated?: Compiled
  initialBy?: Compiled
  optionsBy?: Compiled
  textBy?: Compiled
  variables: readonly Variable[]
  constraints: readonly Constraint[]
  /** Within how many days an observation of the same code may stand for the answer. */
  observationDays?: number
  extracts: boolean
}

/** A questionnaire made ready to be filled in and scored. */
export interface Form {
  /** The resource it was read from; storing and exporting start here. */
  source: Questionnaire
  language: string
  title: Text
  items: readonly Item[]
  byLinkId: ReadonlyMap<string, Item>
  variables: readonly Variable[]
  constraints: readonly Constraint[]
  launchContext: readonly string[]
  scoring?: Scoring
  /** Items to look at again when an item's answer or its being asked changes. */
  dependents: ReadonlyMap<string, readonly Item[]>
  /** Items to look at again after any change. */
  wide: readonly Item[]
  /** Points of the coding of an option, by the coding itself. */
  weights: WeakMap<object, number>
}

/** Something the file asks for that this engine does not do. The rest of the form works. */
export interface Unsupported {
  linkId?: string
  what: string
  /** Where in the file: `item[2].item[0]`. */
  path: string
}

/** Something wrong with the file itself, to be mended before it is published. */
export type Problem =
  | { code: 'not-a-questionnaire' }
  | { code: 'no-link-id' | 'duplicate-link-id'; linkId: string; path: string }
  | { code: 'unknown-question'; linkId: string; question: string }
  | { code: 'unknown-variable'; linkId?: string; variable: string }
  | { code: 'cycle'; linkIds: string[] }
  | { code: 'bad-scoring'; reason: string }

export interface Reading {
  form: Form
  unsupported: Unsupported[]
  problems: Problem[]
  /** Value sets to be expanded and embedded before the choice can be offered. */
  toEmbed: { linkId: string; valueSet: string }[]
}

/** Every item below and including these, in the order of the page. */
export function* walk(items: readonly Item[]): Generator<Item> {
  for (const item of items) {
    yield item
    yield* walk(item.items)
  }
}

/** Repeating groups around an item (and the item itself, if it is one), outermost first. */
export function repeatingGroups(item: Item): Item[] {
  const found: Item[] = []
  for (let one: Item | undefined = item; one; one = one.parent)
    if (one.type === 'group' && one.repeats) found.unshift(one)
  return found
}
