import {
  convert,
  flag as flagOf,
  indicatorByCode,
  isPlausible,
  referenceFor,
  type NumberIndicator,
} from '../../../clinical/index.ts'
import {
  toObservations,
  type Coding,
  type Extracted,
  type Quantity,
  type State,
} from '../../../clinical/questionnaire/index.ts'
import { Problem } from '../../../platform/contract/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import {
  correctObservation,
  recordObservations,
  retractFact,
  type NewObservation,
} from '../../observation/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { findExtracted, insertExtracted, type ExtractedRow } from './extract-store.ts'
import { indicatorOf } from './known.ts'

export interface Answers {
  responseId: string
  patientId: string
  state: State
  /** The version these answers correct. */
  corrects?: string
  because?: string
}

type Value = Omit<NewObservation, 'id' | 'patientId'>
type Reading = Value & { place: string }

/**
 * Answers that the form marks for it become observations of the record, in the transaction of the answers: whatever is
 * handed in twice is recorded once. A correction supersedes what its former version gave, value by value; what somebody
 * has corrected in the record itself meanwhile stays.
 */
export async function extractObservations(ctx: WriteContext, answers: Answers): Promise<void> {
  const readings = await readingsOf(ctx, answers)
  const before = answers.corrects ? await findExtracted(ctx.db, ctx.organizationId, answers.corrects) : []
  const kept: ExtractedRow[] = []
  const fresh: (NewObservation & { place: string })[] = []
  for (const { place, ...reading } of readings) {
    const former = before.find((one) => one.place === place && one.code === reading.code)
    if (!former) fresh.push({ ...reading, place, id: ctx.ids.next(), patientId: answers.patientId })
    else
      kept.push({
        place,
        code: reading.code,
        observation_id: isSame(former, reading)
          ? former.observation_id
          : await replaceBy(ctx, answers, former, reading),
      })
  }
  const gone = before.filter(({ place, code }) => !readings.some((one) => one.place === place && one.code === code))
  // The same as the record has by now is no news: the former answer may have come from there.
  for (const former of gone)
    if (!isStillSaid(answers.state, former)) await unlessEnded(() => withdraw(ctx, answers, former))
    else kept.push(former)
  if (fresh.length > 0)
    await recordObservations(
      ctx,
      fresh.map(({ place: _place, ...row }) => row),
    )
  await insertExtracted(ctx.tx, ctx.organizationId, answers.responseId, [
    ...kept,
    ...fresh.map(({ place, code, id }) => ({ place, code, observation_id: id })),
  ])
}

const isSame = (former: ExtractedRow, now: Value) =>
  former.value === (now.value ?? null) && former.value_text === (now.valueText ?? null)

/** Asked and answered as before, only not as something new. */
const isStillSaid = (state: State, { place, value, value_text }: ExtractedRow) => {
  const [answer] = state.enabled.has(place) ? (state.answers.get(place) ?? []) : []
  return answer !== undefined && (numberOf(answer) === value || codeOf(answer) === value_text)
}

async function replaceBy(ctx: WriteContext, answers: Answers, former: ExtractedRow, corrected: Value): Promise<string> {
  const ref = { patientId: answers.patientId, id: former.observation_id }
  const id = await unlessEnded(() => correctObservation(ctx, ref, corrected, answers.because ?? ''))
  return id ?? former.observation_id
}

const withdraw = (ctx: WriteContext, { patientId, because }: Answers, { observation_id }: ExtractedRow) =>
  retractFact(ctx, 'observation', { patientId, id: observation_id }, because ?? '')

/** Somebody has corrected the value in the record since: theirs stands. */
async function unlessEnded<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Problem && (error.code === 'FactEndedAlready' || error.code === 'FactUnknown'))
      return undefined
    throw error
  }
}

async function readingsOf(ctx: WriteContext, { state, patientId, responseId }: Answers): Promise<Reading[]> {
  const extracted = toObservations(state)
  if (extracted.length === 0) return []
  const patient = await patientSummary(ctx, patientId)
  const person = {
    sex: patient?.sex === 'male' || patient?.sex === 'female' ? patient.sex : undefined,
    ageYears: patient?.ageYears ?? undefined,
  }
  return extracted.flatMap((one) => {
    const said = readingOf(one, state, person)
    return said
      ? [
          {
            ...said,
            place: one.key,
            effectiveAt: ctx.clock.now(),
            source: 'questionnaire',
            authorId: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
            original: { ...said.original, responseId, linkId: one.linkId },
          },
        ]
      : []
  })
}

type Person = { sex?: 'male' | 'female'; ageYears?: number }
type Said = Pick<NewObservation, 'code' | 'value' | 'valueText' | 'unit' | 'flag' | 'original'>

/** An answer in its indicator's own unit; nothing where it is none of ours or cannot be real. */
function readingOf({ linkId, value }: Extracted, { form }: State, person: Person): Said | undefined {
  const item = form.byLinkId.get(linkId)!
  const code = indicatorOf(item)
  if (!code) return undefined
  const indicator = indicatorByCode(code)
  const text = codeOf(value)
  if (indicator?.kind !== 'number')
    return text === null ? undefined : { code, value: null, valueText: text, unit: null }
  const number = numberOf(value)
  const unit = (typeof value === 'object' && (value as Quantity).code) || item.units[0]?.code || indicator.unit
  return number === null ? undefined : inOwnUnit(indicator, number, unit, person)
}

function inOwnUnit(indicator: NumberIndicator, number: number, unit: string, person: Person): Said | undefined {
  const converted = convert(indicator.code, number, unit)
  if ('problem' in converted || !isPlausible(indicator, converted.value)) return undefined
  const own = referenceFor(indicator, person.sex, person.ageYears)
  return {
    code: indicator.code,
    value: converted.value,
    valueText: null,
    unit: indicator.unit,
    flag: (own && flagOf(converted.value, own)) ?? null,
    original: unit === indicator.unit ? {} : { value: number, unit },
  }
}

function numberOf(value: Extracted['value']): number | null {
  if (typeof value === 'number') return value
  const quantity = typeof value === 'object' ? (value as Quantity).value : undefined
  return quantity ?? null
}

function codeOf(value: Extracted['value']): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? ((value as Coding).code ?? null) : null
}
