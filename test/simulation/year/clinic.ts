import { sql } from 'kysely'
import { aHouse, type Answer, type Caller, type TestHouse } from '../../house.ts'
import { careSteps } from '../../../src/apps/care.ts'
import type { CallOf, Endpoint, OutputOf } from '../../../src/platform/contract/index.ts'
import { dispatchEvents } from '../../../src/platform/events/dispatcher.ts'
import { evaluateDue } from '../../../src/rooms/agenda/server/index.ts'
import {
  installShippedProtocols,
  layPackedProtocol,
  pathwaysOfPacks,
} from '../../../src/rooms/follow-up/server/index.ts'
import { processIntake } from '../../../src/rooms/report-intake/server/index.ts'
import { bindManager } from '../../../src/rooms/staff/server/index.ts'
import { installShippedTags } from '../../../src/rooms/tag/server/index.ts'
import { Dice } from './dice.ts'

/** What the simulator remembers of itself, to hold the house against. */
export interface Memory {
  patients: string[]
  /** Whom the generator made, by the number it made them under. */
  memberOf: Map<string, number>
  /** Since when, by patient. */
  dead: Map<string, Date>
  /** The same, by patient and purpose of what they want no mail of, and since when they do want it again. */
  optedOut: Map<string, Date>
  optedIn: Map<string, Date>
  mourning: Map<string, Date>
  complaints: { id: string; patientId: string; since: Date; until: Date | null }[]
  appointments: { key: string; patientId: string; at: Date; changedAt: Date }[]
  /** Who was taken into hospital while they were there, by the stay. */
  stays: { id: string; patientId: string; since: Date; until: Date | null }[]
  merges: Merge[]
  /** How often each act was done, and how often it was refused with which code. */
  done: Map<string, number>
  refused: Map<string, number>
  /** The last acts, for whoever repeats a seed. */
  lately: string[]
}

export interface Merge {
  mergeId: string
  fromId: string
  intoId: string
  at: Date
  /** All rooms have heard of it. */
  heardAt: Date | null
  undoneAt: Date | null
}

export interface Clinic {
  house: TestHouse
  dice: Dice
  memory: Memory
  desk: Caller
  sales: Caller
  nurses: Caller[]
  doctors: Caller[]
  lead: Caller
  /** Calls an endpoint; a refusal is counted, a fault ends the year. */
  ask<E extends Endpoint>(who: Caller, endpoint: E, input?: CallOf<E>): Promise<OutputOf<E> | undefined>
  rows<T>(query: string): Promise<T[]>
  /** Who looks after somebody now; anybody while nobody does. */
  nurseOf(patientId: string): Promise<Caller>
  doctorOf(patientId: string): Promise<Caller>
  /** Events, jobs, reports, care and, if wanted, the rounds of reminders and mails: until nothing is left. */
  work(rounds?: boolean): Promise<void>
  /** Journeys go a step on and messages leave, at whatever hour it is. */
  tell(): Promise<void>
  /** Everybody's session goes on: in an hour without a click it would end. */
  stayed(): Promise<void>
}

const TELLING = ['campaign/turn', 'message/send']
const ROUNDS = [
  ...TELLING,
  'risk/assess',
  'alert/escalate',
  'task/remind',
  'task/digest',
  'campaign/success',
  'message/notices',
  'patient/clear-ended-access',
]

