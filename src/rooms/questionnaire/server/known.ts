import {
  askedPlaces,
  knownAnswer,
  open,
  walk,
  type Coding,
  type Form,
  type Item,
  type Known,
  type State,
  type Value,
} from '../../../clinical/questionnaire/index.ts'
import { convert, indicatorByCode, resolveIndicator } from '../../../clinical/index.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { latestOf, type ObservationRow } from '../../observation/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import words from '../content/words.json' with { type: 'json' }
import { findRecordFacts, RECORD_CODES, type RecordCode, type RecordFact } from './known-store.ts'

const LOINC = 'http://loinc.org'
/** Our own codes: an indicator or a habit of the record, and what it tells in words. */
const OURS = 'urn:peiban:indicator'
const RECORD = 'urn:peiban:record'
/** An answer of this age would still have spared a question that the form does not link to the record. */
const STILL_FRESH_DAYS = 365

/** What the record answers of a form, by linkId; what a page opens it with. */
export interface KnownAnswers {
  answers: Record<string, readonly Value[]>
  answeredOn: Record<string, string>
  /** Questions whose answer is on file, whether or not the form is linked to it. */
  onFile: ReadonlySet<string>
}

export const NOTHING_KNOWN: KnownAnswers = { answers: {}, answeredOn: {}, onFile: new Set() }

/** What the record knows of what a form asks, at this moment. Who may see it is the caller's business. */
export async function knownOf(ctx: ReadContext, form: Form, patientId: string | null): Promise<KnownAnswers> {
  if (patientId === null) return NOTHING_KNOWN
  const items = [...walk(form.items)].filter(({ type }) => type !== 'group' && type !== 'display')
  const codes = new Map(items.flatMap((item) => indicatorOf(item) ?? []).map((code) => [code, code]))
  const values = await latestOf(ctx, patientId, [...codes.keys()])
  const wanted = new Set(items.flatMap((item) => recordCodeOf(item) ?? []))
  const facts = wanted.size > 0 ? await findRecordFacts(ctx.db, ctx.organizationId, patientId, ctx.tenant.timeZone) : []
  const known: Known = {
    today: ctx.today,
    now: ctx.clock.now().toISOString(),
    context: form.launchContext.includes('patient') ? { patient: await patientResource(ctx, patientId) } : {},
    observations: items.flatMap((item) => observationFor(item, values, ctx.tenant.timeZone) ?? []),
    ...fromFacts(items, facts, ctx.tenant.locale === 'en' ? 'en' : 'zh'),
  }
  return { ...takenOver(form, known), onFile: onFileOf(items, known) }
}

/** Runs the form's own rules over what is known, and keeps by linkId what they filled in. */
function takenOver(form: Form, known: Known): Pick<KnownAnswers, 'answers' | 'answeredOn'> {
  const state = open(form, { known })
  const places = state.places.filter(({ key, copies }) => copies.length === 0 && state.prefilled.has(key))
  const answers = places.map(({ key, item }) => [item.linkId, [...state.answers.get(key)!]] as const)
  const dated = places.flatMap(({ item }) => {
    const on = knownAnswer(item, known)?.on
    return on ? [[item.linkId, on] as const] : []
  })
  return { answers: Object.fromEntries(answers), answeredOn: Object.fromEntries(dated) }
}

function onFileOf(items: readonly Item[], known: Known): Set<string> {
  const asLinked = (item: Item): Item => ({ ...item, observationDays: item.observationDays ?? STILL_FRESH_DAYS })
  return new Set(items.filter((item) => knownAnswer(asLinked(item), known)).map(({ linkId }) => linkId))
}

/** Whether the record may be shown to whoever fills in: the person themselves, and colleagues who may read it. */
export const showsKnown = ({ actor }: Pick<ReadContext, 'actor'>): boolean =>
  actor.kind !== 'staff' || actor.permissions.has('record.read')

