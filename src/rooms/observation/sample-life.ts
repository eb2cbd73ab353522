import { indicators } from '../../clinical/index.ts'
import type { WriteContext } from '../../platform/context/context.ts'
import type { PatientId } from '../../platform/contract/index.ts'
import { aReport, type SampleValue } from './sample-record.ts'
import { recordObservations, recordReports } from './server/index.ts'

export const LIFE = { exams: 40, items: 100, homeDays: 1000 } as const

/**
 * A long life in one person's record, the same each time: 40 exams of 100 numbers every half year until March 2026, and
 * 1,000 days of home pressure, morning by morning; 6,000 observations in all.
 * @returns the ids of the exams, oldest first
 */
export async function fillLongLife(ctx: WriteContext, patientId: PatientId): Promise<string[]> {
  const numbers = indicators().filter((one) => one.kind === 'number' && one.code !== 'sbp' && one.code !== 'dbp')
  const items = numbers.slice(0, LIFE.items)
  const exams = Array.from({ length: LIFE.exams }, (_, at) => {
    const effectiveAt = new Date(Date.UTC(2006, 8 + 6 * at, 1, 1))
    const values = items.map((one, item): SampleValue => {
      const { low = 0, high = low + 10 } = one.reference[0] ?? {}
      // Around the middle of its interval, upwards for every third item, with a wave of its own
      const rise = item % 3 === 0 ? (at / LIFE.exams) * 0.9 : 0
      const value = low + (high - low) * (0.3 + rise + 0.15 * Math.sin(at * 1.7 + item))
      return {
        code: one.code,
        value: Number(value.toFixed(3)),
        unit: one.kind === 'number' ? one.unit : null,
        low,
        high,
        flag: value > high ? 'H' : 'N',
      }
    })
    return aReport(ctx, patientId, { category: 'health-check', title: `第 ${at + 1} 次体检`, effectiveAt }, values)
  })
  const filed = await recordReports(ctx, exams)
  const home = Array.from({ length: LIFE.homeDays }, (_, day) => {
    const effectiveAt = new Date(Date.UTC(2023, 0, 1 + day, 23))
    return (['sbp', 'dbp'] as const).map((code, at) => ({
      id: ctx.ids.next(),
      patientId,
      code,
      effectiveAt,
      value: [150, 95][at]! - day / 50 + ((day * 7) % 9),
      unit: 'mm[Hg]',
      method: 'home',
      source: 'device',
    }))
  })
  await recordObservations(ctx, home.flat())
  return filed.map(({ reportId }) => reportId)
}
