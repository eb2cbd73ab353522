import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30

/** A fresh secret, base32, 160 bits as RFC 4226 recommends. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** How much of the organization's name stands beside the login: each character makes the picture denser. */
const NAME_CHARACTERS = 6

/** The address an authenticator reads from the picture. */
export function otpauthUri(secret: string, organization: string, login: string): string {
  return totpOf(secret, `${login} ${[...organization].slice(0, NAME_CHARACTERS).join('')}`).toString()
}

/**
 * The time step a code belongs to, within one step before and after now (clocks of phones differ); undefined when it
 * belongs to none. RFC 6238: SHA-1, six digits, 30 seconds, which every authenticator knows.
 */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const delta = totpOf(secret).validate({ token: code, window: 1, timestamp: now.getTime() })
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta
}

/** The code of this moment; what an authenticator shows. */
export function codeAt(secret: string, now: Date): string {
  return totpOf(secret).generate({ timestamp: now.getTime() })
}

function totpOf(secret: string, label = 'Peiban'): TOTP {
  return new TOTP({ issuer: 'Peiban', label, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS, secret: Secret.fromBase32(secret) })
}
