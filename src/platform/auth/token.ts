import { hash, randomBytes, randomInt } from 'node:crypto'

/**
 * A bearer token names its organization, so that it can be looked up within it, and carries 32 random bytes. Only its
 * hash is stored.
 */
export function newToken(organizationId: string): { token: string; hash: Buffer } {
  const token = `${organizationId.replaceAll('-', '')}.${randomBytes(32).toString('base64url')}`
  return { token, hash: hashToken(token) }
}

export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** The organization a token names; undefined when it is not one of ours. Nothing is proven by that yet. */
export function organizationOfToken(token: string): string | undefined {
  const hex = /^([0-9a-f]{32})\.[\w-]{43}$/.exec(token)?.[1]
  return hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The text without its tokens: a copy of a letter is for reading, not for going in. */
export function hideTokens(text: string): string {
  return text.replace(/\b[0-9a-f]{32}\.[\w-]{43}/g, '…')
}

/** A code to be typed from a phone: six digits, evenly distributed. */
export function newPhoneCode(): string {
  return randomInt(0, 1_000_000).toString().padStart(6, '0')
}
