import { instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { indicatorByCode } from '../../../clinical/index.ts'
import { correctObservation, latestOf, recordObservations, retractFact } from '../../observation/server/index.ts'
import type { Answers, FormDefinition } from '../contract/form.ts'
import { questionsOf } from '../contract/form.ts'
import type { AnswerRow } from './answer-store.ts'
import { measurementsOf, type Measured } from './rules/answers.ts'

const SOURCE = 'follow-up'
const NOON_MINUTE = 12 * 60

/** When a measurement was taken: now for a visit of today, noon for one that is entered later. */
function takenAt(ctx: WriteContext, on: string): Date {
  return on === ctx.today ? ctx.clock.now() : instantAt(on, NOON_MINUTE, ctx.tenant.timeZone)
}

const unitOf = (indicator: string): string | null => {
  const known = indicatorByCode(indicator)
  return known && 'unit' in known ? known.unit : null
}

export interface Extraction {
  patientId: string
  form: FormDefinition
  answers: Answers
  /** The day of the visit. */
  on: string
}

/**
 * Writes the measurements of a form to the record. What was only taken over from there is not written a second time.
 * @returns which observation each indicator became
 */
export async function recordMeasurements(
  ctx: WriteContext,
  { patientId, form, answers, on }: Extraction,
): Promise<Record<string, string>> {
  const measured = await withoutKnown(ctx, patientId, form, measurementsOf(form, answers), on)
  const rows = measured.map(({ indicator, value }) => observationOf(ctx, patientId, indicator, value, on))
  await recordObservations(ctx, rows)
  return Object.fromEntries(rows.map((row) => [row.code, row.id]))
}

function observationOf(ctx: WriteContext, patientId: string, code: string, value: number, on: string) {
  return {
    id: ctx.ids.next(),
    patientId,
    code,
    value,
    unit: unitOf(code),
    effectiveAt: takenAt(ctx, on),
    source: SOURCE,
    authorId: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
  }
}

/** Leaves out values that the record filled in and nobody changed. */
async function withoutKnown(
  ctx: WriteContext,
  patientId: string,
  form: FormDefinition,
  measured: readonly Measured[],
  on: string,
): Promise<Measured[]> {
  const latest = await latestOf(
    ctx,
    patientId,
    measured.map(({ indicator }) => indicator),
  )
  const days = new Map(
    questionsOf(form).flatMap((question) =>
      'prefillDays' in question ? [[question.linkId, question.prefillDays ?? -1] as const] : [],
    ),
  )
  const at = takenAt(ctx, on).getTime()
  return measured.filter(({ linkId, indicator, value }) => {
    const known = latest.get(indicator)
    if (!known || known.value !== value) return true
    const age = (at - known.effective_at.getTime()) / 86_400_000
    return age < -1 || age > (days.get(linkId) ?? -1)
  })
}

/** Brings the record in line with corrected answers. @returns which observation each indicator is now */
export async function correctMeasurements(
  ctx: WriteContext,
  former: AnswerRow,
  { patientId, form, answers, on }: Extraction,
  because: string,
): Promise<Record<string, string>> {
  const before = new Map(measurementsOf(form, former.answers).map((one) => [one.indicator, one.value]))
  const now = measurementsOf(form, answers)
  const extracted: Record<string, string> = {}
  for (const { indicator, value } of now) {
    const known = former.extracted[indicator]
    if (before.get(indicator) === value) {
      if (known) extracted[indicator] = known
    } else if (known) {
      const { id: _id, patientId: _patientId, ...corrected } = observationOf(ctx, patientId, indicator, value, on)
      extracted[indicator] = await correctObservation(ctx, { patientId, id: known }, corrected, because)
    } else {
      const row = observationOf(ctx, patientId, indicator, value, on)
      await recordObservations(ctx, [row])
      extracted[indicator] = row.id
    }
  }
  for (const [indicator, id] of Object.entries(former.extracted))
    if (!now.some((one) => one.indicator === indicator))
      await retractFact(ctx, 'observation', { patientId, id }, because)
  return extracted
}
