import { indicators } from '../../clinical/index.ts'
import type { WriteContext } from '../../platform/context/context.ts'
import type { PatientId } from '../../platform/contract/index.ts'
import { aReport, type SampleValue } from './sample-record.ts'
import { recordObservations, recordReports } from './server/index.ts'

export const LIFE = { exams: 40, items: 100, homeDays: 1000 } as const

/** Where the dictionary has no interval with two ends. */
const BODY: Readonly<Record<string, { low: number; high: number }>> = {
  height: { low: 156, high: 158 },
  weight: { low: 52, high: 66 },
  waist: { low: 70, high: 85 },
  temperature: { low: 36, high: 37.2 },
  spo2: { low: 95, high: 100 },
}

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
      const { low = 0, high = low + 10 } = BODY[one.code] ?? one.reference[0] ?? {}
      // Around the middle of its interval, upwards for every third item, with a wave of its own
      const rise = item % 3 === 0 && BODY[one.code] === undefined ? (at / LIFE.exams) * 0.9 : 0
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
