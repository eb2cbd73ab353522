import { dateIn } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type { myVisitPhotos } from '../contract/own.ts'
import { homeVisitProblem } from '../contract/problems.ts'
import { addConsent, dropPhotos, findWithPhotos, lastConsent } from './photo-store.ts'
import { needsGuardian } from './rules.ts'
import { lockVisit } from './store.ts'

/** Visits of which photos are kept, or were withdrawn; newest first. */
export async function mine(ctx: ReadContext): Promise<OutputOf<typeof myVisitPhotos>> {
  const patientId = ownPatientId(ctx)
  const person = await patientSummary(ctx, patientId)
  const rows = await findWithPhotos(ctx.db, ctx.organizationId, patientId)
  return {
    rows: rows.map((row) => ({
      id: row.id as never,
      on: dateIn(row.arrived_at, ctx.tenant.timeZone),
      staff: row.staff_name,
      photos: row.photos,
      withdrawn:
        row.event === 'withdrawn' && row.photos === 0
          ? { on: dateIn(row.at, ctx.tenant.timeZone), saidBy: row.said_by, by: row.by_id && row.by_name }
          : null,
    })),
    forGuardian: needsGuardian(person?.ageYears ?? null),
  }
}

/**
 * The person's own no: the photos lose their keys here and now, what was written of the visit stays. Said twice it is said
 * once. Whoever took them hears of it. @throws Problem HomeVisitUnknown: also of another's
 */
export async function withdrawMine(ctx: WriteContext, id: string): Promise<{ withdrawn: number }> {
  const patientId = ownPatientId(ctx)
  const visit = await lockVisit(ctx.tx, ctx.organizationId, id)
  if (visit?.patient_id !== patientId) throw homeVisitProblem('HomeVisitUnknown')
  const last = await lastConsent(ctx.tx, ctx.organizationId, id)
  if (last?.event !== 'given') return { withdrawn: 0 }
  const person = await patientSummary(ctx, patientId)
  const at = ctx.clock.now()
  const saidBy = needsGuardian(person?.ageYears ?? null) ? ('guardian' as const) : ('person' as const)
  const by = { id: null, name: ctx.actor.name }
  await addConsent(ctx.tx, ctx.organizationId, { visitId: id, event: 'withdrawn', saidBy, at, by })
  const withdrawn = await dropPhotos(ctx.tx, ctx.organizationId, { visitId: id, because: 'withdrawn', at })
  ctx.audit.detail = { saidBy, photos: withdrawn }
  await notifyStaff(ctx, visit.staff_id, {
    kind: 'home-visit-photos-withdrawn',
    values: { title: person?.name ?? '', count: withdrawn },
    link: `/patients/${patientId}?tab=home-visits&visit=${id}`,
    sourceKey: `home-visit-photos:${id}:${at.toISOString()}`,
  })
  return { withdrawn }
}
