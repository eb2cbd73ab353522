import { visitor, type Caller, type TestHouse } from '../../../test/house.ts'
import type { WriteContext } from '../../platform/context/context.ts'
import { evaluateDue, wake } from '../agenda/server/index.ts'
import { addCondition, addProcedure } from '../observation/server/index.ts'
import { openSession } from '../staff/server/index.ts'
import { tagStep } from '../tag/server/index.ts'
import { taskStep } from '../task/server/index.ts'
import { followUpStep, installShippedProtocols } from './server/index.ts'

/** What the tests of this room stand on: people with an illness, and the care engine run to the end. */
export async function setUp(house: TestHouse): Promise<void> {
  await house.write(installShippedProtocols)
}

export interface SamplePerson {
  name?: string
  birthDate?: string
  managerId?: string | null
  doctorId?: string | null
  condition?: string
  surgeryOn?: string
}

export async function aPerson(house: TestHouse, person: SamplePerson = {}): Promise<string> {
  return house.write(async (ctx) => {
    const id = await insertPerson(ctx, person)
    if (person.condition) await addCondition(ctx, { patientId: id, code: person.condition, name: '诊断' })
    if (person.surgeryOn)
      await addProcedure(ctx, {
        patientId: id,
        code: '47.0',
        name: '阑尾切除术',
        kind: 'surgery',
        performedOn: person.surgeryOn,
      })
    return id
  })
}

async function insertPerson(
  ctx: WriteContext,
  { name = '王秀英', birthDate = '1970-05-01', managerId = null, doctorId = null }: SamplePerson,
): Promise<string> {
  const id = ctx.ids.next()
  const at = ctx.clock.now()
  await ctx.tx
    .insertInto('patient')
    .values({
      organization_id: ctx.organizationId,
      id,
      name,
      sex: 'female',
      birth_date: birthDate,
      manager_id: managerId,
      doctor_id: doctorId,
      created_at: at,
      updated_at: at,
    } as never)
    .execute()
  await wake(ctx.tx, ctx.organizationId, [id], 'registered', at)
  return id
}

/** A member of staff with a session of now: over months a session ends. */
export async function signedIn(house: TestHouse, staffId: string): Promise<Caller> {
  const options = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
  return visitor(house, await house.write((ctx) => openSession(ctx, staffId, options)))
}

/** Runs the care engine until nothing is due. */
export async function evaluate(house: TestHouse): Promise<void> {
  while ((await evaluateDue(house.house, house.tenant, [tagStep, taskStep, followUpStep])) > 0);
}

/** Lets days pass, looking each time at what is due. */
export async function pass(house: TestHouse, days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    house.clock.advance({ days: 1 })
    await evaluate(house)
  }
}

/** Everything planned for a person, oldest first, in few words: `visit quarterly 1 due 2026-03-16`. */
export async function storyOf(house: TestHouse, patientId: string): Promise<string[]> {
  const rows = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('occurrence')
    .selectAll()
    .where('patient_id', '=', patientId)
    .orderBy('track')
    .orderBy('sequence')
    .execute()
  return rows.map(
    (row) => `${row.step} ${row.sequence} ${row.state} ${row.window_from}/${row.due_on}/${row.window_until}`,
  )
}
