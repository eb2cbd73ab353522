import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { endAccess, grantAccess } from '../../patient/server/index.ts'
import '../../patient/server/table.ts'
import type { TaskRow } from './store.ts'

export interface Pair {
  patientId: string
  staffId: string
}

const keyOf = ({ patientId, staffId }: Pair) => `${patientId} ${staffId}`

/**
 * Opens the files of patients to those who get a task about them and would not see them otherwise, and says for which
 * pairs the task is what opens it. Somebody's own customers, and access given for another reason, are left alone.
 */
export async function openFiles(ctx: WriteContext, pairs: readonly Pair[]): Promise<(pair: Pair) => boolean> {
  const unique = [...new Map(pairs.map((pair) => [keyOf(pair), pair])).values()]
  if (unique.length === 0) return () => false
  const { rows } = await sql<{ patient_id: string; staff_id: string; by_task: boolean }>`
    select n.patient_id, n.staff_id, a.staff_id is not null by_task
    from unnest(${unique.map((p) => p.patientId)}::uuid[], ${unique.map((p) => p.staffId)}::uuid[]) n (patient_id, staff_id)
    join patient p on p.organization_id = ${ctx.organizationId} and p.id = n.patient_id
    left join patient_access a on a.organization_id = p.organization_id and a.patient_id = p.id and a.staff_id = n.staff_id
    where n.staff_id is distinct from p.doctor_id and n.staff_id is distinct from p.manager_id and n.staff_id is distinct from p.counsellor_id
      and (a.staff_id is null or exists (select from task t where t.organization_id = p.organization_id and t.patient_id = p.id
        and t.owner_id = n.staff_id and t.access_granted and t.state in ('accepted', 'in-progress')))`.execute(ctx.db)
  for (const row of rows) if (!row.by_task) await grantAccess(ctx, row.patient_id, row.staff_id, ACCESS_REASON)
  const opened = new Set(rows.map((row) => `${row.patient_id} ${row.staff_id}`))
  return (pair) => opened.has(keyOf(pair))
}

const ACCESS_REASON = 'task'

/** Ends what `openFiles` opened, unless the same person has another task about the same patient that opened it too. */
export async function closeFiles(
  ctx: WriteContext,
  left: readonly Pick<TaskRow, 'patient_id' | 'owner_id' | 'access_granted'>[],
): Promise<void> {
  const pairs = left.flatMap((t) =>
    t.access_granted && t.patient_id && t.owner_id ? [{ patientId: t.patient_id, staffId: t.owner_id }] : [],
  )
  if (pairs.length === 0) return
  const { rows } = await sql<{ patient_id: string; staff_id: string }>`
    select distinct n.patient_id, n.staff_id
    from unnest(${pairs.map((p) => p.patientId)}::uuid[], ${pairs.map((p) => p.staffId)}::uuid[]) n (patient_id, staff_id)
    where not exists (select from task t where t.organization_id = ${ctx.organizationId} and t.patient_id = n.patient_id
      and t.owner_id = n.staff_id and t.access_granted and t.state in ('accepted', 'in-progress'))`.execute(ctx.db)
  for (const row of rows) await endAccess(ctx, row.patient_id, row.staff_id, ACCESS_REASON)
}
