import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

export const mailKeyId = id('mail-key')

/** RSA-2048 is what every receiver reads; Ed25519 is short and quick and read by some (RFC 8463). */
export const KEY_KINDS = ['rsa', 'ed25519'] as const
export const keyKind = z.enum(KEY_KINDS)
export type KeyKind = z.infer<typeof keyKind>

/** `made` → `signing` → `retired`: its record has to stay for a while · `gone`: it may be taken out of the DNS. */
export const KEY_STATES = ['made', 'signing', 'retired', 'gone'] as const
export const keyState = z.enum(KEY_STATES)
export type KeyState = z.infer<typeof keyState>

/** What was found under the name of the record. */
export const KEY_FINDINGS = ['published', 'missing', 'other', 'unreachable'] as const
export const keyFinding = z.enum(KEY_FINDINGS)
export type KeyFinding = z.infer<typeof keyFinding>

/** Mails under way are looked at for days: the record of a key that no longer signs stays as long. */
export const RECORD_STAYS_DAYS = 14
