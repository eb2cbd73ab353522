import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/**
 * AES-256-GCM for something that comes in parts, under a key of its own: thrown away, the key takes all parts with it,
 * wherever copies of them lie. The key itself is kept sealed with the house's (`Sealer.sealBytes`).
 */
const IV = 12
const TAG = 16

export function newPartKey(): Buffer {
  return randomBytes(32)
}

/** @param place what and which part it is; a part moved to another place does not open */
export function sealPart(key: Buffer, place: string, bytes: Uint8Array): Buffer {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(place))
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body])
}

/** @throws when the part was changed, or belongs elsewhere */
export function openPart(key: Buffer, place: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV), { authTagLength: TAG })
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(sealed.subarray(IV, IV + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()])
}
