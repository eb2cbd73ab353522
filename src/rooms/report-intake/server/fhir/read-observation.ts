import { flagOf } from '../dialect.ts'
import type { IncomingInstant, IncomingResult, IncomingStatus } from '../incoming.ts'
import { readValue } from '../value-text.ts'
import { codeOf, readConcept } from './coding.ts'
import { listOf, objectOf, objectsOf, textOf } from './json.ts'
import type { JsonObject } from './json.ts'
import { readChoiceOfTime } from './time.ts'

/** FHIR observation-status and diagnostic-report-status. */
export const STATUS: Record<string, IncomingStatus> = {
  registered: 'preliminary',
  partial: 'preliminary',
  preliminary: 'preliminary',
  unknown: 'preliminary',
  final: 'final',
  amended: 'corrected',
  corrected: 'corrected',
  appended: 'corrected',
  cancelled: 'cancelled',
  'entered-in-error': 'cancelled',
}

const VALUES = [
  'valueQuantity',
  'valueCodeableConcept',
  'valueString',
  'valueBoolean',
  'valueInteger',
  'valueRange',
  'valueRatio',
  'valueSampledData',
  'valueTime',
  'valueDateTime',
  'valuePeriod',
]

/**
 * The results of an Observation: its own value, then one for each component, which bears the observation's name
 * as its panel. An observation without either is a result without value, one that only gathers members is none.
 */
export function readObservation(resource: JsonObject, sourceId: string, zone: string): IncomingResult[] {
  const observedAt = readChoiceOfTime(resource, 'effective', zone)
  const status = STATUS[textOf(resource.status)] ?? 'final'
  const components = objectsOf(resource.component)
  const results: IncomingResult[] = []
  const own = readPart(resource, { sourceId, status, observedAt })
  const comment = objectsOf(resource.note)
    .map((note) => textOf(note.text))
    .filter(Boolean)
    .join('\n')
  const isGathering = components.length > 0 || listOf(resource.hasMember).length > 0
  if (own.valueType !== '' || !isGathering) results.push(own)
  components.forEach((component, index) => {
    const part = readPart(component, { sourceId: `${sourceId}#${index}`, status, observedAt })
    results.push({ ...part, panelName: own.name })
  })
  const method = readConcept(resource.method).name
  for (const result of results) {
    if (method !== '') result.method = method
    if (comment !== '') result.comment = comment
  }
  return results
}

type Circumstances = { sourceId: string; status: IncomingStatus; observedAt: IncomingInstant | undefined }

/** An Observation or one of its components: they share code, value, range and interpretation. */
function readPart(part: JsonObject, { sourceId, status, observedAt }: Circumstances): IncomingResult {
  const { codes, name } = readConcept(part.code)
  const valueType = VALUES.find((key) => part[key] !== undefined) ?? ''
  const result: IncomingResult = {
    sequence: 0,
    sourceResultId: sourceId,
    codes,
    name,
    valueText: '',
    valueType,
    status,
  }
  setValue(result, part)
  const range = objectsOf(part.referenceRange).map(rangeText).find(Boolean)
  if (range) result.rangeText = range
  const sent = objectsOf(part.interpretation)
    .map((one) => codeOf(one) || readConcept(one).name)
    .filter(Boolean)
  const flag = sent.find((one) => one !== 'N') ?? sent[0]
  if (flag) result.flagText = flagOf(flag) ?? flag
  if (observedAt) result.observedAt = observedAt
  return result
}

function setValue(result: IncomingResult, part: JsonObject): void {
  const value = part[result.valueType]
  switch (result.valueType) {
    case '':
      result.absent = ABSENT[codeOf(part.dataAbsentReason)] ?? 'empty'
      return
    case 'valueQuantity': {
      const quantity = objectOf(value)
      result.valueText = textOf(quantity.comparator) + textOf(quantity.value)
      const unit = textOf(quantity.unit) || textOf(quantity.code)
      if (unit !== '') result.unit = unit
      break
    }
    case 'valueCodeableConcept': {
      const { codes, name } = readConcept(value)
      result.valueText = name
      if (codes.length > 0) result.valueCodes = codes
      return
    }
    case 'valueRange':
    case 'valuePeriod':
    case 'valueRatio':
    case 'valueSampledData':
      result.valueText = structuredText(result.valueType, objectOf(value))
      return
    default:
      result.valueText = textOf(value)
  }
  if (result.valueType !== 'valueDateTime' && result.valueType !== 'valueTime')
    Object.assign(result, readValue(result.valueText))
  if (result.valueType === 'valueString' && !result.quantity && result.valueText.length > LONG_TEXT)
    result.narrative = true
}

const LONG_TEXT = 40

// FHIR data-absent-reason; the rest says no more than that there is nothing.
const ABSENT: Record<string, IncomingResult['absent']> = {
  'not-performed': 'not-performed',
  'asked-declined': 'declined',
  error: 'unreadable',
  'not-a-number': 'unreadable',
  masked: 'unreadable',
}

function quantityText(value: unknown): string {
  const quantity = objectOf(value)
  return [textOf(quantity.comparator) + textOf(quantity.value), textOf(quantity.unit) || textOf(quantity.code)]
    .filter(Boolean)
    .join(' ')
}

function structuredText(type: string, value: JsonObject): string {
  if (type === 'valueRange') return `${quantityText(value.low)}-${quantityText(value.high)}`
  if (type === 'valuePeriod') return `${textOf(value.start)}/${textOf(value.end)}`
  if (type === 'valueRatio') return `${quantityText(value.numerator)}:${quantityText(value.denominator)}`
  return textOf(value.data)
}

/** The text of a range, or what its ends say: `3.9-6.1`, `<5.2`. */
function rangeText(range: JsonObject): string {
  const said = textOf(range.text)
  if (said !== '') return said
  const low = textOf(objectOf(range.low).value)
  const high = textOf(objectOf(range.high).value)
  if (low !== '' && high !== '') return `${low}-${high}`
  return low !== ''
    ? `>=${low}`
    : high !== ''
      ? `<=${high}`
      : listOf(range.appliesTo)
          .map((one) => readConcept(one).name)
          .join(' ')
}
