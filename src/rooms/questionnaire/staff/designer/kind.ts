import {
  EXTENSION,
  type AnswerOption,
  type Coding,
  type QuestionnaireItem,
} from '../../../../clinical/questionnaire/index.ts'
import { itemsOf } from './draft.ts'
import { valueIn, withExtensions, withoutExtension } from './extension.ts'
import { newOption } from './option.ts'

/** The kinds of item that staff know; each is one or two FHIR types. `scale` = rows that share their options. */
export const KINDS = [
  'one',
  'several',
  'yes-no',
  'number',
  'text',
  'long-text',
  'date',
  'scale',
  'group',
  'display',
] as const
export type Kind = (typeof KINDS)[number]

/** Undefined for what the designer shows but does not make: times, files, references. */
export function kindOf(item: QuestionnaireItem): Kind | undefined {
  switch (item.type) {
    case 'choice':
    case 'open-choice':
    case 'coding':
      return item.repeats ? 'several' : 'one'
    case 'boolean':
      return 'yes-no'
    case 'integer':
    case 'decimal':
    case 'quantity':
      return 'number'
    case 'string':
      return 'text'
    case 'text':
      return 'long-text'
    case 'date':
      return 'date'
    case 'group':
      return isScale(item) ? 'scale' : 'group'
    case 'display':
      return 'display'
    default:
      return undefined
  }
}

const TABLES = new Set(['table', 'gtable', 'htable'])

export function isScale(item: QuestionnaireItem): boolean {
  const control = (valueIn(item, 'itemControl') as { coding?: { code?: string }[] } | undefined)?.coding?.[0]?.code
  return item.type === 'group' && TABLES.has(control ?? '')
}

const CONTROL_SYSTEM = 'http://hl7.org/fhir/questionnaire-item-control'

/** A new item of a kind, with what it cannot do without. `linkIds` gives the next free id each time it is asked. */
export function newItem(
  kind: Kind,
  linkIds: () => string,
  words: { option: (n: number) => string },
): QuestionnaireItem {
  const linkId = linkIds()
  const options = (): AnswerOption[] => [1, 2].map((n) => newOption(linkId, n, words.option(n)))
  switch (kind) {
    case 'one':
      return { linkId, type: 'choice', text: '', required: true, answerOption: options() }
    case 'several':
      return { linkId, type: 'choice', text: '', repeats: true, answerOption: options() }
    case 'yes-no':
      return { linkId, type: 'boolean', text: '', required: true }
    case 'number':
      return { linkId, type: 'decimal', text: '', required: true }
    case 'text':
      return { linkId, type: 'string', text: '', maxLength: 100 }
    case 'long-text':
      return { linkId, type: 'text', text: '', maxLength: 1000 }
    case 'date':
      return { linkId, type: 'date', text: '' }
    case 'display':
      return { linkId, type: 'display', text: '' }
    case 'group':
      return { linkId, type: 'group', text: '', item: [] }
    case 'scale': {
      const shared = [0, 1, 2, 3].map((points) => newOption(linkId, points + 1, words.option(points + 1), points))
      const rows = [1, 2].map((): QuestionnaireItem => ({
        linkId: linkIds(),
        type: 'choice',
        text: '',
        required: true,
        answerOption: shared,
      }))
      const item: QuestionnaireItem = { linkId, type: 'group', text: '', item: rows }
      return withExtensions(item, 'itemControl', [
        {
          url: EXTENSION.itemControl[0],
          valueCodeableConcept: { coding: [{ system: CONTROL_SYSTEM, code: 'gtable' }] },
        },
      ])
    }
  }
}

/** A further row of a scale, with the options of the others. */
export function newRow(scale: QuestionnaireItem, linkId: string): QuestionnaireItem {
  const answerOption = itemsOf(scale).find((row) => row.answerOption)?.answerOption ?? []
  return { linkId, type: 'choice', text: '', required: true, answerOption }
}

/** Kinds that an item may become without losing what was answered to it before: the rest is a new question. */
export function kindsFor(item: QuestionnaireItem): readonly Kind[] {
  const kind = kindOf(item)
  for (const family of [
    ['one', 'several'],
    ['text', 'long-text'],
    ['group', 'scale'],
  ] as const satisfies Kind[][])
    if (kind && (family as readonly Kind[]).includes(kind)) return family
  return kind ? [kind] : []
}

export function withKind(item: QuestionnaireItem, kind: Kind): QuestionnaireItem {
  switch (kind) {
    case 'one': {
      const { repeats: _gone, ...rest } = item
      return rest
    }
    case 'several':
      return { ...item, repeats: true }
    case 'text':
      return { ...item, type: 'string' }
    case 'long-text':
      return { ...item, type: 'text' }
    case 'group':
      return withoutExtension(item, 'itemControl')
    case 'scale':
      return withExtensions(item, 'itemControl', [
        {
          url: EXTENSION.itemControl[0],
          valueCodeableConcept: { coding: [{ system: CONTROL_SYSTEM, code: 'gtable' }] },
        },
      ])
    default:
      return item
  }
}

/** Whole numbers, decimals, or a number that carries its unit. */
export function withNumberType(item: QuestionnaireItem, type: 'integer' | 'decimal' | 'quantity'): QuestionnaireItem {
  if (item.type === type) return item
  const { minValue, maxValue } = { minValue: valueIn(item, 'minValue'), maxValue: valueIn(item, 'maxValue') }
  let next: QuestionnaireItem = { ...item, type }
  next = withLimit(next, 'minValue', numberOf(minValue))
  return withLimit(next, 'maxValue', numberOf(maxValue))
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : (value as { value?: number } | undefined)?.value

/** The limit in the type of the item; a date is ISO text. */
export function withLimit(
  item: QuestionnaireItem,
  name: 'minValue' | 'maxValue',
  limit: number | string | undefined,
): QuestionnaireItem {
  if (limit === undefined) return withoutExtension(item, name)
  const url = EXTENSION[name][0]
  if (item.type === 'integer') return withExtensions(item, name, [{ url, valueInteger: Math.round(Number(limit)) }])
  if (item.type === 'quantity')
    return withExtensions(item, name, [{ url, valueQuantity: { ...unitOf(item), value: limit } }])
  if (item.type === 'date') return withExtensions(item, name, [{ url, valueDate: limit }])
  return withExtensions(item, name, [{ url, valueDecimal: limit }])
}

export function limitOf(item: QuestionnaireItem, name: 'minValue' | 'maxValue'): number | string | undefined {
  const value = valueIn(item, name)
  return typeof value === 'string' ? value : numberOf(value)
}

const UCUM = 'http://unitsofmeasure.org'

/** What stands behind the number, as a quantity would say it. */
export function unitOf(item: QuestionnaireItem): { unit?: string; system?: string; code?: string } {
  const coding = (valueIn(item, 'unit') ?? valueIn(item, 'unitOption')) as Coding | undefined
  if (!coding) return {}
  return { unit: coding.display ?? coding.code, system: coding.system, code: coding.code }
}

/** A unit that the house writes as 毫克 stays 毫克; its code is what machines read. */
export function withUnit(item: QuestionnaireItem, display: string, code: string): QuestionnaireItem {
  if (display === '' && code === '') return withoutExtension(item, 'unit')
  const valueCoding = { ...(code ? { system: UCUM, code } : {}), ...(display ? { display } : {}) }
  return withExtensions(item, 'unit', [{ url: EXTENSION.unit[0], valueCoding }])
}
