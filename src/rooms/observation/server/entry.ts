import { ageOn, dateIn } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { recordProblem } from '../contract/problems.ts'
import type { addReadings, correctReading } from '../contract/readings.ts'
import { authorOf } from './facts/add.ts'
import { correctObservation, retractFact, type FactRef } from './facts/supersede.ts'
import { latestOf } from './read-observation.ts'
import { recordObservations } from './record.ts'
import {
  checkPressures,
  checkReading,
  deriveBmi,
  type CheckedReading,
  type RawReading,
  type ReadingRefusal,
} from './rules/reading.ts'
import type { NewObservation } from './store-observation.ts'
import { findDerived, findValue } from './store-read.ts'

type Person = { sex: string; birth_date: string | null; deceased_on: string | null }

/** A height of this age still serves a grown person's body mass index. */
const HEIGHT_GOOD_FOR_DAYS = 5 * 365
const CHILD_HEIGHT_GOOD_FOR_DAYS = 90

export const bodyOf = (person: Person, on: string) => ({
  ...(person.sex === 'male' || person.sex === 'female' ? { sex: person.sex as 'male' | 'female' } : {}),
  ...(person.birth_date ? { ageYears: ageOn(person.birth_date, on) } : {}),
})

/** Enters what a member of staff has measured at one time; a weight brings the body mass index with it. */
export async function enterReadings(
  ctx: WriteContext,
  patientId: string,
  input: InputOf<typeof addReadings>['body'],
): Promise<AnswerOf<typeof addReadings>> {
  const person = await requireVisible(ctx, patientId)
  const effectiveAt = input.effectiveAt ? new Date(input.effectiveAt) : ctx.clock.now()
  const on = checkMoment(ctx, person, effectiveAt)
  const body = bodyOf(person, on)
  const places: number[] = []
  const checked = input.readings.flatMap((raw, at) => {
    if (raw.value === undefined && raw.text === undefined) return []
    places.push(at)
    return [accepted(checkReading(raw as RawReading, body, ctx.locale), `body.readings.${at}`)]
  })
  const pressure = checked.findIndex(({ code }) => code === 'sbp' || code === 'dbp')
  refuse(checkPressures(checked), `body.readings.${places[pressure]}`)
  const how = { method: input.method || null, source: 'staff' }
  const rows = checked.map((one) => observationOf(ctx, patientId, one, effectiveAt, how))
  const derived = await bodyMassOf(ctx, patientId, rows, body)
  await recordObservations(ctx, [...rows, ...derived])
  ctx.audit.detail = { codes: rows.map(({ code }) => code) }
  return { ids: rows.map(({ id }) => id), derived: derived.map(({ id }) => id) }
}

/** @returns the calendar day of the moment */
export function checkMoment(ctx: ReadContext, person: Person, at: Date): string {
  // Clocks of tablets run a little ahead.
  if (at.getTime() > ctx.clock.now().getTime() + 5 * 60_000)
    throw recordProblem('EffectiveInFuture', {}, 'body.effectiveAt')
  const on = dateIn(at, ctx.tenant.timeZone)
  if (person.birth_date && on < person.birth_date) throw recordProblem('DateBeforeBirth', {}, 'body.effectiveAt')
  return on
}

export function accepted(result: CheckedReading | ReadingRefusal, path: string): CheckedReading {
  if ('refusal' in result) refuse(result, path)
  return result as CheckedReading
}

export function refuse(refusal: ReadingRefusal | undefined, path: string): void {
  if (refusal) throw recordProblem(refusal.refusal, refusal.values, `${path}.${refusal.field}`)
}

export function observationOf(
  ctx: WriteContext,
  patientId: string,
  checked: CheckedReading,
  effectiveAt: Date,
  how: Pick<NewObservation, 'method' | 'source'>,
): NewObservation {
  return { ...checked, ...how, id: ctx.ids.next(), patientId, effectiveAt, authorId: authorOf(ctx) }
}

/** The body mass index of a weight, with the height entered beside it or the last one on file; it names both. */
export async function bodyMassOf(
  ctx: WriteContext,
  patientId: string,
  rows: readonly NewObservation[],
  body: ReturnType<typeof bodyOf>,
): Promise<NewObservation[]> {
  const weight = rows.find(({ code }) => code === 'weight')
  if (typeof weight?.value !== 'number') return []
  const entered = rows.find(({ code }) => code === 'height')
  const onFile = entered ? undefined : (await latestOf(ctx, patientId, ['height'])).get('height')
  const height = entered
    ? { id: entered.id, value: entered.value }
    : onFile && isRecent(onFile.effective_at, weight.effectiveAt, body.ageYears)
      ? onFile
      : undefined
  if (typeof height?.value !== 'number') return []
  const bmi = deriveBmi(weight.value, height.value, body)
  if (!bmi) return []
  return [
    {
      ...observationOf(
        ctx,
        patientId,
        { ...bmi, original: { derivedFrom: [weight.id, height.id] } },
        weight.effectiveAt,
        { method: weight.method ?? null, source: weight.source },
      ),
      authorId: weight.authorId ?? null,
    },
  ]
}

