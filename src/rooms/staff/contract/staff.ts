import { z } from 'zod'
import { endpoint, locale, staffId } from '../../../platform/contract/index.ts'

export const me = endpoint({
  name: 'staff.me',
  method: 'GET',
  path: '/me',
  summary: 'Who is signed in, where, and what they may do',
  gate: { permission: 'signed-in', audit: { none: 'each page asks for it; it shows nothing of a patient' } },
  output: z.object({
    id: staffId.nullable(),
    name: z.string(),
    roles: z.array(z.string()),
    permissions: z.array(z.string()),
    locale,
    organization: z.object({ id: z.string(), name: z.string(), timeZone: z.string() }),
  }),
})
