import type { ReadContext } from '../../../platform/context/context.ts'
import type { Content } from './rules/compose.ts'

type Sealing = Pick<ReadContext, 'sealer' | 'organizationId'>

/** The words of a message as they are kept: only with the house's key, and only within their organization. */
export function sealContent({ sealer, organizationId }: Sealing, content: Content): Buffer {
  return sealer.seal(organizationId, JSON.stringify(content))
}

export function openContent({ sealer, organizationId }: Sealing, sealed: Buffer): Content {
  return JSON.parse(sealer.open(organizationId, sealed)) as Content
}
