import { sql } from 'kysely'
import type { Caller, TestHouse } from '../../../test/house.ts'
import type { Tenant } from '../../platform/context/context.ts'
import { cardActivated } from '../card/contract/card.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { bindManager } from '../staff/server/index.ts'
import type { Role } from '../staff/contract/permissions.ts'
import './server/table.ts'
import { createTask, type NewTask } from './server/index.ts'

/** For tests: an organization of its own with people at work, and what happens in it. */
export interface SampleClinic {
  house: TestHouse
  tenant: Tenant
  staff(role: Role | Role[], options?: { name?: string; departmentId?: string }): Promise<Caller>
  department(name: string, leadId?: string): Promise<string>
  bind(physician: Caller, ...managers: Caller[]): Promise<void>
  patient(name?: string, carers?: { doctor?: Caller; manager?: Caller; counsellor?: Caller }): Promise<string>
  /** Opens no card, but says that one was activated. @returns the card's id */
  activate(patientId: string, cardId?: string): Promise<string>
  /** A task made by the house itself. */
  task(task: Partial<NewTask>): Promise<string>
  /** Moves the clock; nobody is signed out by it. */
  travel(instant: string): Promise<void>
  /** Rows of a table of this organization. */
  rows<T = Record<string, unknown>>(table: string, where?: string): Promise<T[]>
  /** Payloads of the events of a name that were stored, delivered or not. */
  events(name: string): Promise<Record<string, unknown>[]>
}

/** An organization in the house of the test file. All events are stored, whoever listens. */
export async function sampleClinic(house: TestHouse): Promise<SampleClinic> {
  for (const name of TASK_EVENTS) (house.house.listened as Set<string>).add(name)
  const tenant = await house.anOrganization()
  const write = <T>(use: Parameters<typeof house.write<T>>[0]) => house.write(use, tenant)
  return {
    house,
    tenant,
    staff: (role, { name, departmentId } = {}) =>
      house.as(role, { tenant, ...(name ? { name } : {}), ...(departmentId ? { departmentId } : {}) }),
    department: (name, leadId) =>
      write(async (ctx) => {
        const id = ctx.ids.next()
        await ctx.tx
          .insertInto('department')
          .values({
            organization_id: tenant.id,
            id,
            site_id: null,
            name,
            lead_id: leadId ?? null,
            created_at: ctx.clock.now(),
          })
          .execute()
        return id
      }),
    bind: async (physician, ...managers) => {
      for (const manager of managers)
        await write((ctx) => bindManager(ctx.tx, tenant.id, physician.staffId, manager.staffId, ctx.clock.now()))
    },
    patient: (name = '王秀英', carers = {}) =>
      write(async (ctx) => {
        const id = await registerPatient(ctx, { name, sex: 'female', birthDate: '1961-04-05' })
        const { doctor, manager, counsellor } = carers
        await assignCarers(ctx, id, {
          ...(doctor ? { doctorId: doctor.staffId } : {}),
          ...(manager ? { managerId: manager.staffId } : {}),
          ...(counsellor ? { counsellorId: counsellor.staffId } : {}),
        })
        return id
      }),
    activate: async (patientId, cardId) => {
      const card = cardId ?? house.house.ids.next()
      await write((ctx) => ctx.emit(cardActivated, { cardId: card as never, patientId: patientId as never }))
      await house.settle()
      return card
    },
    task: (task) => write(async (ctx) => (await createTask(ctx, { type: 'call', source: 'test', ...task })).id),
    travel: async (instant) => {
      house.clock.set(instant)
      const now = house.clock.now()
      await house.house.databases
        .of(tenant.id)
        .updateTable('session')
        .set({ created_at: now, last_seen_at: now, expires_at: new Date(now.getTime() + 3_600_000) })
        .where('organization_id', '=', tenant.id)
        .execute()
    },
    rows: async <T>(table: string, where = 'true') => {
      const { rows } =
        await sql<T>`select * from ${sql.table(table)} where organization_id = ${tenant.id} and ${sql.raw(where)}`.execute(
          house.house.databases.of(tenant.id),
        )
      return rows
    },
    events: async (name) => {
      const { rows } = await sql<{ payload: Record<string, unknown> }>`
        select payload from outbox_event where organization_id = ${tenant.id} and name = ${name} order by id`.execute(
        house.house.databases.none,
      )
      return rows.map((row) => row.payload)
    },
  }
}

const TASK_EVENTS = [
  'task.created',
  'task.done',
  'task.cancelled',
  'task.handed-over',
  'task.reminder-due',
  'task.digest-due',
]
