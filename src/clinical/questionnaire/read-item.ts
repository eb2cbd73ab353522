import {
  codeExtension,
  extensionValue,
  extensionsOf,
  list,
  numberExtension,
  textExtension,
  unknownExtensions,
  valueOf,
} from './extension.ts'
import type { EnableWhen, Quantity, QuestionnaireItem, Value } from './fhir.ts'
import type { Condition, Item, ItemType, Problem, Reading } from './questionnaire.ts'
import { firstExpression, readConstraints, readVariables } from './read-expression.ts'
import { readOptions } from './read-option.ts'
import { readText } from './text.ts'
import type { Lookup } from './value-set.ts'

/** What reading the items of one file shares. */
export interface Reader {
  lookup: Lookup
  weights: WeakMap<object, number>
  byLinkId: Map<string, Item>
  unsupported: Reading['unsupported']
  problems: Problem[]
  toEmbed: Reading['toEmbed']
}

const TYPES = new Set<ItemType>([
  'group',
  'display',
  'boolean',
  'decimal',
  'integer',
  'date',
  'dateTime',
  'time',
  'string',
  'text',
  'url',
  'choice',
  'open-choice',
  'attachment',
  'reference',
  'quantity',
])

export function readItems(raw: unknown, reader: Reader, path: string, parent?: Item): Item[] {
  return list(raw as QuestionnaireItem[]).flatMap((one, i) => {
    const at = `${path}[${i}]`
    if (typeof one !== 'object' || one === null) return []
    return [readItem(one, reader, at, parent)]
  })
}

function readItem(raw: QuestionnaireItem, reader: Reader, path: string, parent?: Item): Item {
  const linkId = uniqueLinkId(raw, reader, path)
  const name = (what: string) => void reader.unsupported.push({ linkId, what, path })
  const type = typeOf(raw, name)
  const options = readOptions(raw, reader.lookup, reader.weights)
  if (options.valueSet) {
    reader.toEmbed.push({ linkId, valueSet: options.valueSet })
    name(`answerValueSet ${options.valueSet}`)
  }
  const item: Item = {
    linkId,
    type,
    text: readText(raw.text, raw._text),
    prefix: raw.prefix,
    code: list(raw.code),
    parent,
    items: [],
    repeats: raw.repeats === true,
    required: raw.required === true,
    readOnly: raw.readOnly === true,
    ...options,
    ...presentation(raw),
    ...limits(raw, name),
    units: unitsOf(raw),
    initial: list(raw.initial).flatMap((one) => (valueOf(one) as Value | undefined) ?? []),
    conditions: list(raw.enableWhen).flatMap((one) => condition(one) ?? []),
    behavior: raw.enableBehavior === 'all' ? 'all' : 'any',
    enabledBy: firstExpression(raw, 'enableWhenExpression', name),
    calculated: firstExpression(raw, 'calculatedExpression', name),
    initialBy: firstExpression(raw, 'initialExpression', name),
    optionsBy: firstExpression(raw, 'answerExpression', name),
    textBy: firstExpression(raw._text, 'textExpression', name),
    variables: readVariables(raw, name),
    constraints: readConstraints(raw, name),
    observationDays: periodDays(extensionValue(raw, 'observationLinkPeriod')),
    extracts: extensionValue(raw, 'observationExtract') === true,
  }
  for (const url of unknownExtensions(raw)) name(`extension ${url}`)
  for (const option of list(raw.answerOption))
    for (const url of unknownExtensions(option)) name(`option extension ${url}`)
  reader.byLinkId.set(linkId, item)
  item.items = readItems(raw.item, reader, `${path}.item`, item)
  if (item.repeats && type !== 'group' && item.items.length > 0)
    name('questions below each of several answers: asked once')
  return item
}

function uniqueLinkId(raw: QuestionnaireItem, reader: Reader, path: string): string {
  const given = typeof raw.linkId === 'string' && raw.linkId !== '' ? raw.linkId : undefined
  if (given === undefined) reader.problems.push({ code: 'no-link-id', linkId: path, path })
  let linkId = given ?? path
  if (reader.byLinkId.has(linkId)) reader.problems.push({ code: 'duplicate-link-id', linkId, path })
  for (let n = 2; reader.byLinkId.has(linkId); n++) linkId = `${given ?? path}~${n}`
  return linkId
}

function typeOf(raw: QuestionnaireItem, name: (what: string) => void): ItemType {
  if (raw.type === 'coding')
    return raw.answerConstraint && raw.answerConstraint !== 'optionsOnly' ? 'open-choice' : 'choice'
  // R5 gives options to a string or a number; R4 calls that a choice.
  if (raw.answerOption && ['string', 'text', 'integer', 'date', 'time'].includes(raw.type))
    return raw.answerConstraint && raw.answerConstraint !== 'optionsOnly' ? 'open-choice' : 'choice'
  if (TYPES.has(raw.type as ItemType)) return raw.type as ItemType
  name(`item type ${raw.type ?? '(none)'}`)
  return list(raw.item).length > 0 ? 'group' : 'display'
}

const presentation = (raw: QuestionnaireItem) => ({
  hidden: extensionValue(raw, 'hidden') === true,
  control: codeExtension(raw, 'itemControl'),
  displayCategory: codeExtension(raw, 'displayCategory'),
  orientation: codeExtension(raw, 'choiceOrientation'),
  entryFormat: textExtension(raw, 'entryFormat'),
  step: numberExtension(raw, 'sliderStepValue'),
})

function limits(raw: QuestionnaireItem, name: (what: string) => void) {
  for (const limit of ['minValue', 'maxValue'] as const)
    if (extensionsOf(raw, limit).some((one) => valueOf(one) === undefined)) name(`${limit} that is not a plain value`)
  return {
    minOccurs: numberExtension(raw, 'minOccurs'),
    maxOccurs: numberExtension(raw, 'maxOccurs'),
    minValue: extensionValue(raw, 'minValue') as Value | undefined,
    maxValue: extensionValue(raw, 'maxValue') as Value | undefined,
    minLength: numberExtension(raw, 'minLength'),
    maxLength: typeof raw.maxLength === 'number' ? raw.maxLength : undefined,
    maxDecimals: numberExtension(raw, 'maxDecimalPlaces'),
    regex: textExtension(raw, 'regex'),
  }
}

const unitsOf = (raw: QuestionnaireItem): Quantity[] =>
  [...extensionsOf(raw, 'unit'), ...extensionsOf(raw, 'unitOption')].flatMap((one) => {
    const coding = valueOf(one) as { system?: string; code?: string; display?: string } | undefined
    return coding?.code || coding?.display
      ? [{ unit: coding.display ?? coding.code, system: coding.system, code: coding.code }]
      : []
  })

function condition(raw: EnableWhen): Condition | undefined {
  const value = valueOf(raw, 'answer') as Value | undefined
  return value === undefined ? undefined : { question: raw.question, operator: raw.operator, value }
}

const UNIT_DAYS: Record<string, number> = { a: 365.25, mo: 30.4375, wk: 7, d: 1, h: 1 / 24 }

function periodDays(value: unknown): number | undefined {
  const { value: amount, code, unit } = (value ?? {}) as Quantity
  const days = UNIT_DAYS[code ?? unit ?? '']
  return amount === undefined || days === undefined ? undefined : amount * days
}
