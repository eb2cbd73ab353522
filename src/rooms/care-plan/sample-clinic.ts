import { aHouse, type Caller, type TestHouse } from '../../../test/house.ts'
import { recordObservations } from '../observation/server/index.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import type { PlanView } from './contract/plan.ts'
import { readPlan, signPlan, startPlan, submitPlan } from './contract/plan.ts'
import { contentOf } from './contract/template.ts'
import type { PlanContent } from './contract/words.ts'
import { installShippedPlanTemplates } from './server/index.ts'
import { shippedPlanTemplates } from './server/shipped.ts'

/** A small clinic for the tests of plans: a doctor, a manager and a counsellor who share their patients. */
export interface PlanClinic {
  house: TestHouse
  doctor: Caller
  manager: Caller
  counsellor: Caller
  aPatient(name?: string): Promise<string>
  /** A value that was measured, some days ago. @returns its id */
  aValue(patientId: string, code: string, value: number, daysAgo?: number): Promise<string>
  /** The shipped plan for blood pressure, with the target fitted to the person. */
  content(edit?: (content: PlanContent) => void): PlanContent
  drafted(patientId: string, edit?: (content: PlanContent) => void): Promise<PlanView>
  submitted(patientId: string): Promise<PlanView>
  running(patientId: string, edit?: (content: PlanContent) => void): Promise<PlanView>
  read(plan: { id: string }, patientId: string, who?: Caller): Promise<PlanView>
  /** The clock goes on, and nobody's session ends by it. */
  pass(days: number): Promise<void>
}

export const ofPlan = (patientId: string, planId: string) => ({
  params: { patientId: patientId as never, planId: planId as never },
})
export const ofPatient = (patientId: string) => ({ params: { patientId: patientId as never } })
export const TEMPLATE = { code: 'hypertension', version: 1 }

export async function aPlanClinic(given?: TestHouse): Promise<PlanClinic> {
  const house = given ?? (await aHouse())
  const doctor = await house.as('physician', { name: '张文远' })
  const manager = await house.as('service-manager', { name: '李素珍' })
  const counsellor = await house.as('counsellor', { name: '陈静' })
  await house.write(installShippedPlanTemplates)
  const template = shippedPlanTemplates.find(({ code }) => code === TEMPLATE.code)!.definition
  let count = 0
  const clinic: PlanClinic = {
    house,
    doctor,
    manager,
    counsellor,
    aPatient: (name = `王秀${'甲乙丙丁戊己庚辛'[count % 8]}`) =>
      house.write(async (ctx) => {
        const id = await registerPatient(ctx, {
          name,
          sex: 'female',
          birthDate: '1968-03-21',
          phone: `1380013${String(8000 + ++count)}`,
        })
        await assignCarers(ctx, id, {
          doctorId: doctor.staffId,
          managerId: manager.staffId,
          counsellorId: counsellor.staffId,
        })
        return id
      }),
    async aValue(patientId, code, value, daysAgo = 0) {
      const id = house.house.ids.next<string & never>() as string
      const effectiveAt = new Date(house.clock.now().getTime() - daysAgo * 86_400_000)
      await house.write((ctx) =>
        recordObservations(ctx, [{ id, patientId, code, value, effectiveAt, source: 'staff' }]),
      )
      return id
    },
    content(edit) {
      const content = structuredClone(contentOf(template, house.clock.today(house.tenant.timeZone), 'zh-CN'))
      edit?.(content)
      return content
    },
    drafted: (patientId, edit = (content) => void (content.goals[0]!.value = 135)) =>
      manager.call(startPlan, {
        ...ofPatient(patientId),
        body: { kind: 'hypertension', title: '血压管理 30 天', template: TEMPLATE, content: clinic.content(edit) },
      }),
    async submitted(patientId) {
      const plan = await clinic.drafted(patientId)
      return manager.call(submitPlan, { ...ofPlan(patientId, plan.id), body: { revision: plan.draft!.revision } })
    },
    async running(patientId, edit) {
      const plan = await clinic.drafted(patientId, edit)
      const activeFrom = house.clock.today(house.tenant.timeZone)
      return doctor.call(signPlan, {
        ...ofPlan(patientId, plan.id),
        body: { revision: plan.draft!.revision, activeFrom },
      })
    },
    read: (plan, patientId, who = doctor) => who.call(readPlan, ofPlan(patientId, plan.id)),
    async pass(days) {
      house.clock.advance({ days })
      const now = house.clock.now()
      const expires_at = new Date(now.getTime() + 86_400_000)
      const db = house.house.databases.of(house.tenant.id)
      await db.updateTable('session').set({ created_at: now, last_seen_at: now, expires_at }).execute()
    },
  }
  return clinic
}