export async function aClinic(seed: number): Promise<Clinic> {
  const house = await aHouse()
  await house.write(installShippedTags)
  await house.write(installShippedProtocols)
  for (const pathway of pathwaysOfPacks.values()) await house.write((ctx) => layPackedProtocol(ctx, pathway, true))
  const departmentId = await aDepartment(house)
  const as = (role: Parameters<TestHouse['as']>[0], name: string) => house.as(role, { name, departmentId })
  const nurses = [await as('service-manager', '李素珍'), await as('service-manager', '王海燕')]
  const doctors = [await as('physician', '张文远'), await as('physician', '陈静')]
  for (const doctor of doctors)
    await house.write(async (ctx) => {
      for (const { staffId } of nurses)
        await bindManager(ctx.tx, ctx.organizationId, doctor.staffId, staffId, ctx.clock.now())
    })
  const memory = newMemory()
  const dice = new Dice(seed)
  const carer = async (patientId: string, column: 'doctor_id' | 'manager_id', of: readonly Caller[]) => {
    const row = await db.selectFrom('patient').select(column).where('id', '=', patientId).executeTakeFirst()
    return of.find(({ staffId }) => staffId === row?.[column]) ?? dice.one(of)!
  }
  const db = house.house.databases.of(house.tenant.id)
  return {
    house,
    dice,
    nurseOf: (patientId) => carer(patientId, 'manager_id', nurses),
    doctorOf: (patientId) => carer(patientId, 'doctor_id', doctors),
    memory,
    nurses,
    doctors,
    desk: await as('front-desk', '赵前台'),
    sales: await as('sales-manager', '周敏'),
    lead: await as('quality-lead', '郑国华'),
    ask: async (who, endpoint, input) => {
      const answer: Answer = await who.try(endpoint, input)
      if (answer.status >= 500) throw new Error(`${endpoint.name} failed: ${answer.raw.body.slice(0, 300)}`)
      if (answer.status === 200) return answer.body as never
      const fields = ((answer.body as { fields?: { path: string }[] } | undefined)?.fields ?? [])
        .map(({ path }) => path)
        .join(' ')
      const code = `${endpoint.name} ${answer.status} ${answer.code} ${fields}`.trim()
      memory.refused.set(code, (memory.refused.get(code) ?? 0) + 1)
      return undefined
    },
    rows: async <T>(query: string) => (await sql.raw<T>(query).execute(db)).rows,
    work: (rounds = false) => work(house, memory, rounds),
    tell: () => runRounds(house, TELLING),
    stayed: async () => {
      const now = house.clock.now()
      const expires_at = new Date(now.getTime() + 86_400_000)
      await db.updateTable('session').set({ created_at: now, last_seen_at: now, expires_at }).execute()
    },
  }
}

function newMemory(): Memory {
  return {
    patients: [],
    memberOf: new Map(),
    dead: new Map(),
    optedOut: new Map(),
    optedIn: new Map(),
    mourning: new Map(),
    complaints: [],
    appointments: [],
    stays: [],
    merges: [],
    done: new Map(),
    refused: new Map(),
    lately: [],
  }
}

function aDepartment(house: TestHouse): Promise<string> {
  return house.write(async (ctx) => {
    const id = ctx.ids.next<string & never>() as string
    const row = { organization_id: ctx.organizationId, id, site_id: null, name: '健康管理科', lead_id: null }
    await ctx.tx
      .insertInto('department')
      .values({ ...row, created_at: ctx.clock.now() })
      .execute()
    return id
  })
}

/** What the worker does all the time; jobs and rounds where they are wanted, since each look at their queues costs. */
async function work(test: TestHouse, memory: Memory, rounds: boolean): Promise<void> {
  const { house, tenant, rooms, settle } = test
  const listeners = rooms.flatMap((room) => room.listeners ?? [])
  for (let turn = 0, moved = 1; moved > 0 && turn < 40; turn++)
    moved =
      (await processIntake(house, tenant)) +
      (await dispatchEvents(house, listeners)) +
      (await evaluateDue(house, tenant, careSteps))
  for (const merge of memory.merges) merge.heardAt ??= house.clock.now()
  if (!rounds) return
  await runRounds(test, ROUNDS)
  await settle()
}

async function runRounds({ house, tenant, rooms }: TestHouse, names: readonly string[]): Promise<void> {
  const known = new Map(rooms.flatMap((room) => room.rounds ?? []).map((round) => [round.name, round]))
  for (const name of names) await known.get(name)!.run(house, tenant)
}
