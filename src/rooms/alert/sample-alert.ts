import { aHouse, type Caller, type TestHouse } from '../../../test/house.ts'
import { recordObservations, recordReports } from '../observation/server/index.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { acknowledgeAlert, listAlerts, noteAttempt } from './contract/alert.ts'
import { addDuty } from './contract/duty.ts'
import { confirmAlertRule, draftAlertRule, type RuleDefinition } from './contract/rule.ts'
import type { AlertLine } from './contract/words.ts'

/** A small clinic for the tests of alerts: two nurses, a doctor, a head of department, rules that the head has confirmed. */
export interface AlertClinic {
  house: TestHouse
  li: Caller
  wang: Caller
  doctor: Caller
  lead: Caller
  aPatient(options?: { name?: string; sex?: 'male' | 'female'; phone?: string | null }): Promise<string>
  /** A value that a nurse has entered; what follows from it has happened when this returns. @returns its id */
  aValue(
    patientId: string,
    code: string,
    value: number,
    options?: { daysAgo?: number; comparator?: '<' | '>' },
  ): Promise<string>
  /** A report of a laboratory; the same `key` again corrects it. */
  aReport(
    patientId: string,
    key: string,
    values: Record<string, number>,
    options?: { status?: 'final' | 'corrected' | 'cancelled' },
  ): Promise<void>
  inForce(code: string, change: Partial<RuleDefinition>): Promise<void>
  onDuty(who: Caller, options?: { rank?: number; hours?: number; afterHours?: number }): Promise<void>
  /** The clock goes on, and nobody's session ends by it. */
  pass(minutes: number): Promise<void>
  open(who: Caller): Promise<AlertLine[]>
  /** Raised, acknowledged by Li, and the person told. */
  reached(patientId: string): Promise<AlertLine>
}

const RULES: Record<string, Partial<RuleDefinition>> = {
  platelets: { tests: [{ code: 'plt', op: '<=', value: 30 }] },
  pressure: {
    tests: [
      { code: 'sbp', op: '>=', value: 180 },
      { code: 'dbp', op: '>=', value: 110 },
    ],
  },
  fetoprotein: { class: 'B', tests: [{ code: 'afp', op: '>=', value: 400 }], occurs: 'first' },
}

const SIGNS = '甲乙丙丁戊己庚辛壬癸'
const nameOf = (n: number) => `赵${SIGNS[Math.floor(n / 10) % 10]}${SIGNS[n % 10]}`

export async function anAlertClinic(): Promise<AlertClinic> {
  const house = await aHouse()
  const li = await house.as('service-manager', { name: '李素珍' })
  const wang = await house.as('service-manager', { name: '王海燕' })
  const doctor = await house.as('physician', { name: '张文远' })
  const lead = await house.as('quality-lead', { name: '郑国华' })
  let count = 0
  const clinic: AlertClinic = {
    house,
    li,
    wang,
    doctor,
    lead,
    aPatient: ({ name = nameOf(++count), sex = 'female', phone = `1380000${1000 + ++count}` } = {}) =>
      house.write(async (ctx) => {
        const id = await registerPatient(ctx, { name, sex, birthDate: '1970-04-05', ...(phone ? { phone } : {}) })
        await assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: li.staffId })
        return id
      }),
    async aValue(patientId, code, value, { daysAgo = 0, comparator } = {}) {
      const id = house.house.ids.next<string & never>() as string
      const effectiveAt = new Date(house.clock.now().getTime() - daysAgo * 86_400_000)
      const row = { id, patientId, code, value, effectiveAt, source: 'staff', comparator: comparator ?? null }
      await house.write((ctx) => recordObservations(ctx, [row]))
      await house.settle()
      return id
    },
    async aReport(patientId, key, values, { status = 'final' } = {}) {
      const at = house.clock.now()
      await house.write((ctx) =>
        recordReports(ctx, [
          {
            report: {
              id: ctx.ids.next(),
              patientId,
              category: 'laboratory',
              title: '血常规',
              status,
              sourceSystem: 'LIS',
              sourceReportId: key,
              fingerprint: Buffer.from(JSON.stringify([key, values, status])),
              effectiveAt: at,
              issuedAt: at,
              performer: '',
            },
            observations: Object.entries(values).map(([code, value]) => ({
              id: ctx.ids.next(),
              code,
              value,
              effectiveAt: at,
              source: 'lab',
            })),
          },
        ] as never),
      )
      await house.settle()
    },
    async inForce(code, change) {
      const definition = { class: 'A', name: { zh: code, en: code }, tests: [], source: '本院', ...change } as never
      const draft = await lead.call(draftAlertRule, {
        params: { code },
        body: { definition, ownerId: lead.staffId as never },
      })
      await lead.call(confirmAlertRule, { params: { code }, body: { version: draft.version } })
    },
    async onDuty(who, { rank = 1, hours = 24, afterHours = 0 } = {}) {
      const at = (hour: number) => new Date(house.clock.now().getTime() + hour * 3_600_000).toISOString()
      const span = { from: at(afterHours), until: at(afterHours + hours) }
      await lead.call(addDuty, { body: { staffId: who.staffId as never, ...span, rank, phone: '8120' } })
    },
    async pass(minutes) {
      house.clock.advance({ minutes })
      const now = house.clock.now()
      const expires_at = new Date(now.getTime() + 86_400_000)
      const db = house.house.databases.of(house.tenant.id)
      await db.updateTable('session').set({ created_at: now, last_seen_at: now, expires_at }).execute()
    },
    open: async (who) => (await who.call(listAlerts, { query: {} as never })).rows,
    async reached(patientId) {
      await clinic.aValue(patientId, 'plt', 20)
      const alert = (await clinic.open(li)).find((one) => one.patient.id === patientId)!
      const params = { alertId: alert.id }
      await li.call(acknowledgeAlert, { params })
      return li.call(noteAttempt, { params, body: { outcome: 'reached', readBack: '血小板 20，现在去急诊' } })
    },
  }
  for (const [code, change] of Object.entries(RULES)) await clinic.inForce(code, change)
  return clinic
}
