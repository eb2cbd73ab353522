// For tests: a house with a doctor, a manager and people who have an issued report.
import { aHouse, type Caller, type TestHouse } from '../../../test/house.ts'
import type { WriteContext } from '../../platform/context/context.ts'
import {
  editComposition,
  getComposition,
  issueComposition,
  signParts,
  startComposition,
} from '../health-report/contract/composition.ts'
import { listPrintedReports } from '../health-report/contract/health-report.ts'
import { recordReports } from '../observation/server/index.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { addSlots, listSlots } from './contract/slot.ts'
import type { Outcome, Way } from './contract/words.ts'

export async function aTalkClinic(given?: TestHouse) {
  const house = given ?? (await aHouse())
  const doctor = await house.as('physician', { name: '张文远' })
  const manager = await house.as('service-manager', { name: '王护士' })
  let count = 0

  /** Somebody of the doctor's and the manager's, with two years of health checks. */
  async function aPerson(options: { name?: string } = {}): Promise<string> {
    const number = String(++count).padStart(4, '0')
    return house.write(async (ctx) => {
      const id = await registerPatient(ctx, {
        name: options.name ?? '赵淑敏',
        sex: 'female',
        birthDate: '1961-05-12',
        phone: `1380009${number}`,
      } as never)
      await assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: manager.staffId })
      await twoExams(ctx, id, number)
      return id
    })
  }

  /** The same with a report that stands. */
  async function aReader(options: { name?: string } = {}) {
    const patientId = await aPerson(options)
    return { patientId, reportId: await issue(patientId) }
  }

  async function issue(patientId: string): Promise<string> {
    const params = { patientId: patientId as never }
    const { exams } = await doctor.call(listPrintedReports, { params })
    const newest = exams.toSorted((a, b) => b.on.localeCompare(a.on))[0]!
    const { id } = await doctor.call(startComposition, { params, body: { examId: newest.id } })
    return finish(id)
  }

  /** Signs all parts of a draft and issues it. */
  async function finish(compositionId: string): Promise<string> {
    const params = { compositionId: compositionId as never }
    const draft = await doctor.call(getComposition, { params })
    await doctor.call(editComposition, {
      params,
      body: {
        edition: draft.edition,
        conclusions: [{ title: '血压偏高', basis: '', advice: '两周内再量三次。', severity: 'positive' }],
        notDone: draft.notDone,
      },
    })
    const { parts, hash } = await doctor.call(getComposition, { params })
    await doctor.call(signParts, { params, body: { parts: parts.map(({ key, hash: of }) => ({ key, hash: of })) } })
    await doctor.call(issueComposition, { params, body: { hash } })
    return compositionId
  }

  /** Times of a doctor on a day, from 14:00, twenty minutes each. */
  async function someTimes(options: { on?: string; who?: Caller; way?: Way; many?: number } = {}) {
    const { on = '2026-03-04', who = doctor, way = 'phone', many = 3 } = options
    const until = `${14 + Math.floor((many * 20) / 60)}:${String((many * 20) % 60).padStart(2, '0')}`
    await who.call(addSlots, { body: { on, from: '14:00', until, lengthMinutes: 20, way } })
    const { rows } = await who.call(listSlots, {
      query: { from: on, days: 1, doctorId: who.staffId as never, free: 'true' } as never,
    })
    return rows.map(({ id }) => id as string)
  }

  /** The clock stands somewhere else, and nobody's session ends by it. */
  async function travel(to: Date): Promise<void> {
    house.clock.set(to)
    const db = house.house.databases.of(house.tenant.id)
    const expires_at = new Date(to.getTime() + 86_400_000)
    await db.updateTable('session').set({ created_at: to, last_seen_at: to, expires_at }).execute()
    await db.updateTable('patient_session').set({ opened_at: to, last_seen_at: to, expires_at }).execute()
  }

  return { house, doctor, manager, aPerson, aReader, issue, finish, someTimes, travel }
}

const RANGES = { sbp: ['mm[Hg]', 90, 139], fpg: ['mmol/L', 3.9, 6.1], hgb: ['g/L', 115, 150] } as const
type Values = Record<keyof typeof RANGES, number>

/** Two years of health checks: pressure and glucose are above their ranges, and higher than the year before. */
async function twoExams(ctx: WriteContext, patientId: string, number: string): Promise<void> {
  const years: [daysAgo: number, values: Values][] = [
    [365, { sbp: 141, fpg: 6.4, hgb: 135 }],
    [1, { sbp: 152, fpg: 7.2, hgb: 136 }],
  ]
  for (const [daysAgo, values] of years) {
    const effectiveAt = new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000)
    const report = {
      id: ctx.ids.next<string>(),
      patientId,
      category: 'health-check' as const,
      title: '年度体检',
      status: 'final' as const,
      sourceSystem: 'TJ',
      sourceReportId: `T-${number}-${daysAgo}`,
      fingerprint: Buffer.from(JSON.stringify(values)),
      effectiveAt,
    }
    const observations = (Object.keys(RANGES) as (keyof typeof RANGES)[]).map((code) => {
      const [unit, low, high] = RANGES[code]
      const flag = values[code] > high ? ('H' as const) : ('N' as const)
      return {
        id: ctx.ids.next<string>(),
        code,
        value: values[code],
        unit,
        low,
        high,
        flag,
        effectiveAt,
        source: 'lab',
      }
    })
    await recordReports(ctx, [{ report, observations }])
  }
}

export const OUTCOME: Outcome = {
  grade: 'recheck',
  meaning: '血压和血糖比参考范围高一点，先从少盐、多走做起。',
  options: [{ title: '先改吃饭和走路', pros: '不用吃药', cons: '要坚持两三个月' }],
  ifNothing: '多半会慢慢再高一点。',
  next: [{ what: '在家每天早晚量血压', by: '两周内', who: 'patient' }],
  recheck: { what: '空腹血糖', from: '2026-06-01', until: '2026-06-30' },
  monthly: { months: 2, reason: '看看血压量得怎么样' },
  teachBack: { done: true, note: '先少盐、多走，六月再查一次' },
}
