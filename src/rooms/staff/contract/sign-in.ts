import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'
import { role } from './staff.ts'

/** The rooms log who signed in themselves: the caller is not known before. */
const loggedByHand = { none: 'the use case writes the row itself, since the caller is not known before' } as const

export const password = z.string().min(1).max(200)
export const code = z.string().trim().regex(/^\d{6}$/)
const invitationToken = z.string().max(120)
/** What a session still owes before it is let in; only that step is open to it. */
export const signInStep = z.enum(['second-factor', 'change-password', 'set-up-second-factor'])
export type SignInStep = z.output<typeof signInStep>
const arrived = z.object({ owes: signInStep.nullable() })

export const signIn = endpoint({
  name: 'staff.signIn',
  method: 'POST',
  path: '/sign-in',
  summary: 'Sign in with login and password; the session comes as a cookie',
  gate: { permission: 'public', audit: loggedByHand },
  body: z.object({
    /** Slug; may be left out where there is only one. */
    organization: z.string().max(60).optional(),
    login: z.string().trim().toLowerCase().min(1).max(60),
    password,
  }),
  output: arrived,
  problems: ['SignInRefused', 'AccountLocked', 'AccountDisabled', 'OrganizationNeeded', 'TooManyRequests'],
})

export const confirmSecondFactor = endpoint({
  name: 'staff.confirmSecondFactor',
  method: 'POST',
  path: '/sign-in/second-factor',
  summary: 'The second step: the code of the authenticator',
  gate: { permission: 'signing-in', audit: { action: 'sign-in.second-factor' } },
  body: z.object({ code }),
  output: arrived,
  problems: ['CodeRefused', 'AccountLocked'],
})

export const getSignInStep = endpoint({
  name: 'staff.getSignInStep',
  method: 'GET',
  path: '/sign-in/step',
  summary: 'Where signing in stands: what this session still owes',
  gate: { permission: 'signing-in', audit: { none: 'it shows nothing of a patient' } },
  output: z.object({ owes: signInStep.nullable(), name: z.string(), login: z.string(), passwordLengthMin: z.number().int() }),
})

export const signOut = endpoint({
  name: 'staff.signOut',
  method: 'DELETE',
  path: '/session',
  summary: 'End this session',
  gate: { permission: 'signing-in', audit: { action: 'sign-out' } },
  output: z.object({}),
})

export const listDemoAccounts = endpoint({
  name: 'staff.listDemoAccounts',
  method: 'GET',
  path: '/sign-in/demo-accounts',
  summary: 'The accounts of a demonstration; empty for a real house',
  gate: { permission: 'public', audit: { none: 'it shows nothing of a patient' } },
  query: z.object({ organization: z.string().max(60) }),
  output: z.object({
    password: z.string().nullable(),
    accounts: z.array(z.object({ login: z.string(), name: z.string(), roles: z.array(role) })),
  }),
})

export const readInvitation = endpoint({
  name: 'staff.readInvitation',
  method: 'POST',
  path: '/invitation/read',
  summary: 'Whom a link is for. A POST, so that the token stands in no address',
  gate: { permission: 'public', audit: { none: 'it shows nothing of a patient' } },
  body: z.object({ token: invitationToken }),
  output: z.object({
    name: z.string(),
    login: z.string(),
    organization: z.string(),
    purpose: z.enum(['invite', 'reset']),
    passwordLengthMin: z.number().int(),
  }),
  problems: ['InvitationSpent'],
})

export const acceptInvitation = endpoint({
  name: 'staff.acceptInvitation',
  method: 'POST',
  path: '/invitation/accept',
  summary: 'Set a password through a link, once, and be signed in',
  gate: { permission: 'public', audit: loggedByHand },
  body: z.object({ token: invitationToken, password }),
  output: arrived,
  problems: ['InvitationSpent', 'PasswordTooWeak', 'PasswordUsedBefore'],
})
