import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Sealer } from '../../../../platform/pii/sealer.ts'

/** A small window: messages are short, and setting up the usual one takes longer than deflating them. */
const DEFLATE = { level: 1, windowBits: 13, memLevel: 5 }

/** A message at rest: deflated (a third of its size), then sealed, for it holds names, numbers and results. */
export function sealOriginal(sealer: Sealer, organizationId: string, bytes: Uint8Array): Buffer {
  return sealer.sealBytes(organizationId, deflateRawSync(bytes, DEFLATE))
}

/** @param sizeBytes of the message, where it is known: one buffer of that size is then enough */
export function openOriginal(sealer: Sealer, organizationId: string, sealed: Buffer, sizeBytes = 0): Buffer {
  return inflateRawSync(sealer.openBytes(organizationId, sealed), { chunkSize: Math.max(sizeBytes + 64, 4096) })
}
