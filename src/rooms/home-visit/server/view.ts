import type { ReadContext } from '../../../platform/context/context.ts'
import { followUpNamed } from '../../follow-up/server/index.ts'
import { visibleTo } from '../../patient/server/index.ts'
import { homeVisitProblem } from '../contract/problems.ts'
import type { Position, VisitLine, VisitView } from '../contract/words.ts'
import { findPhotos, lastConsent, type PhotoRow } from './photo-store.ts'
import { minutesOf } from './rules.ts'
import { findVersions, findVisit, type NamedVisitRow, type VersionRow } from './store.ts'

export function lineOf(row: NamedVisitRow): VisitLine {
  return {
    id: row.id as never,
    patient: { id: row.patient_id as never, name: row.patient_name },
    staff: { id: row.staff_id as never, name: row.staff_name },
    outcome: row.outcome,
    arrivedAt: row.arrived_at.toISOString(),
    leftAt: row.left_at.toISOString(),
    minutes: minutesOf(row.arrived_at, row.left_at),
    seen: row.seen,
    attention: Object.values(row.findings).filter((finding) => finding === 'attention').length,
    photos: row.photos,
    followUpId: row.follow_up_id,
    state: row.state,
  }
}

/** A visit of somebody this reader looks after. @throws Problem HomeVisitUnknown */
export async function requireVisit(ctx: ReadContext, id: string): Promise<NamedVisitRow> {
  const row = await findVisit(ctx.db, ctx.organizationId, id, visibleTo(ctx.actor, 'p', ctx.clock.now()))
  if (!row) throw homeVisitProblem('HomeVisitUnknown')
  ctx.audit.patientId = row.patient_id
  return row
}

/** The follow-up a visit was made for, as far as this reader may know of follow-ups. */
export async function followUpOf(ctx: ReadContext, patientId: string, followUpId: string) {
  return ctx.actor.permissions.has('follow-up.read') ? followUpNamed(ctx, patientId, followUpId) : undefined
}

/** Everything but the photos themselves. @throws Problem HomeVisitUnknown */
export async function viewOf(ctx: ReadContext, id: string): Promise<VisitView> {
  const row = await requireVisit(ctx, id)
  const versions = await findVersions(ctx.db, ctx.organizationId, id)
  const stands = versions[0]!
  const consent = await lastConsent(ctx.db, ctx.organizationId, id)
  const pictures = await findPhotos(ctx.db, ctx.organizationId, id)
  const has = (permission: string) => ctx.actor.permissions.has(permission)
  const isOwn = row.staff_id === ctx.actor.id && row.state === 'stands' && has('home-visit.write')
  return {
    ...lineOf(row),
    taskId: row.task_id,
    taskDone: row.task_done,
    version: row.version,
    place: stands.place,
    address: ctx.sealer.open(ctx.organizationId, stands.address_sealed),
    position: positionOf(ctx, stands),
    present: stands.present as VisitView['present'],
    presentNote: stands.present_note,
    findings: row.findings,
    next: stands.next,
    errorBecause: row.error_because,
    consent: consent
      ? {
          event: consent.event,
          saidBy: consent.said_by,
          at: consent.at.toISOString(),
          by: consent.by_name,
          onOwnPages: consent.by_id === null,
        }
      : null,
    pictures: pictures.map(photoOf),
    versions: versions.map(({ version, because, by_name: by, at }) => ({
      version,
      because,
      by,
      at: at.toISOString(),
    })),
    followUp: row.follow_up_id ? ((await followUpOf(ctx, row.patient_id, row.follow_up_id)) ?? null) : null,
    can: {
      correct: isOwn,
      addPhotos: isOwn && has('home-visit.photo'),
      openPhotos: has('home-visit.photo'),
      withdraw: has('home-visit.write') && consent?.event === 'given',
    },
    today: ctx.today,
  }
}

/** Sealed together with the address: where somebody lives. */
export const sealedPosition = (ctx: Pick<ReadContext, 'sealer' | 'organizationId'>, position: Position) =>
  position.kind === 'shared'
    ? ctx.sealer.seal(ctx.organizationId, JSON.stringify([position.latitude, position.longitude]))
    : null

function positionOf(ctx: ReadContext, { position, position_sealed: sealed }: VersionRow): VisitView['position'] {
  const [latitude = null, longitude = null] = sealed
    ? (JSON.parse(ctx.sealer.open(ctx.organizationId, sealed)) as number[])
    : []
  return { kind: position, latitude, longitude }
}

const photoOf = (row: PhotoRow): VisitView['pictures'][number] => ({
  id: row.id as never,
  takenBy: row.by_name,
  at: row.at.toISOString(),
  width: row.width,
  height: row.height,
  sizeBytes: row.size_bytes,
  label: row.label,
  deletedAt: row.deleted_at?.toISOString() ?? null,
  deletedBecause: row.deleted_because,
})
