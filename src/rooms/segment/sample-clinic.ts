import { visitor, type Caller, type TestHouse } from '../../../test/house.ts'
import type { Condition } from '../../platform/condition/index.ts'
import type { Tenant } from '../../platform/context/context.ts'
import { evaluateDue, wake } from '../agenda/server/index.ts'
import { recordObservations } from '../observation/server/index.ts'
import { openSession } from '../staff/server/index.ts'
import { createSegment, saveSegment } from './contract/segment.ts'
import type { SegmentDefinition, SegmentId } from './contract/words.ts'
import { segmentStep } from './server/index.ts'

/** For tests: people with blood pressures, and segments over them. */

export interface Person {
  sex?: 'male' | 'female'
  birthDate?: string
  doctorId?: string | null
  managerId?: string | null
  sbp?: number
}

export async function aPerson(house: TestHouse, person: Person = {}, tenant: Tenant = house.tenant): Promise<string> {
  const id = await house.write(async (ctx) => {
    const made = ctx.ids.next<string>()
    const at = ctx.clock.now()
    await ctx.tx
      .insertInto('patient')
      .values({
        organization_id: tenant.id,
        id: made,
        name: `客户${made.slice(-4)}`,
        sex: person.sex ?? 'female',
        birth_date: person.birthDate ?? '1970-05-01',
        doctor_id: person.doctorId ?? null,
        manager_id: person.managerId ?? null,
        created_at: at,
        updated_at: at,
      } as never)
      .execute()
    await wake(ctx.tx, tenant.id, [made], 'registered', at)
    return made
  }, tenant)
  if (person.sbp !== undefined) await measured(house, id, person.sbp, tenant)
  return id
}

export async function measured(
  house: TestHouse,
  patientId: string,
  sbp: number,
  tenant: Tenant = house.tenant,
): Promise<void> {
  await house.write(
    (ctx) =>
      recordObservations(ctx, [
        { id: ctx.ids.next(), patientId, code: 'sbp', effectiveAt: ctx.clock.now(), value: sbp, source: 'staff' },
      ]),
    tenant,
  )
}

export const highPressure: Condition = {
  indicator: { code: 'sbp', pick: 'newest', is: { op: '>=', value: 140 }, within: { months: 12 } },
}

export function aDefinition(over: Partial<SegmentDefinition> = {}): SegmentDefinition {
  return {
    name: { zh: '血压偏高', en: 'High blood pressure' },
    purpose: '提醒按时复测血压',
    mode: 'dynamic',
    condition: highPressure,
    ...over,
  }
}

/** A segment in force, its members brought in. */
export async function aSegment(
  house: TestHouse,
  editor: Caller,
  over: Partial<SegmentDefinition> = {},
): Promise<SegmentId> {
  const { id } = await editor.call(createSegment, { body: { definition: aDefinition(over) } })
  await editor.call(saveSegment, { params: { segmentId: id }, body: { version: 1 } })
  await house.settle()
  return id
}

/** The care engine, with this room's step alone, until nobody is due. */
export async function look(house: TestHouse, tenant: Tenant = house.tenant): Promise<void> {
  while ((await evaluateDue(house.house, tenant, [segmentStep])) > 0);
}

export async function membersIn(house: TestHouse, segmentId: string, tenant: Tenant = house.tenant): Promise<string[]> {
  const rows = await house.house.databases
    .of(tenant.id)
    .selectFrom('segment_member')
    .select('patient_id')
    .where('segment_id', '=', segmentId)
    .where('left_at', 'is', null)
    .orderBy('patient_id')
    .execute()
  return rows.map((row) => row.patient_id)
}

/** Sessions end while the clock travels. */
export async function signInAgain(house: TestHouse, who: Caller): Promise<Caller> {
  const device = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
  const token = await house.write((ctx) => openSession(ctx, who.staffId, device), who.tenant)
  return { ...visitor(house, token), staffId: who.staffId, name: who.name, tenant: who.tenant }
}
