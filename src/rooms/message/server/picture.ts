import { newToken, hashToken, organizationOfToken } from '../../../platform/auth/token.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import { readImage } from '../../../platform/files/image.ts'
import { PICTURE_BYTES_MAX } from '../contract/block-mail.ts'
import { messageProblem } from '../contract/problems.ts'
import './block-table.ts'

const SIDE_PX_MAX = 4000

/** Takes a picture in for mails. @throws Problem MailPictureTooLarge, MailPictureUnfit */
export async function keepPicture(ctx: WriteContext, call: Call) {
  const content = await readLimited(call.stream)
  const image = readImage(content)
  // WebP and drawings are not drawn by the mail programs many of our readers have.
  if (!image || 'fault' in image || (image.media !== 'image/png' && image.media !== 'image/jpeg'))
    throw messageProblem('MailPictureUnfit')
  if (image.kind !== 'image' || Math.max(image.width, image.height) > SIDE_PX_MAX)
    throw messageProblem('MailPictureUnfit')
  const { media, width, height } = image
  const { token, hash } = newToken(ctx.organizationId)
  await ctx.tx
    .insertInto('message_picture')
    .values({
      organization_id: ctx.organizationId,
      token_hash: hash,
      media,
      width,
      height,
      content,
      added_by: ctx.actor.id,
      added_by_name: ctx.actor.name,
      added_at: ctx.clock.now(),
    })
    .execute()
  ctx.audit.detail = { media, sizeBytes: content.length }
  return { picture: token, width, height }
}

async function readLimited(stream: NodeJS.ReadableStream | undefined): Promise<Buffer> {
  if (!stream || !(Symbol.asyncIterator in stream)) throw messageProblem('MailPictureUnfit')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > PICTURE_BYTES_MAX) throw messageProblem('MailPictureTooLarge', { kilobytes: PICTURE_BYTES_MAX / 1000 })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** @throws Problem MailPictureUnknown */
export async function showPicture(house: House, token: string, call: Call): Promise<Stream> {
  const organizationId = organizationOfToken(token)
  const row =
    organizationId &&
    (await house.databases
      .of(organizationId)
      .selectFrom('message_picture')
      .select(['content', 'media'])
      .where('organization_id', '=', organizationId)
      .where('token_hash', '=', hashToken(token))
      .executeTakeFirst())
  if (!row) throw messageProblem('MailPictureUnknown')
  call.setHeader('cache-control', 'public, max-age=31536000, immutable')
  // Mail programs on the web show it within a page of theirs.
  call.setHeader('cross-origin-resource-policy', 'cross-origin')
  return { stream: row.content, media: row.media }
}
