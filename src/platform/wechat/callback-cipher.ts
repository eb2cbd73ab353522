import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * The encryption of callbacks, one and the same for WeChat (the receiver is the appid) and WeCom (the corpid).
 * Layout of what is encrypted: 16 random bytes, the length of the message in 4 bytes (big endian), the message in UTF-8,
 * the receiver; padded as in PKCS#7 to blocks of 32 bytes; AES-256-CBC whose start vector is the first half of the key.
 * Source: developer.work.weixin.qq.com/document/path/101033 and the samples that Tencent hands out with it.
 */
export interface CallbackCipher {
  /** @param random the 16 bytes in front; only tests against published figures hand them in */
  seal(message: string, random?: Buffer): string
  /** @throws CallbackRefused when it is not whole or meant for another receiver */
  open(encrypted: string): string
}

export class CallbackRefused extends Error {
  override readonly name = 'CallbackRefused'
}

const BLOCK = 32

export function callbackCipher(options: { encodingAesKey: string; receiver: string }): CallbackCipher {
  const { encodingAesKey, receiver } = options
  if (!/^[A-Za-z0-9]{43}$/.test(encodingAesKey)) throw new RangeError('EncodingAESKey has 43 letters and digits')
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const iv = key.subarray(0, 16)
  return {
    seal(message, random = randomBytes(16)) {
      const body = Buffer.from(message)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(body.length)
      const whole = Buffer.concat([random, length, body, Buffer.from(receiver)])
      const padding = BLOCK - (whole.length % BLOCK)
      const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
      return Buffer.concat([
        cipher.update(whole),
        cipher.update(Buffer.alloc(padding, padding)),
        cipher.final(),
      ]).toString('base64')
    },
    open(encrypted) {
      const whole = unpadded(decrypted(encrypted, key, iv))
      const length = whole.length >= 20 ? whole.readUInt32BE(16) : Infinity
      if (20 + length > whole.length) throw new CallbackRefused('its length is wrong')
      if (whole.subarray(20 + length).toString() !== receiver) throw new CallbackRefused('it is meant for another')
      return whole.subarray(20, 20 + length).toString()
    },
  }
}

function decrypted(encrypted: string, key: Buffer, iv: Buffer): Buffer {
  const bytes = Buffer.from(encrypted, 'base64')
  if (bytes.length === 0 || bytes.length % 16 !== 0) throw new CallbackRefused('its length is wrong')
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  return Buffer.concat([decipher.update(bytes), decipher.final()])
}

function unpadded(whole: Buffer): Buffer {
  const padding = whole.at(-1) ?? 0
  const isWhole = padding >= 1 && padding <= BLOCK && padding <= whole.length
  if (!isWhole || whole.subarray(-padding).some((byte) => byte !== padding))
    throw new CallbackRefused('its padding is wrong')
  return whole.subarray(0, -padding)
}

/** SHA-1 over the parts in the order of their characters: token, timestamp, nonce and, where encrypted, the ciphertext. */
export function callbackSignature(parts: readonly string[]): string {
  return createHash('sha1').update(parts.toSorted().join('')).digest('hex')
}

export function isSignature(given: string, parts: readonly string[]): boolean {
  const expected = Buffer.from(callbackSignature(parts))
  const bytes = Buffer.from(given)
  return bytes.length === expected.length && timingSafeEqual(bytes, expected)
}
