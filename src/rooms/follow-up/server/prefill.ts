import { dateIn, daysBetween } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { latestOf, standingFacts } from '../../observation/server/index.ts'
import { derivedAnswers } from '../contract/derive.ts'
import { questionsOf, type Answer, type Answers, type FormDefinition, type MedicationLine } from '../contract/form.ts'

export interface Prefilled {
  value: Answer
  from: 'record' | 'last-visit' | 'medication' | 'worry' | 'computed'
  on: string | null
  source: string
}
export interface Former {
  value: Answer
  on: string | null
}

export interface LastVisit {
  actualOn: string
  answers: Answers
}

export interface Prefill {
  prefill: Record<string, Prefilled>
  former: Record<string, Former>
  lastTargets: Record<string, Former>
}

/**
 * What a form holds before anybody types, each with where it is from: recent measurements, habits as of the last visit,
 * the medication in the record. A measurement that is too old to count as today's is only shown beside its field.
 */
export async function prefillOf(
  ctx: ReadContext,
  form: FormDefinition,
  about: {
    patientId: string
    last: LastVisit | undefined
    mainWorry: string
    mainWorryOn: string | null
    medications: readonly MedicationRow[]
  },
): Promise<Prefill> {
  const questions = questionsOf(form)
  const codes = questions.flatMap((question) =>
    'indicator' in question && question.indicator ? [question.indicator] : [],
  )
  const latest = await latestOf(ctx, about.patientId, codes)
  const result: Prefill = { prefill: {}, former: {}, lastTargets: {} }
  for (const question of questions) {
    const { linkId } = question
    const observation = 'indicator' in question && question.indicator ? latest.get(question.indicator) : undefined
    if (observation && observation.value !== null && 'prefillDays' in question) {
      const on = dateIn(observation.effective_at, ctx.tenant.timeZone)
      const recent = question.prefillDays !== undefined && daysBetween(on, ctx.today) <= question.prefillDays
      if (recent) result.prefill[linkId] = { value: observation.value, from: 'record', on, source: observation.source }
      else result.former[linkId] = { value: observation.value, on }
    }
    const last = about.last?.answers[linkId]
    if (question.prefill === 'last-visit' && last !== undefined)
      result.prefill[linkId] = { value: last, from: 'last-visit', on: about.last!.actualOn, source: '' }
    if (question.prefill === 'medication' && about.medications.length > 0)
      result.prefill[linkId] = {
        value: about.medications.slice(0, 4).map(lineOf),
        from: 'medication',
        on: null,
        source: '',
      }
    if (question.prefill === 'worry' && about.mainWorry)
      result.prefill[linkId] = { value: about.mainWorry, from: 'worry', on: about.mainWorryOn, source: '' }
    const target = about.last?.answers[`${linkId}-target`]
    if (target !== undefined) {
      result.lastTargets[linkId] = { value: target, on: about.last!.actualOn }
      result.prefill[`${linkId}-target`] = { value: target, from: 'last-visit', on: about.last!.actualOn, source: '' }
    }
  }
  // Last, since it follows from what the others are filled with; a computed value of the record may be of another day.
  const filled = Object.fromEntries(Object.entries(result.prefill).map(([linkId, { value }]) => [linkId, value]))
  for (const [linkId, value] of Object.entries(derivedAnswers(form, filled)))
    if (value === undefined) delete result.prefill[linkId]
    else result.prefill[linkId] = { value, from: 'computed', on: null, source: '' }
  return result
}

export interface MedicationRow {
  name: string
  dose: string
  startedOn: string | null
}

function lineOf({ name, dose }: MedicationRow): MedicationLine {
  return { name, timesADay: null, dose }
}

const SHOWN_MOST = 20

/** What the person takes now, newest first. */
export async function findMedications(ctx: ReadContext, patientId: string): Promise<MedicationRow[]> {
  const { medications } = await standingFacts(ctx, patientId)
  const begun = ({ startedOn }: MedicationRow) => startedOn ?? ''
  return medications
    .filter(({ endedOn }) => endedOn === null || endedOn > ctx.today)
    .map(({ name, dose, startedOn }) => ({ name, dose, startedOn }))
    .toSorted((a, b) => (begun(b) > begun(a) ? 1 : begun(b) < begun(a) ? -1 : a.name < b.name ? -1 : 1))
    .slice(0, SHOWN_MOST)
}

export async function findAllergies(
  ctx: ReadContext,
  patientId: string,
): Promise<{ substance: string; reaction: string }[]> {
  const { allergies } = await standingFacts(ctx, patientId)
  return allergies
    .map(({ substance, reaction }) => ({ substance, reaction }))
    .toSorted((a, b) => (a.substance < b.substance ? -1 : 1))
    .slice(0, SHOWN_MOST)
}
