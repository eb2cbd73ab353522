// For tests and benches: a person with an examination, hepatitis B in it as laboratories write it.
import type { WriteContext } from '../../platform/context/context.ts'
import type { PatientId } from '../../platform/contract/index.ts'
import { recordReports } from '../observation/server/index.ts'
import { registerPatient } from '../patient/server/index.ts'

export interface SampleExam {
  number: string
  daysAgo?: number
  values?: Record<string, number>
  finding?: string
  title?: string
}

const RANGES: Record<string, [unit: string, low: number, high: number]> = {
  sbp: ['mm[Hg]', 90, 139],
  fpg: ['mmol/L', 3.9, 6.1],
  ldl: ['mmol/L', 0, 3.4],
  hgb: ['g/L', 130, 175],
}

export async function aPerson(
  ctx: WriteContext,
  carers: { doctorId: string; managerId?: string },
  name = '欧阳䶮',
): Promise<PatientId> {
  const id = await registerPatient(ctx, { name, sex: 'male', birthDate: '1968-04-02' })
  await ctx.tx
    .updateTable('patient')
    .set({ doctor_id: carers.doctorId, manager_id: carers.managerId ?? null })
    .where('id', '=', id)
    .execute()
  return id
}

/** Everything about hepatitis B that must not be seen in a report, in the ways laboratories send it. */
export const HEPATITIS_B = [
  { code: 'hbsag', valueText: '阳性', flag: 'A' as const },
  { code: 'local:http://loinc.org|16933-4', valueText: 'Reactive', flag: 'A' as const },
  { code: 'local:LIS|0418', valueText: '阳性', original: { name: '乙型肝炎病毒e抗体' } },
  { code: 'local:LIS|0419', valueText: '5.2E4', original: { name: 'HBV-DNA定量' } },
  { code: 'local:LIS|0420', valueText: '弱阳性', original: { name: '核心抗体IgM' } },
]

export async function anExam(
  ctx: WriteContext,
  patientId: string,
  { number, daysAgo = 1, values = { sbp: 152, fpg: 7.2, hgb: 150 }, finding, title = '年度体检' }: SampleExam,
): Promise<string> {
  const effectiveAt = new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000)
  const of = { effectiveAt, source: 'lab' }
  const numbers = Object.entries(values).map(([code, value]) => {
    const [unit, low, high] = RANGES[code] ?? ['', 0, 1000]
    return { id: ctx.ids.next<string>(), code, value, unit, low, high, flag: flagOf(value, low, high), ...of }
  })
  const [filed] = await recordReports(ctx, [
    {
      report: {
        id: ctx.ids.next(),
        patientId,
        category: 'health-check',
        title,
        status: 'final',
        sourceSystem: 'TJ',
        sourceReportId: number,
        fingerprint: Buffer.from(JSON.stringify([number, values, finding])),
        effectiveAt,
        ...(finding ? { finding } : {}),
      },
      observations: [
        ...numbers,
        ...HEPATITIS_B.map((row) => ({ id: ctx.ids.next<string>(), ...of, ...row })),
        {
          id: ctx.ids.next<string>(),
          code: 'local:LIS|gastro',
          valueText: '弃检',
          original: { name: '胃镜', absent: 'declined' },
          ...of,
        },
      ],
    },
  ])
  return filed!.reportId
}

function flagOf(value: number, low: number, high: number): 'H' | 'L' | 'N' {
  return value > high ? 'H' : value < low ? 'L' : 'N'
}
