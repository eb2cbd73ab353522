import { z } from 'zod'
import { calendarDate, endpoint, pii } from '../../../platform/contract/index.ts'
import { CARER_ROLES } from './words.ts'

export const readHome = endpoint({
  name: 'patient-access.home',
  method: 'GET',
  path: '/my/home',
  summary: 'Whose pages these are, and who looks after them',
  gate: { permission: 'patient', proxy: 'any', audit: { action: 'my.home' } },
  output: z.object({
    /** As the person likes to be called. */
    name: pii('name', z.string()),
    /** A child's pages are read by a parent. */
    forGuardian: z.boolean(),
    organization: z.string(),
    phone: z.string().nullable(),
    carers: z.array(z.object({ role: z.enum(CARER_ROLES), name: z.string() })),
  }),
})

export const whoLooked = endpoint({
  name: 'patient-access.whoLooked',
  method: 'GET',
  path: '/my/openings',
  summary: 'Who has seen or written in the own file: a line per person and day, newest first',
  gate: { permission: 'patient', audit: { action: 'my.openings' } },
  query: z.object({ before: z.string().max(80).optional() }),
  output: z.object({
    rows: z.array(
      z.object({
        key: z.string(),
        on: calendarDate,
        /** Of the last time on that day. */
        at: z.string(),
        name: z.string(),
        /** In the reader's language; empty for a machine and for former staff. */
        roles: z.array(z.string()),
        isMachine: z.boolean(),
        /** Somebody whom the person has let in. */
        isRelative: z.boolean(),
        times: z.number().int(),
      }),
    ),
    next: z.string().nullable(),
  }),
})

export const signOutPatient = endpoint({
  name: 'patient-access.signOut',
  method: 'POST',
  path: '/my/sign-out',
  summary: 'End the own session',
  gate: { permission: 'patient', audit: { action: 'my.sign-out' } },
  output: z.object({}),
})
