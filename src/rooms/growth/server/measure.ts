import { bodyMassIndex, growth } from '../../../clinical/index.ts'
import { instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import {
  correctObservation,
  recordObservations,
  retractFact,
  seriesOf,
  type NewObservation,
  type ObservationRow,
} from '../../observation/server/index.ts'
import { lockPatient, requireVisible } from '../../patient/server/index.ts'
import type { addMeasurement, correctMeasurement, Kept, Question } from '../contract/growth.ts'
import { growthProblem } from '../contract/problems.ts'
import { programmeInForce } from './content.ts'
import { moveNext } from './enrolment-store.ts'
import { HEAD, HEIGHT, measurementsOf, WEIGHT, without, type Measurements } from './measured.ts'
import { findProfile } from './profile-store.ts'
import { packOf } from './reference.ts'
import { nextMeasureOn } from './rules/programme.ts'
import { questionsOf, type Entered } from './rules/questions.ts'

const MIDDAY = 12 * 60
/** How old a height may be for a growing child's body mass index, in days. */
const HEIGHT_GOOD_FOR_DAYS = 31

type Body = InputOf<typeof addMeasurement>['body']

/**
 * Enters what was measured on one day. Where a number is strange, questions come back and nothing is kept; they are
 * answered by another number, or by saying that it is right.
 * @throws Problem NothingMeasured, MeasuredInFuture, MeasuredBeforeBirth, GrowthBirthDateWanted, MeasurementImplausible
 */
export async function enter(ctx: WriteContext, patientId: string, body: Body): Promise<Kept> {
  const person = await requireAlone(ctx, patientId)
  const birthDate = checkDay(ctx, person.birth_date, body.measuredOn)
  if (!body.heightCm && !body.weightKg && !body.headCm) throw growthProblem('NothingMeasured')
  const known = await measurementsOf(ctx, patientId)
  const entered: Entered = { ...body, position: body.position ?? (await usualPosition(ctx, person, body.measuredOn)) }
  const questions = unanswered(questionsOf({ birthDate, sex: person.sex }, entered, known), body.confirmed)
  ctx.audit.detail = { questions: questions.map(({ code }) => code), confirmed: body.confirmed }
  if (questions.length > 0) return { saved: false, ids: [], questions }
  const rows = rowsOf(ctx, patientId, body.measuredBy, entered)
  await recordObservations(ctx, [...rows, ...bmiRows(ctx, rows, known, body.measuredOn)])
  await moveNextOf(ctx, patientId, body.heightCm ? [...known.height.map(({ on }) => on), body.measuredOn] : undefined)
  return { saved: true, ids: rows.map(({ id }) => id), questions: [] }
}

/** As the reference that the child is shown by measures children of this age: WHO from two years, the Chinese from three. */
async function usualPosition(
  ctx: WriteContext,
  { id, birth_date, sex }: { id: string; birth_date: string | null; sex: string },
  on: string,
): Promise<growth.Position> {
  const age = growth.ageBetween(birth_date!, on)
  const pack = await packOf(ctx, (await findProfile(ctx.db, ctx.organizationId, id))?.reference)
  const usual = growth.positionIn(pack, sex === 'male' ? 'male' : 'female', age)?.position
  return usual ?? (age.years < 3 ? 'lying' : 'standing')
}

/**
 * Whoever enters, corrects or withdraws waits for another who does so for the same child: a number is held against
 * those on file, and one that is just being put in its own place would ask about itself.
 */
async function requireAlone(ctx: WriteContext, patientId: string) {
  const person = await requireVisible(ctx, patientId)
  await lockPatient(ctx.tx, ctx.organizationId, patientId)
  return person
}

/** An answer settles what can be; a number that no child has is typed again. */
const unanswered = (questions: readonly Question[], confirmed: readonly string[]) =>
  questions.filter(({ code, impossible }) => impossible || !confirmed.includes(code))

/** @returns the birth date @throws Problem GrowthBirthDateWanted, MeasuredInFuture, MeasuredBeforeBirth */
export function checkDay(ctx: WriteContext, birthDate: string | null, on: string, path = 'body.measuredOn'): string {
  if (!birthDate) throw growthProblem('GrowthBirthDateWanted')
  if (on > ctx.today) throw growthProblem('MeasuredInFuture', {}, path)
  if (on < birthDate) throw growthProblem('MeasuredBeforeBirth', {}, path)
  return birthDate
}

/** Today's is of this moment, an earlier day's of its noon. */
function instantOf(ctx: WriteContext, on: string): Date {
  return on === ctx.today ? ctx.clock.now() : instantAt(on, MIDDAY, ctx.tenant.timeZone)
}

function rowsOf(ctx: WriteContext, patientId: string, by: Body['measuredBy'], entered: Entered): NewObservation[] {
  const values = [
    [HEIGHT, entered.heightCm, 'cm', entered.position],
    [WEIGHT, entered.weightKg, 'kg', null],
    [HEAD, entered.headCm, 'cm', null],
  ] as const
  return values.flatMap(([code, value, unit, method]) =>
    value
      ? [
          {
            ...bare(ctx, patientId, entered.measuredOn),
            code,
            value,
            unit,
            method: method ?? null,
            source: by === 'told' ? 'patient' : 'staff',
          },
        ]
      : [],
  )
}

const bare = (ctx: WriteContext, patientId: string, on: string) => ({
  id: ctx.ids.next(),
  patientId,
  effectiveAt: instantOf(ctx, on),
  authorId: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
})

/** The body mass index of a weight, so that the record has it too; it names both values it is of. */
function bmiRows(
  ctx: WriteContext,
  rows: readonly NewObservation[],
  known: Measurements,
  on: string,
): NewObservation[] {
  const weight = rows.find(({ code }) => code === WEIGHT)
  const entered = rows.find(({ code }) => code === HEIGHT)
  const height =
    entered ?? known.height.findLast((one) => one.on <= on && daysApart(one.on, on) <= HEIGHT_GOOD_FOR_DAYS)
  if (typeof weight?.value !== 'number' || typeof height?.value !== 'number') return []
  return [
    {
      ...bare(ctx, weight.patientId, on),
      effectiveAt: weight.effectiveAt,
      code: 'bmi',
      value: bodyMassIndex(height.value, weight.value),
      unit: 'kg/m2',
      original: { derivedFrom: [weight.id, height.id] },
      source: weight.source,
    },
  ]
}

const daysApart = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000

/** The next date of who is enrolled follows from the last height. */
async function moveNextOf(ctx: WriteContext, patientId: string, days: readonly string[] | undefined): Promise<void> {
  if (!days) return
  const last = days.toSorted().at(-1) ?? null
  const { measureEveryDays } = await programmeInForce(ctx)
  const next = (startedOn: string) => nextMeasureOn(last, startedOn, measureEveryDays)
  await moveNext(ctx.tx, ctx.organizationId, patientId, next)
}

const FIELD = { [HEIGHT]: 'heightCm', [WEIGHT]: 'weightKg', [HEAD]: 'headCm' } as const

/**
 * Puts a corrected value in place of one, asked about like any other; what was worked out from it follows.
 * @throws Problem MeasurementUnknown, FactEndedAlready, and those of `enter`
 */
export async function correct(
  ctx: WriteContext,
  patientId: string,
  id: string,
  body: InputOf<typeof correctMeasurement>['body'],
): Promise<Kept> {
  const person = await requireAlone(ctx, patientId)
  const birthDate = checkDay(ctx, person.birth_date, body.measuredOn)
  const former = await findStanding(ctx, patientId, id)
  const field = FIELD[former.code as keyof typeof FIELD]
  const known = await measurementsOf(ctx, patientId)
  const position =
    former.code === HEIGHT ? (body.position ?? (await usualPosition(ctx, person, body.measuredOn))) : null
  const entered: Entered = { measuredOn: body.measuredOn, [field]: body.value, position }
  const questions = unanswered(questionsOf({ birthDate, sex: person.sex }, entered, without(known, id)), body.confirmed)
  ctx.audit.detail = { code: former.code, questions: questions.map(({ code }) => code) }
  if (questions.length > 0) return { saved: false, ids: [], questions }
  const isSameDay = known[former.code === HEIGHT ? 'height' : former.code === WEIGHT ? 'weight' : 'head'].some(
    (one) => one.id === id && one.on === body.measuredOn,
  )
  const { value } = body
  const effectiveAt = isSameDay ? former.effective_at : instantOf(ctx, body.measuredOn)
  const by = await correctObservation(
    ctx,
    { patientId, id },
    { code: former.code, value, unit: former.unit, method: position, source: former.source, effectiveAt },
    body.because,
  )
  await deriveAgain(ctx, patientId, id, { id: by, code: former.code, value }, body.because)
  if (former.code === HEIGHT)
    await moveNextOf(ctx, patientId, [
      ...known.height.filter((one) => one.id !== id).map(({ on }) => on),
      body.measuredOn,
    ])
  return { saved: true, ids: [by], questions: [] }
}

export async function retract(
  ctx: WriteContext,
  patientId: string,
  id: string,
  because: string,
): Promise<{ retracted: boolean }> {
  await requireAlone(ctx, patientId)
  const former = await findStanding(ctx, patientId, id)
  await retractFact(ctx, 'observation', { patientId, id }, because)
  await deriveAgain(ctx, patientId, id, undefined, because)
  const { height } = await measurementsOf(ctx, patientId)
  if (former.code === HEIGHT)
    await moveNextOf(
      ctx,
      patientId,
      height.map(({ on }) => on),
    )
  ctx.audit.detail = { code: former.code }
  return { retracted: true }
}

async function findStanding(ctx: WriteContext, patientId: string, id: string): Promise<ObservationRow> {
  const series = await seriesOf(ctx, patientId, Object.keys(FIELD))
  const row = [...series.values()].flat().find((one) => one.id === id)
  if (!row) throw growthProblem('MeasurementUnknown')
  return row
}

/** Body mass indices that name an ended value follow its replacement, or end with it. */
async function deriveAgain(
  ctx: WriteContext,
  patientId: string,
  formerId: string,
  by: { id: string; code: string; value: number } | undefined,
  because: string,
): Promise<void> {
  const series = await seriesOf(ctx, patientId, ['bmi', HEIGHT, WEIGHT])
  const sourcesOf = (row: ObservationRow) => (row.original as { derivedFrom?: string[] } | null)?.derivedFrom ?? []
  const values = new Map([...(series.get(HEIGHT) ?? []), ...(series.get(WEIGHT) ?? [])].map((row) => [row.id, row]))
  for (const bmi of (series.get('bmi') ?? []).filter((row) => sourcesOf(row).includes(formerId))) {
    const others = sourcesOf(bmi).filter((one) => one !== formerId)
    const other = others.map((one) => values.get(one)).find((row) => row && row.code !== by?.code)
    const ref = { patientId, id: bmi.id }
    if (!by || typeof other?.value !== 'number') {
      await retractFact(ctx, 'observation', ref, because)
      continue
    }
    const [height, weight] = by.code === HEIGHT ? [by.value, other.value] : [other.value, by.value]
    await correctObservation(
      ctx,
      ref,
      {
        code: 'bmi',
        value: bodyMassIndex(height, weight),
        unit: 'kg/m2',
        original: { derivedFrom: [by.id, ...others] },
        effectiveAt: bmi.effective_at,
        source: bmi.source,
      },
      because,
    )
  }
}
