import { sql } from 'kysely'
import { on, type Listener } from '../../../platform/context/room.ts'
import { wake } from '../../agenda/server/index.ts'
import { copyRefusals, takeBackRefusals } from './refusal-store.ts'
import * as patient from '../../patient/contract/events.ts'

/**
 * Two files became one, or two again. Rules' tags follow from the facts, which have moved: both are looked at anew.
 * Tags by hand move with the person unless the other file has them too.
 */
export const listeners: Listener[] = [
  on(patient.patientMerged, 'tag/follow-merge', async (ctx, { fromId, intoId, mergeId }) => {
    await copyRefusals(ctx.tx, ctx.organizationId, { fromId, intoId, mergeId })
    await moveManual(ctx.tx, ctx.organizationId, fromId, intoId)
    await wake(ctx.tx, ctx.organizationId, [fromId, intoId], 'merge', ctx.clock.now())
  }),
  on(patient.patientUnmerged, 'tag/follow-unmerge', async (ctx, { fromId, intoId, mergeId }) => {
    await takeBackRefusals(ctx.tx, ctx.organizationId, { intoId, mergeId })
    await takeBackCopies(ctx.tx, ctx.organizationId, fromId, intoId)
    await wake(ctx.tx, ctx.organizationId, [fromId, intoId], 'merge undone', ctx.clock.now())
  }),
]

async function moveManual(
  tx: Parameters<typeof wake>[0],
  organizationId: string,
  fromId: string,
  intoId: string,
): Promise<void> {
  await sql`
    insert into patient_tag (organization_id, patient_id, tag_code, source, state, facts, note, sensitivity, set_at, set_by, expires_at)
    select organization_id, ${intoId}, tag_code, source, state, facts, note, sensitivity, set_at, set_by, expires_at from patient_tag
    where organization_id = ${organizationId} and patient_id = ${fromId} and source <> 'rule'
    on conflict do nothing`.execute(tx)
}

/** A copy is known by the moment and hand it was set with; what the other file had of its own differs in them. */
async function takeBackCopies(
  tx: Parameters<typeof wake>[0],
  organizationId: string,
  fromId: string,
  intoId: string,
): Promise<void> {
  await sql`
    delete from patient_tag copy using patient_tag own
    where copy.organization_id = ${organizationId} and copy.patient_id = ${intoId} and copy.source <> 'rule'
      and own.organization_id = copy.organization_id and own.patient_id = ${fromId} and own.tag_code = copy.tag_code
      and own.source = copy.source and own.set_at = copy.set_at and own.set_by is not distinct from copy.set_by`.execute(
    tx,
  )
}
