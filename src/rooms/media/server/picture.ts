import { createHash } from 'node:crypto'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import { byteRange } from '../../../platform/http/byte-range.ts'
import { readLook } from '../contract/look.ts'
import { mediaProblem } from '../contract/problems.ts'
import type { Picture } from '../contract/words.ts'
import { findPicture, findPictures, keepPictures, type PictureFacts, type PictureRow } from './picture-store.ts'
import { readImage } from '../../../platform/files/image.ts'
import { canMove, dressed } from './rules/look.ts'
import { readSvg } from './rules/svg.ts'

/** A drawing of a hospital's own fits in a tenth of this; a clip of half a minute in the last. */
const DRAWING_BYTES_MAX = 300_000
const IMAGE_BYTES_MAX = 2_000_000
const VIDEO_BYTES_MAX = 12_000_000
const SIDE_PX_MAX = 4000

/**
 * Takes a picture in. What it is follows from its bytes; a drawing is written anew, so that what is kept is what we know.
 * @throws Problem PictureTooLarge, PictureUnreadable, PictureRefused, PictureTooWide, PictureMovesAlone
 */
export async function upload(ctx: WriteContext, call: Call): Promise<Picture> {
  const content = await readLimited(call.stream, VIDEO_BYTES_MAX)
  const row = { ...rowOf(content), organization_id: ctx.organizationId, ...addedBy(ctx) }
  if (row.svg === null) await call.house.files.put(ctx.organizationId, content)
  await keepPictures(ctx.tx, [row])
  ctx.audit.detail = { key: row.key.slice(0, 16), media: row.media, sizeBytes: row.size_bytes }
  return pictureView(row)
}

const addedBy = ({ actor, clock }: WriteContext) => ({
  added_at: clock.now(),
  added_by: actor.id,
  added_by_name: actor.name,
})

type Content = Omit<PictureRow, 'organization_id' | 'added_at' | 'added_by' | 'added_by_name'>

/** The row of a picture, from its bytes. */
export function rowOf(content: Buffer): Content {
  const image = readImage(content)
  if (!image) return drawingOf(content)
  if ('fault' in image) throw mediaProblem('PictureMovesAlone')
  const isVideo = image.kind === 'video'
  if (!isVideo) requireSize(content, IMAGE_BYTES_MAX)
  const { width, height } = isVideo ? { width: null, height: null } : image
  if (Math.max(width ?? 0, height ?? 0) > SIDE_PX_MAX) throw mediaProblem('PictureTooWide', { pixels: SIDE_PX_MAX })
  return { ...keyed(content), kind: image.kind, media: image.media, svg: null, width, height, moves: isVideo }
}

function drawingOf(content: Buffer): Content {
  requireSize(content, DRAWING_BYTES_MAX)
  const read = readSvg(content)
  if ('fault' in read)
    throw read.fault === 'refused'
      ? mediaProblem('PictureRefused', { what: read.what })
      : mediaProblem('PictureUnreadable')
  const { svg, width, height } = read
  return {
    ...keyed(Buffer.from(svg)),
    kind: 'drawing',
    media: 'image/svg+xml',
    svg,
    width,
    height,
    moves: canMove(svg),
  }
}

const keyed = (content: Buffer) => ({
  key: createHash('sha256').update(content).digest('hex'),
  size_bytes: content.length,
})

function requireSize({ length }: Buffer, bytesMax: number): void {
  if (length > bytesMax) throw mediaProblem('PictureTooLarge', { kilobytes: Math.round(bytesMax / 1000) })
}

/** Reads an upload, and stops at the first byte too many. */
async function readLimited(stream: NodeJS.ReadableStream | undefined, bytesMax: number): Promise<Buffer> {
  if (!stream || !(Symbol.asyncIterator in stream)) throw mediaProblem('PictureUnreadable')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bytesMax) throw mediaProblem('PictureTooLarge', { kilobytes: Math.round(bytesMax / 1000) })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * A picture as pages show it, always as `<img>` or `<video>`: there a drawing runs nothing and fetches nothing, whatever
 * might be in it. The address names content and look, so browsers keep it for a year.
 * @throws Problem PictureUnknown
 */
export async function show(
  ctx: ReadContext,
  { key, look }: { key: string; look: string },
  call: Call,
): Promise<Stream> {
  const row = await findPicture(ctx.db, ctx.organizationId, key)
  if (!row) throw mediaProblem('PictureUnknown')
  call.setHeader('cache-control', 'private, max-age=31536000, immutable')
  if (row.svg !== null) return { stream: Buffer.from(dressed(row.svg, readLook(look))), media: row.media }
  const content = await call.house.files.get(ctx.organizationId, key)
  return row.kind === 'video' ? videoPart(content, row.media, call) : { stream: content, media: row.media }
}

function videoPart(content: Buffer, media: string, call: Call): Stream {
  call.setHeader('accept-ranges', 'bytes')
  const part = byteRange(String(call.headers['range'] ?? ''), content.length)
  if (part === undefined) return { stream: content, media }
  call.setStatus(part ? 206 : 416)
  call.setHeader('content-range', `bytes ${part ? `${part.from}-${part.to}` : '*'}/${content.length}`)
  return { stream: part ? content.subarray(part.from, part.to + 1) : Buffer.alloc(0), media }
}

export async function picturesOf(ctx: ReadContext, keys: readonly string[]): Promise<Map<string, Picture>> {
  const rows = await findPictures(ctx.db, ctx.organizationId, [...new Set(keys)])
  return new Map(rows.map((row) => [row.key, pictureView(row)]))
}

export function pictureView(row: PictureFacts): Picture {
  const { key, kind, media, moves, size_bytes: sizeBytes } = row
  return {
    key,
    kind,
    media,
    width: row.width === null ? null : Number(row.width),
    height: row.height === null ? null : Number(row.height),
    sizeBytes,
    moves,
  }
}
