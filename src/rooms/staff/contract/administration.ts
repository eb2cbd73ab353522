import { z } from 'zod'
import { endpoint, locale, pageOf, pageQuery, staffId } from '../../../platform/contract/index.ts'
import { role } from './staff.ts'

const administer = (action: string) => ({ permission: 'staff.administer', audit: { action, subject: 'staffId' } }) as const
const noPatient = { none: 'it shows nothing of a patient' } as const
const params = z.object({ staffId })
const version = z.number().int().positive()
const done = z.object({ version })
export const staffState = z.enum(['invited', 'active', 'disabled'])

const person = z.object({
  name: z.string().trim().min(1).max(60),
  title: z.string().trim().max(60),
  email: z.email().max(200).nullable(),
  departmentId: z.uuid().nullable(),
})

/** A link is shown once: only its hash is kept. The page puts it behind its own `/invitation#`. */
const link = z.object({
  token: z.string(),
  expiresAt: z.string(),
  /** Whether the link goes out by mail as well. */
  isMailed: z.boolean(),
})

const account = person.extend({
  id: staffId,
  login: z.string(),
  email: z.string().nullable(),
  departmentName: z.string().nullable(),
  roles: z.array(role),
  state: staffState,
  lockedUntil: z.string().nullable(),
  secondFactor: z.boolean(),
  lastSeenAt: z.string().nullable(),
  version,
})
export type StaffAccount = z.output<typeof account>

export const listStaff = endpoint({
  name: 'staff.list',
  method: 'GET',
  path: '/staff',
  summary: 'Accounts with roles and state',
  gate: { permission: 'staff.administer', audit: noPatient },
  query: pageQuery.extend({
    search: z.string().trim().max(60).optional(),
    role: role.optional(),
    state: staffState.optional(),
    departmentId: z.uuid().optional(),
  }),
  output: pageOf(account),
})

export const getStaff = endpoint({
  name: 'staff.get',
  method: 'GET',
  path: '/staff/:staffId',
  summary: 'One account',
  gate: { permission: 'staff.administer', audit: noPatient },
  params,
  output: account,
  problems: ['NotFound'],
})

export const createStaff = endpoint({
  name: 'staff.create',
  method: 'POST',
  path: '/staff',
  summary: 'Add an account and invite its person to set a password',
  gate: { permission: 'staff.administer', audit: { action: 'staff.create' } },
  body: person.extend({
    login: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9._-]{1,39}$/),
    roles: z.array(role).min(1),
    locale: locale.default('zh-CN'),
  }),
  output: link.extend({ id: staffId }),
  problems: ['LoginTaken', 'RolesConflict', 'DepartmentUnknown'],
})

export const changeStaff = endpoint({
  name: 'staff.change',
  method: 'PUT',
  path: '/staff/:staffId',
  summary: 'Change name, title, mail address or department',
  gate: administer('staff.change'),
  params,
  body: person.extend({ version }),
  output: done,
  problems: ['DepartmentUnknown', 'ChangedMeanwhile'],
})

export const changeRoles = endpoint({
  name: 'staff.changeRoles',
  method: 'PUT',
  path: '/staff/:staffId/roles',
  summary: 'Give and take roles; the person\'s sessions end at once',
  gate: administer('staff.change-roles'),
  params,
  body: z.object({ roles: z.array(role).min(1), version }),
  output: done,
  problems: ['RolesConflict', 'NotOnOneself', 'ChangedMeanwhile'],
})

export const disableStaff = endpoint({
  name: 'staff.disable',
  method: 'POST',
  path: '/staff/:staffId/disable',
  summary: 'Close an account: sessions and links end at once',
  gate: administer('staff.disable'),
  params,
  output: z.object({}),
  problems: ['NotOnOneself', 'NotFound'],
})

export const enableStaff = endpoint({
  name: 'staff.enable',
  method: 'POST',
  path: '/staff/:staffId/enable',
  summary: 'Open a closed account again',
  gate: administer('staff.enable'),
  params,
  output: z.object({}),
  problems: ['NotOnOneself', 'NotFound'],
})

export const unlockStaff = endpoint({
  name: 'staff.unlock',
  method: 'POST',
  path: '/staff/:staffId/unlock',
  summary: 'End a lock-out before its time',
  gate: administer('staff.unlock'),
  params,
  output: z.object({}),
  problems: ['NotOnOneself', 'NotFound'],
})

export const issueLink = endpoint({
  name: 'staff.issueLink',
  method: 'POST',
  path: '/staff/:staffId/link',
  summary: 'A new link to set a first or a new password; earlier links stop working',
  gate: administer('staff.issue-link'),
  params,
  output: link,
  problems: ['NotOnOneself', 'AccountNotOpen', 'NotFound'],
})

export const resetSecondFactor = endpoint({
  name: 'staff.resetSecondFactor',
  method: 'POST',
  path: '/staff/:staffId/second-factor/reset',
  summary: 'For a lost phone: takes the authenticator away and ends the person\'s sessions',
  gate: administer('staff.reset-second-factor'),
  params,
  output: z.object({}),
  problems: ['NotOnOneself', 'NotFound'],
})

export const endSessions = endpoint({
  name: 'staff.endSessions',
  method: 'POST',
  path: '/staff/:staffId/sessions/end',
  summary: 'Sign a person out everywhere',
  gate: administer('staff.end-sessions'),
  params,
  output: z.object({ revoked: z.number().int() }),
})

const boundPerson = z.object({ id: staffId, name: z.string() })

export const listBindings = endpoint({
  name: 'staff.listBindings',
  method: 'GET',
  path: '/physicians/managers',
  summary: 'Which service managers work with which physician',
  gate: { permission: 'staff.administer', audit: noPatient },
  output: z.object({ physicians: z.array(boundPerson.extend({ managers: z.array(boundPerson) })) }),
})

export const changeBindings = endpoint({
  name: 'staff.changeBindings',
  method: 'PUT',
  path: '/physicians/:staffId/managers',
  summary: 'Say which service managers work with a physician',
  gate: administer('staff.change-bindings'),
  params,
  body: z.object({ managerIds: z.array(staffId).max(100) }),
  output: z.object({}),
  problems: ['NotPhysician', 'NotServiceManager'],
})
