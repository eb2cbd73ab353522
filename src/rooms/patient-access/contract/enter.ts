import { z } from 'zod'
import { calendarDate, endpoint } from '../../../platform/contract/index.ts'

const ofLink = z.object({ token: z.string().min(20).max(120) })

export const lookAtWay = endpoint({
  name: 'patient-access.lookAtWay',
  method: 'GET',
  path: '/my/enter/:token',
  summary: 'What stands behind a link to the own pages, as far as a stranger may know',
  gate: { permission: 'public', audit: { none: 'nobody is known, and nothing of a person shows' } },
  params: ofLink,
  output: z.object({
    /** `closed`: withdrawn, run out, or never there; a stranger need not know which. `inside`: this browser is in already. */
    state: z.enum(['open', 'inside', 'locked', 'closed']),
    organization: z.string().nullable(),
    phone: z.string().nullable(),
    /** Where to go on; only for whoever is in already. */
    page: z.string().nullable(),
  }),
})

export const enterByWay = endpoint({
  name: 'patient-access.enter',
  method: 'POST',
  path: '/my/enter/:token',
  summary: 'Open the own pages with the date of birth; the session is a cookie',
  gate: { permission: 'public', audit: { none: 'the use case writes its own line once the person is known' } },
  params: ofLink,
  body: z.object({
    birthDate: calendarDate,
    /** The phone is the person's own: they need not come by the link each time. */
    stay: z.boolean().default(false),
  }),
  output: z.object({
    result: z.enum(['entered', 'wrong-birth-date', 'locked', 'closed']),
    triesLeft: z.number().int(),
    page: z.string().nullable(),
  }),
})
