import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { compileWhere, forAudience, forCare, groundOf, type Condition } from '../../platform/condition/index.ts'
import { systemActor } from '../../platform/context/context.ts'
import { readContext } from '../../platform/context/house.ts'
import { movePlan } from './contract/plan.ts'
import { aPlanClinic, ofPlan } from './sample-clinic.ts'

/** What conditions ask of care plans: the letter of how far somebody has come goes to people who have a plan. */
const clinic = await aPlanClinic()
const { house, manager } = clinic
const db = () => house.house.databases.of(house.tenant.id)
const ctx = () => readContext(house.house, { tenant: house.tenant, actor: systemActor(house.tenant.id, 'test') })

async function members(condition: Condition, purpose: 'care' | 'audience' = 'audience'): Promise<string[]> {
  const gate = purpose === 'care' ? { admitted: forCare(condition) } : await forAudience(ctx(), condition)
  if (!('admitted' in gate)) throw new Error('barred')
  const { rows } = await sql<{ id: string }>`select p.id from patient p where p.organization_id = ${house.tenant.id}
    and ${compileWhere(gate.admitted, groundOf(ctx()))} order by p.id`.execute(db())
  return rows.map(({ id }) => id)
}

const RUNS: Condition = { carePlan: { state: 'active' } }

describe('the condition on a care plan', () => {
  test('holds while a plan runs: not before it is signed, not while it rests, not after its end', async () => {
    const patientId = await clinic.aPatient()
    const { id } = await clinic.submitted(patientId)
    expect(await members(RUNS)).not.toContain(patientId)
    const running = await clinic.aPatient()
    const plan = await clinic.running(running)
    expect(await members(RUNS)).toContain(running)
    const move = (act: 'pause' | 'resume' | 'end') =>
      manager.call(movePlan, {
        ...ofPlan(running, plan.id),
        body: { act, note: '', ...(act === 'end' ? { reason: 'goal-met' as const } : {}) },
      })
    await move('pause')
    expect([await members(RUNS), await members({ carePlan: { state: 'paused' } })]).toEqual([[], [running]])
    await move('resume')
    expect(await members(RUNS)).toEqual([running])
    await move('end')
    expect([await members(RUNS), await members({ carePlan: { state: 'ended' } })]).toEqual([[], [running]])
    expect(id).not.toBe(plan.id)
  })

  test('R2 a plan for sleep and mood chooses nobody to be written to, and is seen by the care of one person', async () => {
    const patientId = await clinic.aPatient()
    const { id } = await clinic.running(patientId)
    await db().updateTable('care_plan').set({ kind: 'sleep-and-mood' }).where('id', '=', id).execute()
    expect(await members(RUNS)).not.toContain(patientId)
    expect(await members(RUNS, 'care')).toContain(patientId)
  })
})
