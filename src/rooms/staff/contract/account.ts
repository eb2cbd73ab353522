import { z } from 'zod'
import { endpoint, id, locale } from '../../../platform/contract/index.ts'
import { code, password, signInStep } from './sign-in.ts'

export const sessionId = id('session')
const nothing = z.object({})
const arrived = z.object({ owes: signInStep.nullable() })

export const changePassword = endpoint({
  name: 'staff.changePassword',
  method: 'POST',
  path: '/me/password',
  summary: 'Change one\'s own password; other sessions end',
  gate: { permission: 'signing-in', audit: { action: 'password.change' } },
  body: z.object({ current: password, next: password }),
  output: arrived,
  problems: ['PasswordWrong', 'PasswordTooWeak', 'PasswordUsedBefore', 'AccountLocked'],
})

export const beginSecondFactor = endpoint({
  name: 'staff.beginSecondFactor',
  method: 'POST',
  path: '/me/second-factor/begin',
  summary: 'A new secret for an authenticator; it counts once a code confirms it',
  gate: { permission: 'signing-in', audit: { action: 'second-factor.begin' } },
  output: z.object({ secret: z.string(), uri: z.string(), /** A picture, as data URL. */ qrCode: z.string() }),
  problems: ['SecondFactorSet'],
})

export const completeSecondFactor = endpoint({
  name: 'staff.completeSecondFactor',
  method: 'POST',
  path: '/me/second-factor/complete',
  summary: 'Confirm the new secret with a first code',
  gate: { permission: 'signing-in', audit: { action: 'second-factor.set' } },
  body: z.object({ code }),
  output: arrived,
  problems: ['CodeRefused', 'SecondFactorSet', 'SecondFactorNotBegun', 'AccountLocked'],
})

export const removeSecondFactor = endpoint({
  name: 'staff.removeSecondFactor',
  method: 'POST',
  path: '/me/second-factor/remove',
  summary: 'Take the authenticator away, with a last code of it',
  gate: { permission: 'signed-in', audit: { action: 'second-factor.remove' } },
  body: z.object({ code }),
  output: arrived,
  problems: ['CodeRefused', 'SecondFactorNotBegun', 'AccountLocked'],
})

export const changeLocale = endpoint({
  name: 'staff.changeLocale',
  method: 'PUT',
  path: '/me/locale',
  summary: 'Choose the language of one\'s pages',
  gate: { permission: 'signed-in', audit: { none: 'a taste, not a right' } },
  body: z.object({ locale }),
  output: nothing,
})

export const listSessions = endpoint({
  name: 'staff.listSessions',
  method: 'GET',
  path: '/me/sessions',
  summary: 'Where one is signed in',
  gate: { permission: 'signed-in', audit: { none: 'it shows nothing of a patient' } },
  output: z.object({
    sessions: z.array(
      z.object({
        id: sessionId,
        isCurrent: z.boolean(),
        createdAt: z.string(),
        lastSeenAt: z.string(),
        address: z.string(),
        userAgent: z.string(),
      }),
    ),
  }),
})

export const revokeSession = endpoint({
  name: 'staff.revokeSession',
  method: 'DELETE',
  path: '/me/sessions/:sessionId',
  summary: 'End one of one\'s own sessions',
  gate: { permission: 'signed-in', audit: { action: 'session.revoke', subject: 'sessionId' } },
  params: z.object({ sessionId }),
  output: nothing,
  problems: ['NotFound'],
})

export const revokeOtherSessions = endpoint({
  name: 'staff.revokeOtherSessions',
  method: 'POST',
  path: '/me/sessions/revoke-others',
  summary: 'End all of one\'s sessions but this',
  gate: { permission: 'signed-in', audit: { action: 'session.revoke-others' } },
  output: z.object({ revoked: z.number().int() }),
})
