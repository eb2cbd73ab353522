import { gunzipSync } from 'node:zlib'
import { growth, parseReferencePack, whoPackFromTable, type ReferencePack } from '../../../clinical/index.ts'
import { REFERENCE_MEGABYTES } from '../contract/growth.ts'
import { growthProblem } from '../contract/problems.ts'

const MAX_BYTES = REFERENCE_MEGABYTES * 1024 * 1024
/** A small file may unfold to a huge one. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024
const CODE = /^[a-z0-9][a-z0-9-]{1,58}$/

/**
 * Reads an uploaded reference: a pack as JSON, or the table that holds WHO's values; either may be compressed. The same
 * files as `peiban clinical --pack` takes.
 * @throws Problem ReferenceTooLarge, ReferenceUnreadable, ReferenceImplausible, each saying where
 */
export async function readPackStream(stream: unknown): Promise<ReferencePack> {
  const pack = parse(await bytesOf(stream))
  if (!CODE.test(pack.code) || pack.version.length > 60) throw unreadable('code')
  for (const text of [pack.title.zh, pack.title.en, pack.source, pack.licence])
    if (text.length > 600) throw unreadable('title, source, licence')
  const doubts = growth.packDoubts(pack)
  if (doubts.length > 0)
    throw growthProblem('ReferenceImplausible', {
      count: doubts.length,
      where: doubts
        .slice(0, 3)
        .map(({ where, what }) => `${where}: ${what}`)
        .join('; '),
    })
  return pack
}

const unreadable = (why: string) => growthProblem('ReferenceUnreadable', { why })

async function bytesOf(stream: unknown): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  const source =
    typeof stream === 'string' || Buffer.isBuffer(stream) ? [stream] : (stream as AsyncIterable<Buffer> | undefined)
  for await (const part of source ?? []) {
    const bytes = Buffer.from(part)
    size += bytes.length
    if (size > MAX_BYTES) throw growthProblem('ReferenceTooLarge', { megabytes: REFERENCE_MEGABYTES })
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

function parse(bytes: Buffer): ReferencePack {
  try {
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
    const text = (isPacked ? gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }) : bytes).toString('utf8')
    return text.trimStart().startsWith('{') ? parseReferencePack(JSON.parse(text)) : whoPackFromTable(text)
  } catch (error) {
    throw unreadable((error as Error).message.slice(0, 200))
  }
}
