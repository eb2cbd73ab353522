import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { organizationProblem } from '../contract/problems.ts'
import { isPng, LOGO_BYTES_MAX } from './rules.ts'
import { findOrganization, updateOrganization } from './store.ts'

export async function showLogo(ctx: ReadContext, call: Call): Promise<Stream> {
  const content = await logoOf(ctx, call.house.files)
  if (!content) throw platformProblem('NotFound')
  call.setHeader('cache-control', 'private, max-age=86400')
  return { stream: content, media: 'image/png' }
}

/** The organization's logo as PNG, for pages and printed reports; undefined when it has none. */
export async function logoOf(ctx: Pick<ReadContext, 'db' | 'organizationId'>, files: Call['house']['files']): Promise<Buffer | undefined> {
  const { logo_file: key } = await findOrganization(ctx.db, ctx.organizationId)
  return key ? files.get(ctx.organizationId, key) : undefined
}

export async function replaceLogo(ctx: WriteContext, call: Call) {
  const content = await readLimited(call.stream, LOGO_BYTES_MAX)
  if (!isPng(content)) throw organizationProblem('LogoNotPng')
  const { key, sizeBytes } = await call.house.files.put(ctx.organizationId, content)
  await updateOrganization(ctx.tx, ctx.organizationId, { logo_file: key })
  ctx.audit.detail = { sizeBytes }
  return { logo: key.slice(0, 16) }
}

export async function dropLogo(ctx: WriteContext) {
  await updateOrganization(ctx.tx, ctx.organizationId, { logo_file: null })
  ctx.audit.detail = { removed: true }
  return {}
}

/** Reads an upload, and stops at the first byte too many. A body the server has parsed already is no picture. */
async function readLimited(stream: NodeJS.ReadableStream | undefined, bytesMax: number): Promise<Buffer> {
  if (!stream || !(Symbol.asyncIterator in stream)) throw organizationProblem('LogoNotPng')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bytesMax) throw organizationProblem('LogoTooLarge', { kilobytes: Math.round(bytesMax / 1024) })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
