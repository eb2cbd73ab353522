import { z } from 'zod'

/** A wall-clock time of the organization, `HH:MM`. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const hours = (from: string, to: string) =>
  z
    .object({ from: timeOfDay.default(from), to: timeOfDay.default(to) })
    .refine((span) => span.from < span.to, { path: ['to'], message: 'endAfterBegin' })
    .prefault({})

/** How the house works, as the system administrator sets it. Every field has a default: `{}` is a whole document. */
export const settings = z.object({
  /** When whoever still has open tasks of today is reminded of them. */
  digestAt: timeOfDay.default('15:00'),
  /** When people may be called. */
  callHours: hours('08:30', '20:00'),
  /** When messages may be sent, as long as nobody has set rules of sending (room message), which then count alone. */
  messageHours: hours('08:00', '21:00'),
  /** The limits of a person likewise; the rate of mails is a matter of the house's server. */
  messageLimits: z
    .object({
      perPatientPerDay: z.number().int().min(1).max(20).default(3),
      perPatientPerWeek: z.number().int().min(1).max(100).default(10),
      mailsPerMinute: z.number().int().min(1).max(1_000_000).default(600),
    })
    .prefault({}),
  /** The address under which people open Peiban, for links in mails; empty: the one the sender has open. */
  webAddress: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  /** The sender of mails; empty: `no-reply` at the host of `webAddress`. */
  mailFrom: z.union([z.literal(''), z.email()]).default(''),
})
export type Settings = z.output<typeof settings>

/**
 * The security policy, set by the security administrator (GB/T 22239-2019 level 3 asks for complexity, expiry,
 * lock-out and idle time; the numbers are usual practice and may only be tightened beyond the defaults' spirit).
 */
export const securityPolicy = z.object({
  passwordLengthMin: z.number().int().min(8).max(32).default(8),
  passwordDaysMax: z.number().int().min(7).max(90).default(90),
  failuresMax: z.number().int().min(3).max(5).default(5),
  lockMinutes: z.number().int().min(15).max(1440).default(15),
  idleMinutes: z.number().int().min(5).max(30).default(30),
  sessionHours: z.number().int().min(1).max(12).default(12),
  /** Whether everybody, and not only the three administrators, has to show a second factor. */
  secondFactorForAll: z.boolean().default(false),
})
export type SecurityPolicy = z.output<typeof securityPolicy>

/** The document in `organization.settings`. */
export const settingsDocument = z.object({
  general: settings.prefault({}),
  security: securityPolicy.prefault({}),
  /** A demonstration: the sign-in page names its accounts. Set when it is founded, by no endpoint. */
  demo: z.boolean().default(false),
})
export type SettingsDocument = z.output<typeof settingsDocument>
