import { createHash } from 'node:crypto'
import { evaluate, type Evaluated, type Form, type Instrument } from '../../../clinical/instrument/core/instrument.ts'
import type { InputSpec } from '../../../clinical/instrument/core/input.ts'
import type { Refusal } from '../../../clinical/instrument/core/check.ts'
import { answerTo, findInput } from './collect.ts'
import type { Facts, UsedInput } from './facts.ts'
import { questionByCode, type MappedInstrument, type Mapping } from './mapping.ts'

/** What an instrument says about a person today, or what stands in the way of its saying anything. */
export type Judgement = {
  /** All that the record knows of what the taken form asks for. */
  used: UsedInput[]
  form: Form
  /** Questions about whom the instrument is made for, which nobody has answered. */
  openQuestions: string[]
} & (
  | { state: 'computed'; result: Evaluated; hash: string; missing: string[] }
  | { state: 'missing' | 'out-of-range'; refusal: Refusal }
  | { state: 'not-applicable'; because: NotMadeFor }
)

/** A question that is answered otherwise than the model asks, a sex, or a sentence of the instrument's card. */
export type NotMadeFor = { question: string; answer: boolean } | { sex: 'male' | 'female' } | { sentence: string }

/** Judges one instrument: whether it is made for this person, what the record gives it, and what it computes. */
export function judge({ instrument, mapping }: MappedInstrument, facts: Facts, today: string): Judgement {
  const find = finder(mapping, facts, today)
  const tried = formsOf(instrument, mapping).map((form) => tryForm(instrument, form, find))
  const best = tried.find((one) => one.state === 'computed') ?? tried.toSorted((a, b) => distance(a) - distance(b))[0]!
  const because = outside(mapping, facts, today)
  if (because) return { ...bare(best), state: 'not-applicable', because }
  const openQuestions = (mapping.only?.yes ?? []).filter((code) => !known(code, facts, today))
  if (openQuestions.length > 0 && best.state === 'computed')
    return { ...bare(best), openQuestions, state: 'missing', refusal: { missing: [], invalid: [], unknown: [] } }
  return { ...best, openQuestions }
}

function formsOf({ forms }: Instrument, mapping: Mapping): Form[] {
  return mapping.forms ? mapping.forms.flatMap((code) => forms.find((form) => form.code === code) ?? []) : forms
}

type Find = (input: string, spec: InputSpec) => UsedInput | undefined

/** Forms of one instrument ask for the same things; each is looked for once. */
function finder({ inputs }: Mapping, facts: Facts, today: string): Find {
  const known = new Map<string, UsedInput | undefined>()
  return (input, spec) => {
    const source = inputs[input]
    if (!source) return undefined
    const key = `${input} ${spec.kind === 'number' ? spec.unit : spec.kind}`
    if (!known.has(key)) {
      const found = findInput(source, spec, facts, today)
      known.set(key, found && { input, ...found })
    }
    return known.get(key)
  }
}

function tryForm(instrument: Instrument, form: Form, find: Find): Judgement {
  const used = Object.entries(form.inputs).flatMap(([input, spec]) => find(input, spec) ?? [])
  const base = { used, form, openQuestions: [] }
  const given = Object.fromEntries(used.map(({ input, value }) => [input, value]))
  const result = evaluate({ ...instrument, forms: [form] }, given)
  if (result.refused) {
    const { refused: refusal } = result
    if (refusal.notApplicable !== undefined)
      return { ...base, state: 'not-applicable', because: { sentence: refusal.notApplicable } }
    return { ...base, state: refusal.invalid.length > 0 ? 'out-of-range' : 'missing', refusal }
  }
  const missing = Object.keys(form.inputs).filter((input) => !Object.hasOwn(given, input))
  return { ...base, state: 'computed', result, missing, hash: hashOf(form.code, used) }
}

/** The facts of an evaluation, with their sources: the same value measured again is another fact. */
function hashOf(form: string, used: readonly UsedInput[]): string {
  const facts = used.map(({ input, value, ids, on }) => [input, value, ids, on ?? null])
  return createHash('sha256')
    .update(JSON.stringify([form, facts]))
    .digest('base64url')
}

function outside({ only, notWith = [] }: Mapping, facts: Facts, today: string): NotMadeFor | undefined {
  if (only?.sex && facts.sex !== only.sex) return { sex: only.sex }
  const answered = (codes: readonly string[], answer: boolean) =>
    codes.filter((code) => known(code, facts, today)?.value === answer).map((question) => ({ question, answer }))
  return [...answered(notWith, true), ...answered(only?.yes ?? [], false)][0]
}

function known(code: string, facts: Facts, today: string) {
  const question = questionByCode(code)
  return question && answerTo(question, facts, today)
}

function bare({ used, form, openQuestions }: Judgement) {
  return { used, form, openQuestions }
}

/** The form that a person is nearest to: it asks for the least more; one that does not apply comes last. */
function distance(judgement: Judgement): number {
  if (judgement.state === 'computed') return -1
  if (judgement.state === 'not-applicable') return 1000
  const { missing, invalid } = judgement.refusal
  return missing.length + invalid.length
}
