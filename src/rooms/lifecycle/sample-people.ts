import type { TestHouse } from '../../../test/house.ts'
import type { Tenant } from '../../platform/context/context.ts'
import { evaluateDue, wake } from '../agenda/server/index.ts'
import { addEncounter } from '../observation/server/index.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { lifecycleStep } from './server/index.ts'

/** For tests: people, what happens to them, and the care engine with this room's step. */

let count = 0

export async function aPerson(house: TestHouse, carers: object = {}, tenant: Tenant = house.tenant): Promise<never> {
  const person = { name: '秦朗', birthDate: '1975-03-21', phone: `1350007${String(++count).padStart(4, '0')}` }
  const id = await house.write((ctx) => registerPatient(ctx, person as never), tenant)
  if (Object.keys(carers).length > 0) await house.write((ctx) => assignCarers(ctx, id, carers as never), tenant)
  await woken(house, id, tenant)
  return id as never
}

export async function woken(house: TestHouse, patientId: string, tenant: Tenant = house.tenant): Promise<void> {
  await house.write((ctx) => wake(ctx.tx, tenant.id, [patientId], 'test', ctx.clock.now()), tenant)
}

/** A visit of today, which puts somebody with a doctor into care. */
export async function visited(house: TestHouse, patientId: string, on?: string): Promise<void> {
  await house.write(async (ctx) => {
    const at = on ? new Date(`${on}T02:00:00Z`) : ctx.clock.now()
    await addEncounter(ctx, { patientId, class: 'outpatient', startedAt: at } as never)
    await wake(ctx.tx, ctx.organizationId, [patientId], 'encounter', ctx.clock.now())
  })
}

/** The care engine until nobody is due. */
export async function look(house: TestHouse, tenant: Tenant = house.tenant): Promise<void> {
  while ((await evaluateDue(house.house, tenant, [lifecycleStep])) > 0);
}
