import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Sealer } from '../../../../platform/pii/sealer.ts'

/** A message at rest: deflated (a third of its size), then sealed, for it holds names, numbers and results. */
export function sealOriginal(sealer: Sealer, organizationId: string, bytes: Uint8Array): Buffer {
  return sealer.sealBytes(organizationId, deflateRawSync(bytes, { level: 1 }))
}

export function openOriginal(sealer: Sealer, organizationId: string, sealed: Buffer): Buffer {
  return inflateRawSync(sealer.openBytes(organizationId, sealed))
}
