import { sql } from 'kysely'
import type { TestHouse } from '../../../test/house.ts'
import type {
  AttemptChannel,
  AttemptOutcome,
  ExitReason,
  OccurrenceState,
  VisitClass,
} from '../follow-up/contract/words.ts'

/** People in care as the tests of this room need them: their plans, follow-ups, calls and agreed plans, put down as they ended up. */

export interface SampleRun {
  protocol?: string
  startedOn?: string
  endedOn?: string
  /** Null: completed. */
  reason?: ExitReason | null
}

export interface SampleVisit {
  step?: string
  until: string
  state: OccurrenceState
  actualOn?: string
  class?: VisitClass
  restingSince?: string
  tries?: [AttemptChannel, AttemptOutcome][]
}

/** How far a call came, as the room follow-up keeps it beside each follow-up; its own test holds that it does. */
const REACH: Partial<Record<AttemptOutcome, number>> = { reached: 4, refused: 3, 'call-back': 3, 'family-answered': 2 }

const dbOf = (house: TestHouse) => house.house.databases.of(house.tenant.id)
const noon = (day: string) => new Date(`${day}T04:00:00Z`)

/** Registered long ago, so that nobody counts as new. */
export async function aKnownPerson(house: TestHouse, name: string, managerId: string): Promise<string> {
  const id = house.house.ids.next<string>()
  await sql`insert into patient (organization_id, id, name, sex, birth_date, manager_id, created_at, updated_at)
    values (${house.tenant.id}, ${id}, ${name}, 'female', '1970-05-01', ${managerId}, '2024-01-01', '2024-01-01')`.execute(
    dbOf(house),
  )
  return id
}

export async function aRun(house: TestHouse, patientId: string, run: SampleRun = {}): Promise<string> {
  const { protocol = 'hypertension', startedOn = '2025-06-02', endedOn, reason } = run
  const id = house.house.ids.next<string>()
  const state = endedOn === undefined ? 'active' : reason ? 'exited' : 'completed'
  await sql`insert into plan_run (organization_id, id, patient_id, protocol_code, protocol_version, entry_key, anchor_on, state, exit_reason, started_at,
      started_by_name, ended_at, ended_by_name)
    select organization_id, ${id}, ${patientId}, code, version, ${id}, ${startedOn}, ${state}, ${reason ?? null}, ${noon(startedOn)}::timestamptz, '测试',
      ${endedOn ? noon(endedOn) : null}::timestamptz, ${endedOn ? '测试' : null}
    from protocol where organization_id = ${house.tenant.id} and code = ${protocol} and state = 'published'`.execute(
    dbOf(house),
  )
  return id
}

export async function aVisit(house: TestHouse, patientId: string, runId: string, visit: SampleVisit): Promise<void> {
  const { step = 'quarterly', until, state, actualOn, tries = [] } = visit
  const id = house.house.ids.next<string>()
  const calls = tries.filter(([channel]) => channel === 'phone')
  const reach = Math.max(0, ...calls.map(([, outcome]) => REACH[outcome] ?? 1))
  const isOpen = state === 'due' || state === 'planned'
  await sql`insert into occurrence (organization_id, id, run_id, patient_id, step, track, sequence, window_from, due_on, window_until, state, class,
      actual_on, attempts, reach, resting_since, settled_at, created_at)
    select ${house.tenant.id}, ${id}, ${runId}, ${patientId}, ${step}, 'visit', 1 + count(*), ${until}::date - 10, ${until}::date - 5, ${until}, ${state},
      ${visit.class ?? null}, ${actualOn ?? null}::date, ${tries.length},
      ${reach}, ${visit.restingSince ?? null}::date, ${isOpen ? null : noon(until)}::timestamptz, ${noon(until)}
    from occurrence where organization_id = ${house.tenant.id} and run_id = ${runId}`.execute(dbOf(house))
  for (const [at, [channel, outcome]] of tries.entries())
    await sql`insert into contact_attempt (organization_id, id, occurrence_id, number, patient_id, channel, outcome, started_at, by_name, at)
      values (${house.tenant.id}, ${house.house.ids.next()}, ${id}, ${at + 1}, ${patientId}, ${channel}, ${outcome}, ${noon(until)}, '测试', ${noon(until)})`.execute(
      dbOf(house),
    )
}

export interface SampleCarePlan {
  state?: 'active' | 'paused'
  percent: number | null
  expected: number
}

export async function aCarePlan(
  house: TestHouse,
  patientId: string,
  { state = 'active', percent, expected }: SampleCarePlan,
): Promise<void> {
  const adherence = JSON.stringify({ percent, expected, done: 0, partly: 0 })
  await sql`insert into care_plan (organization_id, id, patient_id, kind, title, state, version, started_on, adherence, adherence_percent, measured_on, created_at)
    values (${house.tenant.id}, ${house.house.ids.next()}, ${patientId}, 'salt', '少盐', ${state}, 1, '2026-01-05', ${adherence}::jsonb, ${percent},
      '2026-03-01', ${noon('2026-01-05')})`.execute(dbOf(house))
}
