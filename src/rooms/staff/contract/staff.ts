import { z } from 'zod'
import { endpoint, locale, staffId } from '../../../platform/contract/index.ts'
import { ROLES, type Role } from './permissions.ts'

export const role = z.enum(Object.keys(ROLES) as [Role, ...Role[]])

export const me = endpoint({
  name: 'staff.me',
  method: 'GET',
  path: '/me',
  summary: 'Who is signed in, where, and what they may do',
  gate: { permission: 'signed-in', audit: { none: 'each page asks for it; it shows nothing of a patient' } },
  output: z.object({
    id: staffId.nullable(),
    name: z.string(),
    login: z.string(),
    roles: z.array(z.string()),
    permissions: z.array(z.string()),
    locale,
    organization: z.object({ id: z.string(), name: z.string(), timeZone: z.string() }),
    secondFactor: z.object({ isSet: z.boolean(), isAdvised: z.boolean() }),
    /** Null when it does not expire. */
    passwordExpiresAt: z.string().nullable(),
    passwordLengthMin: z.number().int(),
  }),
})

/** For pickers: everybody may know who works here, nobody how they sign in. */
export const listDirectory = endpoint({
  name: 'staff.listDirectory',
  method: 'GET',
  path: '/staff/directory',
  summary: 'Active staff by name, for pickers',
  gate: { permission: 'signed-in', audit: { none: 'it shows nothing of a patient' } },
  query: z.object({
    role: role.optional(),
    departmentId: z.uuid().optional(),
    search: z.string().trim().max(60).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(200),
  }),
  output: z.object({
    staff: z.array(
      z.object({
        id: staffId,
        name: z.string(),
        title: z.string(),
        roles: z.array(role),
        departmentId: z.uuid().nullable(),
        departmentName: z.string().nullable(),
      }),
    ),
  }),
})
