import { dateIn } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type { myVisitPhotos } from '../contract/own.ts'
import { homeVisitProblem } from '../contract/problems.ts'
import {
  addConsent,
  dropPhotos,
  findPhotos,
  findPhotosOf,
  findWithPhotos,
  lastConsent,
  type PhotoRow,
} from './photo-store.ts'
import { needsGuardian } from './rules.ts'
import { lockVisit, type VisitRow } from './store.ts'

/** Visits of which photos are kept, or were withdrawn; newest first. */
export async function mine(ctx: ReadContext): Promise<OutputOf<typeof myVisitPhotos>> {
  const patientId = ownPatientId(ctx)
  const person = await patientSummary(ctx, patientId)
  const rows = await findWithPhotos(ctx.db, ctx.organizationId, patientId)
  const ids = rows.map(({ id }) => id)
  const photos = Map.groupBy(await findPhotosOf(ctx.db, ctx.organizationId, ids), (photo) => photo.visit_id)
  return {
    rows: rows.map((row) => ({
      id: row.id as never,
      on: dateIn(row.arrived_at, ctx.tenant.timeZone),
      staff: row.staff_name,
      photos: row.photos,
      pictures: picturesOf(ctx, photos.get(row.id) ?? []),
      withdrawn:
        row.event === 'withdrawn' && row.photos === 0
          ? { on: dateIn(row.at, ctx.tenant.timeZone), saidBy: row.said_by, by: row.by_id && row.by_name }
          : null,
    })),
    forGuardian: needsGuardian(person?.ageYears ?? null),
  }
}

/** Numbered as the staff's pages number them; what its taker took away is nobody's any more. */
function picturesOf({ tenant }: ReadContext, photos: readonly PhotoRow[]) {
  return photos.flatMap(({ id, at, label, deleted_at, deleted_because }, n) =>
    deleted_at !== null && deleted_because !== 'withdrawn'
      ? []
      : [
          {
            id: id as never,
            number: n + 1,
            at: at.toISOString(),
            label,
            withdrawnOn: deleted_at && dateIn(deleted_at, tenant.timeZone),
          },
        ],
  )
}

/**
 * The person's own no: the photos lose their keys here and now, what was written of the visit stays. Said twice it is said
 * once. Whoever took them hears of it. @throws Problem HomeVisitUnknown: also of another's
 */
export async function withdrawMine(ctx: WriteContext, id: string): Promise<{ withdrawn: number }> {
  const patientId = ownPatientId(ctx)
  const visit = await lockOwn(ctx, patientId, id)
  const last = await lastConsent(ctx.tx, ctx.organizationId, id)
  if (last?.event !== 'given') return { withdrawn: 0 }
  const person = await patientSummary(ctx, patientId)
  const at = ctx.clock.now()
  const saidBy = needsGuardian(person?.ageYears ?? null) ? ('guardian' as const) : ('person' as const)
  const by = { id: null, name: ctx.actor.name }
  await addConsent(ctx.tx, ctx.organizationId, { visitId: id, event: 'withdrawn', saidBy, at, by })
  const withdrawn = await dropPhotos(ctx.tx, ctx.organizationId, { visitId: id, because: 'withdrawn', at })
  ctx.audit.detail = { saidBy, photos: withdrawn }
  await tellTaker(ctx, visit, person?.name ?? '', withdrawn)
  return { withdrawn }
}

/**
 * One photo only: it loses its key here and now, the yes to the others stands. Said twice it is said once. Whoever took it
 * hears of it. @throws Problem HomeVisitUnknown: also of another's, PhotoUnknown
 */
export async function withdrawOne(ctx: WriteContext, id: string, photoId: string): Promise<{ withdrawn: number }> {
  const patientId = ownPatientId(ctx)
  const visit = await lockOwn(ctx, patientId, id)
  const photos = await findPhotos(ctx.tx, ctx.organizationId, id)
  if (!photos.some((photo) => photo.id === photoId)) throw homeVisitProblem('PhotoUnknown')
  const which = { visitId: id, id: photoId, because: 'withdrawn', at: ctx.clock.now() } as const
  const withdrawn = await dropPhotos(ctx.tx, ctx.organizationId, which)
  const person = await patientSummary(ctx, patientId)
  const saidBy = needsGuardian(person?.ageYears ?? null) ? 'guardian' : 'person'
  ctx.audit.detail = { visit: id, saidBy, photos: withdrawn }
  if (withdrawn > 0) await tellTaker(ctx, visit, person?.name ?? '', withdrawn, photoId)
  return { withdrawn }
}

async function lockOwn(ctx: WriteContext, patientId: string, id: string): Promise<VisitRow> {
  const visit = await lockVisit(ctx.tx, ctx.organizationId, id)
  if (visit?.patient_id !== patientId) throw homeVisitProblem('HomeVisitUnknown')
  return visit
}

async function tellTaker(
  ctx: WriteContext,
  visit: VisitRow,
  title: string,
  count: number,
  photoId?: string,
): Promise<void> {
  await notifyStaff(ctx, visit.staff_id, {
    kind: 'home-visit-photos-withdrawn',
    values: { title, count },
    link: `/patients/${visit.patient_id}?tab=home-visits&visit=${visit.id}`,
    sourceKey: `home-visit-photos:${photoId ?? visit.id}:${ctx.clock.now().toISOString()}`,
  })
}
