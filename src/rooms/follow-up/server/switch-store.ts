import { sql, type RawBuilder } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { SwitchHow } from '../contract/impact.ts'
import type { OccurrenceRow } from './occurrence-store.ts'
import type { RunRow } from './run-store.ts'
import './table.ts'

export type RunOfVersion = RunRow & { name: string; visible: boolean }

/** Running plans of a protocol by other versions than one, in the order of their ids. */
export async function findRunsOfOthers(
  db: Db,
  organizationId: string,
  wanted: { code: string; version: number; after: string | undefined; limit: number; visible: RawBuilder<boolean> },
): Promise<RunOfVersion[]> {
  const { rows } = await sql<RunOfVersion>`
    select r.*, patient.name, ${wanted.visible} visible from plan_run r
    join patient on patient.organization_id = r.organization_id and patient.id = r.patient_id
    where r.organization_id = ${organizationId} and r.protocol_code = ${wanted.code} and r.state = 'active'
      and r.protocol_version <> ${wanted.version} ${wanted.after ? sql`and r.id > ${wanted.after}` : sql``}
    order by r.id limit ${wanted.limit}`.execute(db)
  return rows
}

export async function countRunsOfOthers(
  db: Db,
  organizationId: string,
  code: string,
  version: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int count from plan_run
    where organization_id = ${organizationId} and protocol_code = ${code} and state = 'active' and protocol_version <> ${version}`.execute(
    db,
  )
  return rows[0]!.count
}

/** The newest settled follow-up of each track of each plan. */
export async function findSettledLast(
  db: Db,
  organizationId: string,
  runIds: readonly string[],
): Promise<OccurrenceRow[]> {
  if (runIds.length === 0) return []
  const { rows } = await sql<OccurrenceRow>`
    select distinct on (run_id, track) * from occurrence
    where organization_id = ${organizationId} and run_id = any(${[...runIds]}::uuid[]) and state in ('done', 'done-late', 'missed')
    order by run_id, track, sequence desc`.execute(db)
  return rows
}

/** Locks plans in the order of their ids: whoever is completing a visit of one is waited for. */
export async function lockRuns(tx: Transaction, organizationId: string, runIds: readonly string[]): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`select * from plan_run
    where organization_id = ${organizationId} and id = any(${[...runIds]}::uuid[]) order by id for update`.execute(tx)
  return rows
}

export interface Decided {
  runId: string
  how: SwitchHow
}

/** Sends plans over to a version, or leaves them by theirs; one statement for all. */
export async function sendOver(
  tx: Transaction,
  organizationId: string,
  to: number,
  decided: readonly Decided[],
): Promise<void> {
  await sql`update plan_run r set switch_to = case when d.how <> 'leave' then ${to}::int end,
      switch_how = case when d.how <> 'leave' then d.how end, version = r.version + 1
    from json_to_recordset(${JSON.stringify(decided)}::json) as d ("runId" uuid, how text)
    where r.organization_id = ${organizationId} and r.id = d."runId" and r.state = 'active'`.execute(tx)
}

export async function insertSwitch(
  tx: Transaction,
  organizationId: string,
  one: { id: string; code: string; to: number; at: Date; by: { id: string | null; name: string } },
  runs: readonly { runId: string; how: SwitchHow; from: number; beforeTo: number | null; beforeHow: string | null }[],
): Promise<void> {
  await sql`insert into plan_switch (organization_id, id, protocol_code, to_version, at, by_id, by_name)
    values (${organizationId}, ${one.id}, ${one.code}, ${one.to}, ${one.at}, ${one.by.id}, ${one.by.name})`.execute(tx)
  await sql`insert into plan_switch_run (organization_id, switch_id, run_id, how, from_version, before_to, before_how)
    select ${organizationId}::uuid, ${one.id}::uuid, "runId", how, "from", "beforeTo", "beforeHow"
    from json_to_recordset(${JSON.stringify(runs)}::json) as d ("runId" uuid, how text, "from" int, "beforeTo" int, "beforeHow" text)`.execute(
    tx,
  )
}

export interface SwitchRow {
  id: string
  protocol_code: string
  to_version: number
  at: Date
  by_name: string
  undone_at: Date | null
  plans: number
}

export async function findSwitches(db: Db, organizationId: string, code: string, since: Date): Promise<SwitchRow[]> {
  const { rows } = await sql<SwitchRow>`
    select s.*, (select count(*)::int from plan_switch_run r where r.organization_id = s.organization_id and r.switch_id = s.id) plans
    from plan_switch s where s.organization_id = ${organizationId} and s.protocol_code = ${code} and s.at >= ${since}
    order by s.at desc, s.id desc limit 20`.execute(db)
  return rows
}

export async function lockSwitch(tx: Transaction, organizationId: string, id: string): Promise<SwitchRow | undefined> {
  const { rows } = await sql<SwitchRow>`select *, 0 plans from plan_switch
    where organization_id = ${organizationId} and id = ${id} for update`.execute(tx)
  return rows[0]
}

/**
 * Plans of a decision that can return: still waiting to go over, or planned anew since and nothing done in them after it.
 * The caller has locked them.
 */
export async function findReturning(
  tx: Transaction,
  organizationId: string,
  { id, to_version, at }: SwitchRow,
): Promise<
  {
    runId: string
    patientId: string
    waits: boolean
    from: number
    beforeTo: number | null
    beforeHow: string | null
  }[]
> {
  const { rows } = await sql<{
    runId: string
    patientId: string
    waits: boolean
    from: number
    beforeTo: number | null
    beforeHow: string | null
  }>`
    select d.run_id "runId", r.patient_id "patientId", r.protocol_version = d.from_version waits, d.from_version "from",
      d.before_to "beforeTo", d.before_how "beforeHow"
    from plan_switch_run d join plan_run r on r.organization_id = d.organization_id and r.id = d.run_id
    where d.organization_id = ${organizationId} and d.switch_id = ${id} and r.state = 'active' and (
      (r.protocol_version = d.from_version and (r.switch_to = ${to_version} or (d.how = 'leave' and r.switch_to is null)))
      or (d.how = 're-plan' and r.protocol_version = ${to_version} and r.switch_to is null and not exists (
        select from occurrence o where o.organization_id = d.organization_id and o.run_id = d.run_id and o.settled_at > ${at}
          and o.state <> 'cancelled')))`.execute(tx)
  return rows
}

/** Back to what was decided before, or, where a plan was planned anew, to be planned anew by its former version. */
export async function sendBack(
  tx: Transaction,
  organizationId: string,
  back: Awaited<ReturnType<typeof findReturning>>,
): Promise<void> {
  await sql`update plan_run r set switch_to = case when d.waits then d."beforeTo" else d."from" end,
      switch_how = case when d.waits then d."beforeHow" else 're-plan' end, version = r.version + 1
    from json_to_recordset(${JSON.stringify(back)}::json) as d ("runId" uuid, waits boolean, "from" int, "beforeTo" int, "beforeHow" text)
    where r.organization_id = ${organizationId} and r.id = d."runId"`.execute(tx)
}

export async function markUndone(
  tx: Transaction,
  organizationId: string,
  id: string,
  by: string | null,
  at: Date,
): Promise<void> {
  await sql`update plan_switch set undone_at = ${at}, undone_by = ${by} where organization_id = ${organizationId} and id = ${id}`.execute(
    tx,
  )
}
