import { z } from 'zod'
import { calendarDate, endpoint, PROXY_SCOPES } from '../../../platform/contract/index.ts'
import { RELATIONS, relativeId } from './words.ts'

const ofLink = z.object({ token: z.string().min(20).max(120) })

export const lookAtInvitation = endpoint({
  name: 'family.lookAtInvitation',
  method: 'GET',
  path: '/my/family-enter/:token',
  summary: 'What stands behind a relative’s link, as far as whoever holds it may know without the code',
  gate: { permission: 'public', audit: { none: 'nobody is known, and nothing of the patient shows' } },
  params: ofLink,
  output: z.object({
    state: z.enum(['open', 'inside', 'closed']),
    organization: z.string().nullable(),
    phone: z.string().nullable(),
    /** The relative's own phone, masked: where the code goes. */
    phoneMasked: z.string().nullable(),
    ready: z.boolean(),
    /** Of the permission; only for a browser that is in already. */
    relativeId: relativeId.nullable(),
  }),
})

export const askForCode = endpoint({
  name: 'family.askForCode',
  method: 'POST',
  path: '/my/family-enter/:token/code',
  summary: 'Send a code to the phone that was named for this relative',
  gate: { permission: 'public', audit: { none: 'the use case writes its own line, since nobody is known before' } },
  params: ofLink,
  output: z.object({
    result: z.enum(['sent', 'wait', 'no-way', 'closed']),
    /** Until another one can be asked for. */
    seconds: z.number().int(),
    /** In a demonstration alone, where no message leaves the machine. */
    demoCode: z.string().nullable(),
  }),
})

export const enterByCode = endpoint({
  name: 'family.enter',
  method: 'POST',
  path: '/my/family-enter/:token',
  summary: 'Come in as a relative; the first time is their yes. The session is a cookie',
  gate: { permission: 'public', audit: { none: 'the use case writes its own line once the person is known' } },
  params: ofLink,
  body: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/),
    /** The phone is the relative's own: they need not get a code each time. */
    stay: z.boolean().default(false),
  }),
  output: z.object({
    result: z.enum(['entered', 'wrong-code', 'no-code', 'used-up', 'closed']),
    triesLeft: z.number().int(),
    relativeId: relativeId.nullable(),
  }),
})

export const readPeople = endpoint({
  name: 'family.people',
  method: 'GET',
  path: '/my/people',
  summary: 'Whose pages this browser may open: one’s own, and those of people one looks after',
  gate: { permission: 'public', audit: { none: 'names alone, told to whom the browser lets in already' } },
  output: z.object({
    self: z.object({ name: z.string() }).nullable(),
    others: z.array(
      z.object({
        id: relativeId,
        /** The patient's. */
        name: z.string(),
        relation: z.enum(RELATIONS),
        scopes: z.array(z.enum(PROXY_SCOPES)),
        untilOn: calendarDate,
        ownAgeOn: calendarDate.nullable(),
      }),
    ),
  }),
})
export type Cared = z.output<typeof readPeople.output>['others'][number]

export const signOutRelative = endpoint({
  name: 'family.signOut',
  method: 'POST',
  path: '/my/people/sign-out',
  summary: 'End the session of whoever looks after others in this browser',
  gate: { permission: 'public', audit: { none: 'nothing of a patient is touched or shown' } },
  output: z.object({}),
})
