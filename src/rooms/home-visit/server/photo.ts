import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { Tenant } from '../../../platform/context/context.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { bareImage } from '../../../platform/files/bare-image.ts'
import { readParts, removeParts, writePart } from '../../../platform/files/part-file.ts'
import { newPartKey, openPart, sealPart } from '../../../platform/pii/part-cipher.ts'
import type { putPhoto } from '../contract/photo.ts'
import { homeVisitProblem } from '../contract/problems.ts'
import { PHOTO_BYTES_MAX, PHOTO_SIDE_MAX, PHOTOS_MAX, type VisitView } from '../contract/words.ts'
import * as store from './photo-store.ts'
import { requireVisit, viewOf } from './view.ts'
import { own } from './own.ts'

const AT_ONCE = 200

/** What a photo is sealed with: under another visit it does not open. */
const placeOf = (visitId: string, photoId: string) => `${visitId}/${photoId}`

/**
 * Keeps a photo once somebody has said yes: written anew without what the camera added, sealed with a key of its own, on
 * the disk before it is answered.
 */
export async function take(
  ctx: WriteContext,
  { params, query }: Pick<InputOf<typeof putPhoto>, 'params' | 'query'>,
  call: Call,
): Promise<{ id: never }> {
  const sent = await readLimited(call.stream)
  const visit = await own(ctx, params.homeVisitId)
  const digest = ctx.sealer.index(ctx.organizationId, 'home-visit-photo', sent.toString('latin1'))
  const photos = await store.findPhotos(ctx.tx, ctx.organizationId, visit.id)
  const known = photos.find(({ key }) => key === params.key)
  if (known) {
    if (known.deleted_at) throw homeVisitProblem('PhotoGone')
    if (!known.digest.equals(digest)) throw homeVisitProblem('PhotoDiffers')
    return { id: known.id as never }
  }
  const consent = await store.lastConsent(ctx.tx, ctx.organizationId, visit.id)
  if (consent?.event !== 'given') throw homeVisitProblem('PhotoConsentMissing')
  if (photos.filter((one) => one.deleted_at === null).length >= PHOTOS_MAX)
    throw homeVisitProblem('PhotosTooMany', { most: PHOTOS_MAX })
  const image = bareImage(sent)
  if (!image || Math.max(image.width, image.height) > PHOTO_SIDE_MAX) throw homeVisitProblem('PhotoUnreadable')
  const id = ctx.ids.next<string & never>() as string
  const key = newPartKey()
  const sealed = sealPart(key, placeOf(visit.id, id), image.bytes)
  await writePart(call.house.files.folder, ctx.organizationId, id, 0, sealed)
  await store.insertPhoto(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    visit_id: visit.id,
    key: params.key,
    digest,
    media: image.media,
    width: image.width,
    height: image.height,
    size_bytes: image.bytes.length,
    sealed_key: ctx.sealer.sealBytes(ctx.organizationId, key),
    sealed_bytes: sealed.length,
    label: query.label,
    at: ctx.clock.now(),
    by_id: ctx.actor.id!,
    by_name: ctx.actor.name,
    deleted_at: null,
    deleted_because: null,
    file_removed_at: null,
  })
  ctx.audit.detail = { photo: id, sizeBytes: image.bytes.length }
  return { id: id as never }
}

/** One photo, kept by no browser and no proxy. @throws Problem HomeVisitUnknown, PhotoUnknown, PhotoGone */
export async function open(
  ctx: ReadContext,
  { homeVisitId, photoId }: { homeVisitId: string; photoId: string },
  call: Call,
): Promise<Stream> {
  const visit = await requireVisit(ctx, homeVisitId)
  const row = (await store.findPhotos(ctx.db, ctx.organizationId, visit.id)).find(({ id }) => id === photoId)
  if (!row) throw homeVisitProblem('PhotoUnknown')
  if (!row.sealed_key) throw homeVisitProblem('PhotoGone')
  const key = ctx.sealer.openBytes(ctx.organizationId, row.sealed_key)
  const parts = readParts(call.house.files.folder, ctx.organizationId, row.id, [{ at: 0, size: row.sealed_bytes }])
  const { value } = await parts.next()
  await parts.return(undefined)
  if (!value) throw homeVisitProblem('PhotoGone')
  call.setHeader('cache-control', 'no-store')
  call.setHeader('x-content-type-options', 'nosniff')
  return { stream: openPart(key, placeOf(visit.id, row.id), value.bytes), media: row.media }
}

/** @throws Problem HomeVisitUnknown, HomeVisitNotYours, PhotoUnknown */
export async function remove(
  ctx: WriteContext,
  { homeVisitId, photoId }: { homeVisitId: string; photoId: string },
): Promise<VisitView> {
  const visit = await own(ctx, homeVisitId)
  const photos = await store.findPhotos(ctx.tx, ctx.organizationId, visit.id)
  if (!photos.some(({ id }) => id === photoId)) throw homeVisitProblem('PhotoUnknown')
  const which = { visitId: visit.id, id: photoId, because: 'by-hand', at: ctx.clock.now() } as const
  await store.dropPhotos(ctx.tx, ctx.organizationId, which)
  return viewOf(ctx, visit.id)
}

/** Removes the sealed bytes of what has lost its key: after the commit, since a file cannot be taken back. */
export async function removeDropped(house: House, tenant: Tenant): Promise<void> {
  const db = house.databases.of(tenant.id)
  for (const id of await store.findFilesLeft(db, tenant.id, AT_ONCE)) {
    await removeParts(house.files.folder, tenant.id, id)
    await store.noteRemoved(db, tenant.id, id, house.clock.now())
  }
}

/** Reads an upload, and stops at the first byte too many. */
async function readLimited(stream: NodeJS.ReadableStream | undefined): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  if (stream && Symbol.asyncIterator in stream)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > PHOTO_BYTES_MAX)
        throw homeVisitProblem('PhotoTooLarge', { megabytes: Math.round(PHOTO_BYTES_MAX / 1_000_000) })
      chunks.push(chunk)
    }
  if (size === 0) throw homeVisitProblem('PhotoEmpty')
  return Buffer.concat(chunks)
}
