import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { STAYS } from './roll.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

const KINDS = Object.values(STAYS)
/** What a stay on a worklist carries beside its days. */
const CARRIED = [sql``, sql`, state, note, done_by, done_by_name, done_at, task_id`]

/**
 * Two files became one: stays go on in the file that is left, with what was done. Lists that follow the facts are looked
 * at anew besides, since the facts have moved (room tag wakes both).
 */
export async function followMerge(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  for (const [n, { table, list }] of KINDS.entries()) {
    await sql`
      insert into ${table} (organization_id, ${list}, patient_id, since_at, merge_id ${CARRIED[n]!})
      select organization_id, ${list}, ${intoId}::uuid, since_at, ${mergeId}::uuid ${CARRIED[n]!} from ${table}
      where organization_id = ${ctx.organizationId} and patient_id = ${fromId} and left_at is null
      on conflict do nothing`.execute(ctx.tx)
    await sql`
      update ${table} set left_at = ${ctx.clock.now()}, left_because = 'merge', merge_id = ${mergeId}
      where organization_id = ${ctx.organizationId} and patient_id = ${fromId} and left_at is null`.execute(ctx.tx)
  }
}

/** And two again: what this merge had brought goes, what it had ended goes on. */
export async function undoMerge(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  for (const { table, list } of KINDS) {
    await sql`
      delete from ${table} where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and merge_id = ${mergeId}`.execute(
      ctx.tx,
    )
    await sql`
      update ${table} m set left_at = null, left_because = null, merge_id = null
      where m.organization_id = ${ctx.organizationId} and m.patient_id = ${fromId} and m.merge_id = ${mergeId} and m.left_because = 'merge'
        and not exists (select from ${table} s where s.organization_id = m.organization_id and s.${list} = m.${list}
          and s.patient_id = m.patient_id and s.left_at is null)`.execute(ctx.tx)
  }
}

/** A frozen segment looks at nobody again, so death is told to it. */
export async function endWithDeath(ctx: WriteContext, patientId: string): Promise<void> {
  await sql`
    update segment_member set left_at = ${ctx.clock.now()}, left_because = 'death'
    where organization_id = ${ctx.organizationId} and patient_id = ${patientId} and left_at is null`.execute(ctx.tx)
}

/** The death was entered by mistake: whoever was in a frozen segment is in it again. */
export async function takeBackDeath(ctx: WriteContext, patientId: string): Promise<void> {
  await sql`
    update segment_member m set left_at = null, left_because = null
    from segment s, segment_version v
    where m.organization_id = ${ctx.organizationId} and m.patient_id = ${patientId} and m.left_because = 'death'
      and s.organization_id = m.organization_id and s.id = m.segment_id and s.state = 'active'
      and v.organization_id = s.organization_id and v.segment_id = s.id and v.version = s.version and v.definition ->> 'mode' = 'frozen'
      and not exists (select from segment_member n where n.organization_id = m.organization_id and n.segment_id = m.segment_id
        and n.patient_id = m.patient_id and n.left_at is null)`.execute(ctx.tx)
}