/**
 * How many questions were spared because the record answered them, and how many were asked although it would have:
 * because the form is not linked to it, or because whoever asked may not read the record. The second is to be 0.
 */
export function countAsked(
  state: State,
  known: KnownAnswers,
  isShown: boolean,
): { knownCount: number; askedAgain: number } {
  const asked = askedPlaces(state).map(({ item }) => item.linkId)
  const spared = asked.filter((linkId) => isShown && linkId in known.answers)
  const onFile = asked.filter((linkId) => known.onFile.has(linkId) || linkId in known.answers)
  return { knownCount: spared.length, askedAgain: onFile.length - spared.length }
}

/** The indicator or habit of the record that an item asks for; a code that only may mean it is none. */
export function indicatorOf({ code }: Item): string | undefined {
  for (const one of code) {
    if (one.system === OURS && one.code) return one.code
    const found = one.system === LOINC && one.code ? resolveIndicator({ loinc: one.code }) : undefined
    if (found?.confidence === 'sure') return found.code
  }
  return undefined
}

function recordCodeOf({ code }: Item): RecordCode | undefined {
  return RECORD_CODES.find((about) => code.some((one) => one.system === RECORD && one.code === about))
}

function observationFor(item: Item, values: ReadonlyMap<string, ObservationRow>, timeZone: string) {
  const row = values.get(indicatorOf(item) ?? '')
  const value = row && valueFor(item, row)
  return value === undefined ? undefined : { code: item.code, on: dateIn(row!.effective_at, timeZone), value }
}

/** The value as the question wants it; undefined where it is no exact number or stands in another unit. */
function valueFor(item: Item, row: ObservationRow): Value | undefined {
  if (row.value === null)
    return row.value_text === null ? undefined : isChoice(item) ? ({ code: row.value_text } as Coding) : row.value_text
  if (row.comparator !== null || isChoice(item)) return row.comparator ? undefined : row.value
  const [unit] = item.units
  if (unit?.code && unit.code !== row.unit && !isSameUnit(row.code, unit.code)) return undefined
  return item.type === 'quantity' ? { ...unit, value: row.value } : row.value
}

const isChoice = ({ type }: Item) => type === 'choice' || type === 'open-choice'

/** Whether a value in this unit is the same number in the indicator's own: `mm[Hg]` written as `mmHg`. */
export function isSameUnit(code: string, unit: string): boolean {
  const indicator = indicatorByCode(code)
  const converted = indicator?.kind === 'number' ? convert(code, 1, unit) : undefined
  return converted !== undefined && 'value' in converted && converted.value === 1
}

function fromFacts(items: readonly Item[], facts: readonly RecordFact[], language: 'zh' | 'en') {
  const answers: Record<string, Value> = {}
  const answeredOn: Record<string, string> = {}
  for (const item of items) {
    const about = recordCodeOf(item)
    const mine = facts.filter((fact) => fact.about === about)
    if (!about || mine.length === 0 || (item.type !== 'text' && item.type !== 'string')) continue
    const texts = [...new Set(mine.flatMap(({ text }) => text ?? []))]
    const text = texts.join(words.separator[language]) || words.none[language]
    answers[item.linkId] = item.maxLength ? text.slice(0, item.maxLength) : text
    answeredOn[item.linkId] = mine.reduce((latest, { on }) => (on > latest ? on : latest), '')
  }
  return { answers, answeredOn }
}

/** FHIR Patient, as far as forms ask: nothing by which somebody is found. */
async function patientResource(ctx: ReadContext, patientId: string) {
  const patient = await patientSummary(ctx, patientId)
  if (!patient) return null
  return {
    resourceType: 'Patient',
    ...(patient.birthDate ? { birthDate: patient.birthDate } : {}),
    ...(patient.sex === 'male' || patient.sex === 'female' ? { gender: patient.sex } : {}),
    name: [{ text: patient.name }],
  }
}
