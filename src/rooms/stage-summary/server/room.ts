import { sql } from 'kysely'
import { on, type Room } from '../../../platform/context/room.ts'
import { carePlanEnded, carePlanSigned } from '../../care-plan/contract/events.ts'
import { patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { expectFirst, expectLast, expectNone, mergeDue } from './due.ts'
import { routes } from './routes.ts'
import './table.ts'

export const room: Room = {
  name: 'stage-summary',
  routes,
  listeners: [
    /** Of two drafts that of the file that stays is gone on with; the other goes, signed ones follow their person. */
    on(patientMerged, 'stage-summary/follow-merge', async ({ tx, organizationId }, { fromId, intoId, mergeId }) => {
      await sql`delete from stage_summary s where s.organization_id = ${organizationId} and s.patient_id = ${fromId} and s.state in ('draft', 'submitted')
        and exists (select from stage_summary o where o.organization_id = s.organization_id and o.patient_id = ${intoId} and o.state in ('draft', 'submitted'))`.execute(
        tx,
      )
      await sql`update stage_summary set patient_id = ${intoId},
          moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
        where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
    }),
    on(patientMerged, 'stage-summary/due-merged', (ctx, merge) => mergeDue(ctx, merge)),
    on(patientDied, 'stage-summary/none-due', (ctx, { patientId }) => expectNone(ctx, patientId)),
    on(carePlanSigned, 'stage-summary/first-due', (ctx, { patientId }) => expectFirst(ctx, patientId)),
    on(carePlanEnded, 'stage-summary/last-due', async (ctx, { patientId, reason }) => {
      if (reason !== 'deceased') await expectLast(ctx, patientId)
    }),
    on(patientUnmerged, 'stage-summary/undo-merge', async ({ tx, organizationId }, { intoId, mergeId }) => {
      await sql`update stage_summary set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
        where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
        tx,
      )
    }),
  ],
}
