import type { Goal } from '../../contract/pathway.ts'
import type { Interval, ProtocolDefinition, Step } from '../../contract/protocol.ts'

/**
 * A pathway as FHIR R4 PlanDefinition and back. What FHIR has an element for stands there and is read from there; the rest
 * of ours travels in one extension per step and one for the whole, so that a round trip is equal, and is named.
 */
export const SYSTEM = 'urn:peiban:pathway'
const REST = `${SYSTEM}:rest`
const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation'
const CLINICAL = 'http://terminology.hl7.org/CodeSystem/plan-definition-type'

export type Json = { [key: string]: unknown }
interface Words {
  zh: string
  en: string
}

export interface Exported {
  resource: Json
  /** Paths of ours that FHIR has no element for; they travel in our own extension. */
  inExtension: string[]
}

export function toPlanDefinition(definition: ProtocolDefinition, version: number): Exported {
  const { code, name, goal, population, source, licence, steps, goals, ...rest } = definition
  const actions = steps.map((step) => toAction(step, steps))
  const resource: Json = {
    resourceType: 'PlanDefinition',
    url: `${SYSTEM}:${code}`,
    version: String(version),
    name: code,
    ...worded('title', name),
    type: { coding: [{ system: CLINICAL, code: 'clinical-protocol' }] },
    status: 'draft',
    ...worded('description', population),
    ...worded('purpose', goal),
    copyright: licence,
    relatedArtifact: [{ type: 'citation', citation: source }],
    extension: [{ url: REST, valueString: JSON.stringify(rest) }],
    ...(goals ? { goal: goals.map(toGoal) } : {}),
    action: actions.map(({ action }) => action),
  }
  const kept = Object.entries(rest).flatMap(([key, value]) => (value === undefined ? [] : [key]))
  return {
    resource,
    inExtension: [...kept, ...actions.flatMap(({ rest: own }, index) => own.map((key) => `steps[${index}].${key}`))],
  }
}

function toAction(step: Step, steps: readonly Step[]): { action: Json; rest: string[] } {
  const { code, name, goal, owner, form, first, questionnaire, kind, rank, ...others } = step
  const rest = questionnaire && form ? { ...others, form } : others
  const before = steps.filter((other) => other.next === code && other.code !== code)
  const canonical = questionnaire ?? form
  const action: Json = {
    id: code,
    ...worded('title', name),
    ...(goal ? worded('description', goal) : {}),
    code: [{ coding: [{ system: `${SYSTEM}:kind`, code: kind }] }],
    priority: ['stat', 'urgent', 'routine'][rank],
    ...(first ? { timingDuration: toDuration(first) } : {}),
    ...(before.length > 0 && step.after
      ? {
          relatedAction: before.map((other) => ({
            actionId: other.code,
            relationship: 'after-end',
            offsetDuration: toDuration(step.after!),
          })),
        }
      : {}),
    participant: [{ type: 'practitioner', role: { coding: [{ system: `${SYSTEM}:owner`, code: owner }] } }],
    ...(canonical ? { definitionCanonical: `${SYSTEM}:${questionnaire ? 'questionnaire' : 'form'}:${canonical}` } : {}),
    extension: [{ url: REST, valueString: JSON.stringify(rest) }],
  }
  return { action, rest: Object.entries(rest).flatMap(([key, value]) => (value === undefined ? [] : [key])) }
}

function toGoal({ code, name, measure, target, due, source, forPatient }: Goal): Json {
  const asked =
    'indicator' in measure ? measure.indicator.code : 'score' in measure ? measure.score.questionnaire : code
  return {
    id: code,
    description: { ...worded('text', name) },
    target: [
      {
        measure: { coding: [{ system: `${SYSTEM}:measure`, code: asked }] },
        ...(target ? { detailQuantity: { value: target.value, ...comparatorOf(target.op) } } : {}),
        ...(due ? { due: toDuration(due) } : {}),
      },
    ],
    ...(source ? { documentation: [{ type: 'citation', citation: source }] } : {}),
    extension: [{ url: REST, valueString: JSON.stringify({ measure, target, forPatient }) }],
  }
}

const comparatorOf = (op: string) => (op === '=' ? {} : { comparator: op })

/** A text with its English in the standard extension. */
function worded(field: string, { zh, en }: Words): Json {
  return {
    [field]: zh,
    [`_${field}`]: {
      extension: [
        {
          url: TRANSLATION,
          extension: [
            { url: 'lang', valueCode: 'en' },
            { url: 'content', valueString: en },
          ],
        },
      ],
    },
  }
}

function toDuration({ days, months }: Interval): Json {
  return months === undefined
    ? { value: days, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' }
    : { value: months, unit: 'mo', system: 'http://unitsofmeasure.org', code: 'mo' }
}

/** What our extension carries at an element; undefined at one that is not of ours. */
export function restOf(element: Json): Json | undefined {
  const own = listOf(element['extension']).find(({ url }) => url === REST)
  return typeof own?.['valueString'] === 'string' ? (JSON.parse(own['valueString']) as Json) : undefined
}

/** A text in both languages; one without a translation stands for both. */
export function wordsOf(element: Json, field: string): Words | undefined {
  const text = element[field]
  if (typeof text !== 'string' || text.trim() === '') return undefined
  const shadow = element[`_${field}`] as Json | undefined
  const translation = listOf(shadow?.['extension']).find(({ url }) => url === TRANSLATION)
  const content = listOf(translation?.['extension']).find(({ url }) => url === 'content')?.['valueString']
  return { zh: text, en: typeof content === 'string' ? content : text }
}

export const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
export const codeIn = (value: unknown): string | undefined => {
  const coding = listOf((value as Json | undefined)?.['coding'])[0]
  return typeof coding?.['code'] === 'string' ? coding['code'] : undefined
}

/** A FHIR Duration as days or months; undefined for what is not whole days, as hours. */
export function intervalOf(value: unknown): Interval | undefined {
  const { value: amount, code, unit } = (value ?? {}) as Json
  const one = String(code ?? unit ?? '')
  if (typeof amount !== 'number' || amount < 0) return undefined
  if (['mo', 'month', 'months'].includes(one))
    return Number.isInteger(amount) && amount > 0 ? { months: amount } : undefined
  if (['a', 'year', 'years'].includes(one))
    return Number.isInteger(amount * 12) && amount > 0 ? { months: amount * 12 } : undefined
  const days = ['wk', 'week', 'weeks'].includes(one) ? amount * 7 : ['d', 'day', 'days'].includes(one) ? amount : NaN
  return Number.isInteger(days) ? { days } : undefined
}
