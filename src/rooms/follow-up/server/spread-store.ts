import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Beginning, Begun } from '../contract/spread.ts'
import type { PlanWaitTable } from './table.ts'
import './table.ts'

export type WaitRow = Selectable<PlanWaitTable>

/** What these people wait for. */
export async function findWaits(db: Db, organizationId: string, patientIds: readonly string[]): Promise<WaitRow[]> {
  const { rows } = await sql<WaitRow>`
    select * from plan_wait where organization_id = ${organizationId} and patient_id = any(${[...patientIds]}::uuid[])
    order by begins_on, protocol_code`.execute(db)
  return rows
}

/** Holds the days of a pathway until the transaction ends; those of several are held in the order of their codes. */
export async function holdIntake(tx: Transaction, organizationId: string, code: string): Promise<void> {
  await sql`insert into plan_intake (organization_id, protocol_code) values (${organizationId}, ${code})
    on conflict (organization_id, protocol_code) do update set protocol_code = excluded.protocol_code`.execute(tx)
}

/** How full the days of a pathway are from today on. */
export async function findDays(db: Db, organizationId: string, code: string, today: string): Promise<Begun> {
  const { rows } = await sql<{ day: string; entered: number; begins: number }>`
    select day, entered, begins from plan_intake_day
    where organization_id = ${organizationId} and protocol_code = ${code} and day >= ${today}`.execute(db)
  return {
    entered: rows.find(({ day }) => day === today)?.entered ?? 0,
    begins: new Map(rows.map(({ day, begins }) => [day, begins])),
  }
}

/** Notes who came in today and on which days they begin. */
export async function fillDays(
  tx: Transaction,
  organizationId: string,
  code: string,
  today: string,
  entered: number,
  beginnings: readonly Beginning[],
): Promise<void> {
  const days = new Map(beginnings.map(({ on, count }) => [on, { entered: 0, begins: count }]))
  days.set(today, { entered, begins: days.get(today)?.begins ?? 0 })
  const rows = [...days].map(([day, counts]) => ({ day, ...counts })).toSorted((a, b) => (a.day < b.day ? -1 : 1))
  await sql`
    insert into plan_intake_day as d (organization_id, protocol_code, day, entered, begins)
    select ${organizationId}::uuid, ${code}, day, entered, begins
    from json_to_recordset(${JSON.stringify(rows)}::json) n (day date, entered int, begins int)
    on conflict (organization_id, protocol_code, day) do update
    set entered = d.entered + excluded.entered, begins = d.begins + excluded.begins`.execute(tx)
}

export interface NewWait {
  patientId: string
  code: string
  beginsOn: string
  entryKey: string
}

export async function insertWaits(
  tx: Transaction,
  organizationId: string,
  waits: readonly NewWait[],
  by: { id: string | null; name: string },
  now: Date,
): Promise<void> {
  if (waits.length === 0) return
  await sql`
    insert into plan_wait (organization_id, patient_id, protocol_code, begins_on, entry_key, since, by_id, by_name)
    select ${organizationId}::uuid, "patientId", code, "beginsOn", "entryKey", ${now}::timestamptz, ${by.id}::uuid, ${by.name}
    from json_to_recordset(${JSON.stringify(waits)}::json) n ("patientId" uuid, code text, "beginsOn" date, "entryKey" text)
    on conflict do nothing`.execute(tx)
}

export type WaitKey = Pick<WaitRow, 'patient_id' | 'protocol_code'>

/** Takes people off who begin now, on the day that was theirs. @returns those that stood there */
export async function dropWaits(
  tx: Transaction,
  organizationId: string,
  waits: readonly WaitKey[],
): Promise<WaitRow[]> {
  if (waits.length === 0) return []
  const { rows } = await sql<WaitRow>`
    delete from plan_wait w using json_to_recordset(${JSON.stringify(waits)}::json) n (patient_id uuid, protocol_code text)
    where w.organization_id = ${organizationId} and w.patient_id = n.patient_id and w.protocol_code = n.protocol_code
    returning w.*`.execute(tx)
  return rows
}

/** Takes people off who do not begin, or not on that day: others may have their place. @returns those that stood there */
export async function releaseWaits(
  tx: Transaction,
  organizationId: string,
  waits: readonly WaitKey[],
  today: string,
): Promise<WaitRow[]> {
  const gone = await dropWaits(tx, organizationId, waits)
  const freed = Map.groupBy(
    gone.filter(({ begins_on }) => begins_on >= today),
    ({ protocol_code, begins_on }) => `${protocol_code} ${begins_on}`,
  )
  const rows = [...freed]
    .map(([key, those]) => ({ code: key.split(' ')[0], day: key.split(' ')[1], count: those.length }))
    .toSorted((a, b) => (`${a.code} ${a.day}` < `${b.code} ${b.day}` ? -1 : 1))
  for (const code of new Set(rows.map((row) => row.code!))) await holdIntake(tx, organizationId, code)
  if (rows.length > 0)
    await sql`
      update plan_intake_day d set begins = greatest(0, d.begins - n.count)
      from json_to_recordset(${JSON.stringify(rows)}::json) n (code text, day date, count int)
      where d.organization_id = ${organizationId} and d.protocol_code = n.code and d.day = n.day`.execute(tx)
  return gone
}

/** How many wait for a pathway, by the day on which they begin. */
export async function countWaits(
  db: Db,
  organizationId: string,
  codes: readonly string[],
): Promise<Map<string, Beginning[]>> {
  const { rows } = await sql<{ code: string; on: string; count: number }>`
    select protocol_code code, begins_on "on", count(*)::int count from plan_wait
    where organization_id = ${organizationId} and protocol_code = any(${[...codes]}::text[])
    group by 1, 2 order by 1, 2`.execute(db)
  return new Map(
    [...Map.groupBy(rows, ({ code }) => code)].map(([code, those]) => [
      code,
      those.map(({ on, count }) => ({ on, count })),
    ]),
  )
}

/** What a person waits for goes with them into another file, unless that one waits for it or has it. */
export async function moveWaits(
  tx: Transaction,
  organizationId: string,
  { fromId, intoId, mergeId }: { fromId: string; intoId: string; mergeId: string },
  today: string,
): Promise<void> {
  await sql`
    update plan_wait w set patient_id = ${intoId}, merge_id = ${mergeId}
    where w.organization_id = ${organizationId} and w.patient_id = ${fromId}
      and not exists (select from plan_wait o where o.organization_id = w.organization_id and o.patient_id = ${intoId}
        and o.protocol_code = w.protocol_code)
      and not exists (select from plan_run r where r.organization_id = w.organization_id and r.patient_id = ${intoId}
        and r.protocol_code = w.protocol_code and r.state = 'active')`.execute(tx)
  await releaseWaits(tx, organizationId, await findWaits(tx, organizationId, [fromId]), today)
}

/** What that merge had brought goes back. */
export async function returnWaits(
  tx: Transaction,
  organizationId: string,
  { fromId, intoId, mergeId }: { fromId: string; intoId: string; mergeId: string },
): Promise<void> {
  await sql`
    update plan_wait w set patient_id = ${fromId}, merge_id = null
    where w.organization_id = ${organizationId} and w.patient_id = ${intoId} and w.merge_id = ${mergeId}
      and not exists (select from plan_wait o where o.organization_id = w.organization_id and o.patient_id = ${fromId}
        and o.protocol_code = w.protocol_code)`.execute(tx)
}
