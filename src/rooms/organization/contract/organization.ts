import { z } from 'zod'
import { endpoint, locale, organizationId } from '../../../platform/contract/index.ts'
import { securityPolicy, settings } from './settings.ts'

const noPatient = { none: 'it shows nothing of a patient' } as const
const version = z.number().int().positive()
const name = z.string().trim().min(1).max(100)
const phone = z.string().trim().max(40)
const address = z.string().trim().max(200)
const done = z.object({ version })

const profile = z.object({
  name,
  nameEn: z.string().trim().max(200),
  /** An IANA name such as `Asia/Shanghai`. */
  timeZone: z.string().min(1).max(60),
  locale,
  phone,
  address,
})

/** Public, since nobody is known yet: it names the houses one can sign in to and nothing more. */
export const listSignInOrganizations = endpoint({
  name: 'organization.listForSignIn',
  method: 'GET',
  path: '/sign-in/organizations',
  summary: 'The organizations one may sign in to',
  gate: { permission: 'public', audit: noPatient },
  output: z.object({ organizations: z.array(z.object({ slug: z.string(), name: z.string(), nameEn: z.string(), demo: z.boolean() })) }),
})

export const getOrganization = endpoint({
  name: 'organization.get',
  method: 'GET',
  path: '/organization',
  summary: 'Name, contact, time zone and logo of the organization',
  gate: { permission: 'signed-in', audit: noPatient },
  output: profile.extend({
    id: organizationId,
    slug: z.string(),
    /** Changes with the logo, for the address of the picture; null without one. */
    logo: z.string().nullable(),
    version,
  }),
})

export const changeOrganization = endpoint({
  name: 'organization.change',
  method: 'PUT',
  path: '/organization',
  summary: 'Change name, contact, time zone and language',
  gate: { permission: 'organization.configure', audit: { action: 'organization.change' } },
  body: profile.extend({ version }),
  output: done,
  problems: ['TimeZoneUnknown', 'ChangedMeanwhile'],
})

export const getSettings = endpoint({
  name: 'organization.getSettings',
  method: 'GET',
  path: '/organization/settings',
  summary: 'Hours, limits and addresses the house works by',
  gate: { permission: 'organization.configure', audit: noPatient },
  output: z.object({ settings, version }),
})

export const changeSettings = endpoint({
  name: 'organization.changeSettings',
  method: 'PUT',
  path: '/organization/settings',
  summary: 'Change hours, limits and addresses',
  gate: { permission: 'organization.configure', audit: { action: 'organization.change-settings' } },
  body: z.object({ settings, version }),
  output: done,
  problems: ['ChangedMeanwhile'],
})

export const getSecurityPolicy = endpoint({
  name: 'organization.getSecurityPolicy',
  method: 'GET',
  path: '/organization/security-policy',
  summary: 'Rules for passwords, lock-out and sessions',
  gate: { permission: 'security.configure', audit: noPatient },
  output: z.object({ policy: securityPolicy, version }),
})

export const changeSecurityPolicy = endpoint({
  name: 'organization.changeSecurityPolicy',
  method: 'PUT',
  path: '/organization/security-policy',
  summary: 'Change the rules for passwords, lock-out and sessions',
  gate: { permission: 'security.configure', audit: { action: 'organization.change-security-policy' } },
  body: z.object({ policy: securityPolicy, version }),
  output: done,
  problems: ['ChangedMeanwhile'],
})

export const getLogo = endpoint({
  name: 'organization.getLogo',
  method: 'GET',
  path: '/organization/logo',
  summary: 'The logo, as PNG',
  gate: { permission: 'signed-in', audit: noPatient },
  media: 'image/png',
  output: z.unknown(),
  problems: ['NotFound'],
})

export const putLogo = endpoint({
  name: 'organization.putLogo',
  method: 'PUT',
  path: '/organization/logo',
  summary: 'Replace the logo: a PNG of at most 256 kB',
  gate: { permission: 'organization.configure', audit: { action: 'organization.change-logo' } },
  upload: true,
  output: z.object({ logo: z.string() }),
  problems: ['LogoNotPng', 'LogoTooLarge'],
})

export const removeLogo = endpoint({
  name: 'organization.removeLogo',
  method: 'DELETE',
  path: '/organization/logo',
  summary: 'Take the logo away',
  gate: { permission: 'organization.configure', audit: { action: 'organization.change-logo' } },
  output: z.object({}),
})
