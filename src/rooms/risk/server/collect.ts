import { ageOn } from '../../../platform/clock.ts'
import { convert } from '../../../clinical/index.ts'
import type { InputSpec } from '../../../clinical/instrument/core/input.ts'
import type { Facts, ObservedFact, UsedInput } from './facts.ts'
import { medicinesOf, questionByCode, type InputSource, type Question } from './mapping.ts'
import { addMonths } from './window.ts'

type Found = Omit<UsedInput, 'input'>

/** Readings at home and over the day are judged by other limits; models were made with those taken in the house. */
const ELSEWHERE = new Set(['home', 'ambulatory'])

/**
 * Finds one input in the record, in the unit that the instrument asks for. Nothing is filled in: what is not there, or
 * older than its window, is undefined.
 */
export function findInput(source: InputSource, spec: InputSpec, facts: Facts, today: string): Found | undefined {
  if ('person' in source) return ofPerson(source.person, spec, facts, today)
  if ('question' in source) {
    const question = questionByCode(source.question)
    return question && answerTo(question, facts, today)
  }
  const unit = spec.kind === 'number' ? spec.unit : undefined
  if ('pressure' in source) {
    const found = pressureOf(source, facts, today)
    return found && { ...found, ...(unit ? { unit } : {}), value: whole(found.value, spec) }
  }
  const newest = observed(facts, source.indicator, source.months, today)[0]
  if (!newest) return undefined
  const value = inUnit(source.indicator, newest.value!, unit)
  return value === undefined
    ? undefined
    : { value: whole(value, spec), ...(unit ? { unit } : {}), from: 'observation', ids: [newest.id], on: newest.on }
}

function ofPerson(asked: 'age' | 'sex', spec: InputSpec, facts: Facts, today: string): Found | undefined {
  if (asked === 'age')
    return { value: ageOn(facts.birthDate, today), unit: 'a', from: 'person', ids: [], on: facts.birthDate }
  const isOffered = spec.kind === 'choice' && spec.of.includes(facts.sex)
  return isOffered ? { value: facts.sex, from: 'person', ids: [] } : undefined
}

function observed(facts: Facts, code: string, months: number, today: string): ObservedFact[] {
  const since = addMonths(today, -months)
  return facts.observations.filter((one) => one.code === code && one.value !== null && one.on >= since)
}

/** The mean of two or more readings of the newest day in the house, or the single one. */
function pressureOf(
  { pressure, months }: { pressure: string; months: number },
  facts: Facts,
  today: string,
): (Found & { value: number }) | undefined {
  const inHouse = observed(facts, pressure, months, today).filter((one) => !ELSEWHERE.has(one.method ?? ''))
  const [newest] = inHouse
  if (!newest) return undefined
  const ofDay = inHouse.filter((one) => one.on === newest.on)
  const mean = ofDay.reduce((sum, one) => sum + one.value!, 0) / ofDay.length
  return { value: mean, from: 'observation', ids: ofDay.map((one) => one.id), on: newest.on, count: ofDay.length }
}

/** From the indicator's own unit, which the record keeps, to the one that the instrument asks for. */
function inUnit(code: string, value: number, unit: string | undefined): number | undefined {
  if (unit === undefined) return value
  const own = ownPerUnit(code, unit)
  return own === undefined ? undefined : own === 1 ? value : Number((value / own).toPrecision(12))
}

/** Reading a unit takes longer than all the rest of an assessment, and there are few. */
const factors = new Map<string, number | undefined>()

function ownPerUnit(code: string, unit: string): number | undefined {
  const key = `${code} ${unit}`
  if (!factors.has(key)) {
    const one = convert(code, 1, unit)
    factors.set(key, 'problem' in one ? undefined : one.value)
  }
  return factors.get(key)
}

function whole(value: number, spec: InputSpec): number {
  return spec.kind === 'number' && spec.integer ? Math.round(value) : value
}

/**
 * What the record says to a question: a fact that means yes, the newer of an observation and an answer, or that somebody
 * asked and there is none. Silence of the record is no answer.
 */
export function answerTo(question: Question, facts: Facts, today: string): Found | undefined {
  const answered = facts.answers.find((one) => one.question === question.code)
  const stands = answered && (!question.answerMonths || answered.on >= addMonths(today, -question.answerMonths))
  const answer: Found | undefined = stands
    ? {
        value: answered.value as Found['value'],
        from: 'answer',
        ids: [answered.id],
        on: answered.on,
        by: answered.by,
      }
    : undefined
  const seen = seenIn(question, facts, today)
  return (
    yesIn(question, facts) ??
    (seen && answer && answer.on! > seen.on! ? answer : (seen ?? answer)) ??
    noIn(question, facts)
  )
}

function yesIn(question: Question, facts: Facts): Found | undefined {
  const startsWith = (codes: readonly string[], code: string) => codes.some((prefix) => code.startsWith(prefix))
  const { condition, medicine, family } = question
  const ill = condition && facts.conditions.find(({ code }) => startsWith(condition, code))
  if (ill) return { value: true, from: 'condition', ids: [ill.id], on: ill.on }
  const parts = medicine ? medicinesOf(medicine) : []
  const taken = facts.medications.find(({ name }) => parts.some((part) => name.toLowerCase().includes(part)))
  if (taken) return { value: true, from: 'medication', ids: [taken.id], on: taken.on }
  const relative =
    family &&
    facts.families.find(({ relation, code }) => family.relations.includes(relation) && startsWith(family.codes, code))
  return relative && { value: true, from: 'family', ids: [relative.id], on: relative.on }
}

function seenIn({ observation }: Question, facts: Facts, today: string): Found | undefined {
  if (!observation) return undefined
  const since = addMonths(today, -observation.months)
  const newest = facts.observations.find(
    ({ code, on, text }) => code === observation.code && on >= since && text !== null,
  )
  if (!newest) return undefined
  const value = observation.yes.includes(newest.text!)
    ? true
    : observation.no.includes(newest.text!)
      ? false
      : undefined
  return value === undefined ? undefined : { value, from: 'observation', ids: [newest.id], on: newest.on }
}

const ABOUT = { condition: 'condition', medicine: 'medication', family: 'family-history' } as const

function noIn(question: Question, facts: Facts): Found | undefined {
  const about = (Object.keys(ABOUT) as (keyof typeof ABOUT)[]).flatMap((key) => (question[key] ? [ABOUT[key]] : []))
  const none = facts.absences.find((one) => (about as string[]).includes(one.about))
  return none && { value: false, from: 'absence', ids: [none.id], on: none.on }
}
