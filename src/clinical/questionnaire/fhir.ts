/** The parts of FHIR R4 that this engine reads and writes, as they stand in JSON. */

export interface Extension {
  url: string
  extension?: Extension[]
  [value: `value${string}`]: unknown
}

/** What stands beside a primitive: `_text` for `text`. */
export interface Beside {
  extension?: Extension[]
}

export interface Coding {
  system?: string
  version?: string
  code?: string
  display?: string
  _display?: Beside
  extension?: Extension[]
}

export interface Quantity {
  value?: number
  comparator?: string
  unit?: string
  system?: string
  code?: string
}

export interface Reference {
  reference?: string
  type?: string
  display?: string
}

export interface Attachment {
  contentType?: string
  url?: string
  data?: string
  size?: number
  title?: string
}

export interface Expression {
  language?: string
  expression?: string
  name?: string
  description?: string
}

export type EnableOperator = 'exists' | '=' | '!=' | '>' | '<' | '>=' | '<='

/** A member `value[x]` or `answer[x]`; exactly one of them is there. */
export interface Typed {
  [value: `value${string}`]: unknown
}

export interface EnableWhen {
  question: string
  operator: EnableOperator
  [answer: `answer${string}`]: unknown
}

export interface AnswerOption extends Typed {
  initialSelected?: boolean
  extension?: Extension[]
  _valueString?: Beside
}

export interface QuestionnaireItem {
  linkId: string
  definition?: string
  code?: Coding[]
  prefix?: string
  text?: string
  _text?: Beside
  _prefix?: Beside
  type: string
  enableWhen?: EnableWhen[]
  enableBehavior?: 'all' | 'any'
  required?: boolean
  repeats?: boolean
  readOnly?: boolean
  maxLength?: number
  answerValueSet?: string
  answerOption?: AnswerOption[]
  /** R5 only. */
  answerConstraint?: 'optionsOnly' | 'optionsOrType' | 'optionsOrString'
  initial?: Typed[]
  item?: QuestionnaireItem[]
  extension?: Extension[]
}

/** The resource as it is stored and exchanged. `scoring` is ours; `write` puts it into an extension. */
export interface Questionnaire {
  resourceType: 'Questionnaire'
  id?: string
  url?: string
  version?: string
  name?: string
  title?: string
  _title?: Beside
  status?: string
  language?: string
  description?: string
  _description?: Beside
  copyright?: string
  contained?: unknown[]
  extension?: Extension[]
  item?: QuestionnaireItem[]
  scoring?: unknown
  [other: string]: unknown
}

export interface ResponseAnswer extends Typed {
  item?: ResponseItem[]
}

export interface ResponseItem {
  linkId: string
  definition?: string
  text?: string
  answer?: ResponseAnswer[]
  item?: ResponseItem[]
}

export interface QuestionnaireResponse {
  resourceType: 'QuestionnaireResponse'
  id?: string
  questionnaire?: string
  status: 'in-progress' | 'completed' | 'amended' | 'entered-in-error' | 'stopped'
  language?: string
  authored?: string
  subject?: Reference
  item?: ResponseItem[]
}

/** One answer without its type; the item's type says which `value[x]` it becomes. Dates are ISO text. */
export type Value = boolean | number | string | Coding | Quantity | Reference | Attachment