function isRecent(then: Date, now: Date, ageYears: number | undefined): boolean {
  const days = Math.abs(now.getTime() - then.getTime()) / 86_400_000
  return days <= ((ageYears ?? 30) < 18 ? CHILD_HEIGHT_GOOD_FOR_DAYS : HEIGHT_GOOD_FOR_DAYS)
}

/** Corrects one value; what was worked out from it is worked out again, with the same reason. */
export async function correctValue(
  ctx: WriteContext,
  ref: FactRef,
  input: InputOf<typeof correctReading>['body'],
): Promise<{ id: string }> {
  const person = await requireVisible(ctx, ref.patientId)
  const former = await findValue(ctx.tx, ctx.organizationId, ref.patientId, ref.id)
  if (!former) throw recordProblem('FactUnknown')
  const effectiveAt = input.effectiveAt ? new Date(input.effectiveAt) : former.effective_at
  const on = checkMoment(ctx, person, effectiveAt)
  const raw = { ...input.reading, code: former.code }
  const checked =
    former.code.startsWith('local:') && raw.value !== undefined
      ? localValue(raw)
      : accepted(checkReading(raw as RawReading, bodyOf(person, on), ctx.locale), 'body.reading')
  await checkPair(ctx, ref.patientId, former, checked, effectiveAt)
  // The laboratory's interval is of its method and stays with the value.
  const kept = {
    low: former.low,
    high: former.high,
    rangeText: former.range_text,
    method: former.method,
    reportId: former.report_id,
    source: 'staff',
  }
  const id = await correctObservation(ctx, ref, { ...kept, ...checked, effectiveAt }, input.because)
  await deriveAgain(
    ctx,
    ref.patientId,
    { ...ref, by: { id, value: checked.value, code: former.code } },
    bodyOf(person, on),
    input.because,
  )
  return { id }
}

const localValue = (raw: RawReading): CheckedReading => ({
  code: raw.code,
  value: raw.value ?? null,
  valueText: raw.text ?? null,
  unit: raw.unit ?? null,
  flag: null,
  original: null,
})

/** A corrected pressure is held against its other half of the same moment. */
async function checkPair(
  ctx: WriteContext,
  patientId: string,
  former: { code: string },
  checked: CheckedReading,
  at: Date,
): Promise<void> {
  const other = former.code === 'sbp' ? 'dbp' : former.code === 'dbp' ? 'sbp' : undefined
  if (!other) return
  const half = (await latestOf(ctx, patientId, [other])).get(other)
  if (typeof half?.value !== 'number' || half.effective_at.getTime() !== at.getTime()) return
  refuse(checkPressures([checked, { ...checked, code: other, value: half.value }]), 'body.reading')
}

/** Body mass indices that name an ended fact follow its replacement, or end with it. */
export async function deriveAgain(
  ctx: WriteContext,
  patientId: string,
  change: { id: string; by?: { id: string; value: number | null; code: string } },
  body: ReturnType<typeof bodyOf>,
  because: string,
  source = 'staff',
): Promise<void> {
  for (const bmi of await findDerived(ctx.tx, ctx.organizationId, patientId, change.id)) {
    const others = ((bmi.original as { derivedFrom?: string[] }).derivedFrom ?? []).filter((id) => id !== change.id)
    const other = others[0] ? await findValue(ctx.tx, ctx.organizationId, patientId, others[0]) : undefined
    const by = change.by
    const [weight, height] = by?.code === 'weight' ? [by.value, other?.value] : [other?.value, by?.value]
    const again =
      by && typeof weight === 'number' && typeof height === 'number' ? deriveBmi(weight, height, body) : undefined
    const ref = { patientId, id: bmi.id }
    if (!again) await retractFact(ctx, 'observation', ref, because)
    else
      await correctObservation(
        ctx,
        ref,
        {
          ...again,
          original: { derivedFrom: [by!.id, ...others] },
          effectiveAt: bmi.effective_at,
          method: bmi.method,
          source,
        },
        because,
      )
  }
}

/** Withdraws one value, and what was worked out from it. */
export async function retractValue(ctx: WriteContext, ref: FactRef, because: string): Promise<{ id: string }> {
  const person = await requireVisible(ctx, ref.patientId)
  await retractFact(ctx, 'observation', ref, because)
  await deriveAgain(ctx, ref.patientId, { id: ref.id }, bodyOf(person, ctx.today), because)
  return { id: ref.id }
}
