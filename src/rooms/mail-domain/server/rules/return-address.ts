import type { Sealer } from '../../../../platform/pii/sealer.ts'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
/** Bytes of the proof: eighty bits, each guess of which costs a conversation over SMTP. */
const PROOF = 10
const LETTERS = Math.ceil(((16 + PROOF) * 8) / 5)
const TOKEN = new RegExp(`(?<![a-z0-9])[a-z2-7]{${LETTERS}}(?![a-z0-9])`, 'g')

/** What the complaint address has in place of a token. */
export const COMPLAINT = 'complaint'

/**
 * Names one message in a return address. Small letters and digits only, since mail servers change case; the same at each
 * try of sending; proven by the key of the house, so that nobody makes up a bounce of a mail they did not get.
 */
export function returnTokenOf(sealer: Sealer, organizationId: string, messageId: string): string {
  const id = Buffer.from(messageId.replaceAll('-', ''), 'hex')
  return base32(Buffer.concat([id, proofOf(sealer, organizationId, messageId)]))
}

/** The first token in a text that one of these organizations has made. */
export function findReturnToken(
  sealer: Sealer,
  organizationIds: readonly string[],
  text: string,
): { organizationId: string; messageId: string } | undefined {
  for (const [token] of text.toLowerCase().matchAll(TOKEN)) {
    const messageId = fromBase32(token)
      .toString('hex', 0, 16)
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    // Made anew and held against the whole: of its last letter two bits say nothing, and one mail has one address.
    const organizationId = organizationIds.find((id) => returnTokenOf(sealer, id, messageId) === token)
    if (organizationId) return { organizationId, messageId }
  }
  return undefined
}

export const addressIn = (pattern: string, part: string): string => pattern.replace('*', part)

const proofOf = (sealer: Sealer, organizationId: string, messageId: string): Buffer =>
  sealer.index(organizationId, 'mail-domain/return', messageId).subarray(0, PROOF)

function base32(bytes: Buffer): string {
  let [text, bits, rest] = ['', 0, 0]
  for (const byte of bytes) {
    rest = ((rest << 8) | byte) & 0xffff
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(rest >> (bits - 5)) & 31]!
  }
  return bits > 0 ? text + ALPHABET[(rest << (5 - bits)) & 31]! : text
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = []
  let [bits, rest] = [0, 0]
  for (const letter of text) {
    rest = ((rest << 5) | ALPHABET.indexOf(letter)) & 0xffff
    bits += 5
    if (bits >= 8) bytes.push((rest >> (bits -= 8)) & 255)
  }
  return Buffer.from(bytes)
}
