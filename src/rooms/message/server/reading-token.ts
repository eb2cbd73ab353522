import type { House } from '../../../platform/context/house.ts'
import type { ReadContext } from '../../../platform/context/context.ts'

/** What a counted picture or link of a mail stands for: 0 the picture, from 1 the links; `TRAP` the one nobody sees. */
export interface ReadingMark {
  messageId: string
  link: number
  /** Where it leads; empty for the picture and the trap. */
  url: string
}

export const TRAP = 255

/**
 * The mark, sealed: whoever holds the address learns nothing, cannot have it lead elsewhere, and no table has to be
 * asked before somebody is led on.
 */
export function readingTokenOf(
  { sealer, organizationId }: Pick<ReadContext, 'sealer' | 'organizationId'>,
  { messageId, link, url }: ReadingMark,
): string {
  const bytes = Buffer.concat([Buffer.from(messageId.replaceAll('-', ''), 'hex'), Buffer.of(link), Buffer.from(url)])
  return `${organizationId.replaceAll('-', '')}.${sealer.sealBytes(organizationId, bytes).toString('base64url')}`
}

/** @returns undefined for what is not ours, or did not arrive whole */
export function readReadingToken(
  { sealer }: Pick<House, 'sealer'>,
  token: string,
): (ReadingMark & { organizationId: string }) | undefined {
  const parts = /^([0-9a-f]{32})\.([\w-]{60,3900})$/.exec(token)
  if (!parts) return undefined
  const organizationId = uuid(parts[1]!)
  try {
    const bytes = sealer.openBytes(organizationId, Buffer.from(parts[2]!, 'base64url'))
    return {
      organizationId,
      messageId: uuid(bytes.toString('hex', 0, 16)),
      link: bytes[16]!,
      url: bytes.toString('utf8', 17),
    }
  } catch {
    return undefined
  }
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
