import { createHash } from 'node:crypto'
import type { WriteContext } from '../../platform/context/context.ts'
import type { PatientId } from '../../platform/contract/index.ts'
import { registerPatient } from '../patient/server/index.ts'
import type { NewObservation, NewReport, ReportWithObservations } from './server/index.ts'

/** What tests begin with: a person, a report. */
let count = 0

export function aPatient(
  ctx: WriteContext,
  person: { name?: string; birthDate?: string; sex?: 'male' | 'female' } = {},
): Promise<PatientId> {
  count += 1
  return registerPatient(ctx, {
    name: `王${String.fromCodePoint(0x5b89 + (count % 40), 0x5e73 + Math.floor(count / 40))}`,
    sex: 'male',
    birthDate: '1960-05-01',
    ...person,
  })
}

export interface SampleValue extends Partial<Omit<NewObservation, 'id' | 'patientId' | 'reportId'>> {
  code: string
}

export function aReport(
  ctx: WriteContext,
  patientId: string,
  report: Partial<NewReport> = {},
  values: readonly SampleValue[] = [{ code: 'fpg', value: 5.4, unit: 'mmol/L' }],
): ReportWithObservations {
  const sourceReportId = report.sourceReportId ?? `R${++count}`
  const effectiveAt = report.effectiveAt ?? ctx.clock.now()
  return {
    report: {
      id: ctx.ids.next(),
      patientId,
      category: 'laboratory',
      title: '生化检查',
      status: 'final',
      sourceSystem: 'LIS',
      sourceReportId,
      fingerprint: createHash('sha256')
        .update(JSON.stringify([sourceReportId, report, values]))
        .digest(),
      effectiveAt,
      ...report,
    },
    observations: values.map((value) => ({ id: ctx.ids.next(), effectiveAt, source: 'lab', ...value })),
  }
}
