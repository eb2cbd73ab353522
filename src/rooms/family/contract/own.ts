import { z } from 'zod'
import { calendarDate, endpoint, instant, pii, PROXY_SCOPES } from '../../../platform/contract/index.ts'
import { ENDED_BECAUSE, months, RELATIONS, RELATIVE_STATES, relativeId, scopes } from './words.ts'

export const relativeView = z.object({
  id: relativeId,
  name: pii('name', z.string()),
  relation: z.enum(RELATIONS),
  phoneMasked: pii('phone', z.string()),
  scopes: z.array(z.enum(PROXY_SCOPES)),
  state: z.enum(RELATIVE_STATES),
  /** The last day. */
  untilOn: calendarDate,
  /** A guardian's word: it ends before that, on the day the child turns 14. */
  ownAgeOn: calendarDate.nullable(),
  invitedAt: instant,
  /** Who of the staff wrote it down; null: the patient did it themselves. */
  invitedBy: z.string().nullable(),
  confirmedAt: instant.nullable(),
  lastSeenAt: instant.nullable(),
  endedAt: instant.nullable(),
  endedBecause: z.enum(ENDED_BECAUSE).nullable(),
})
export type RelativeView = z.output<typeof relativeView>

export const newRelative = z.object({
  name: z.string().trim().min(2).max(40),
  relation: z.enum(RELATIONS),
  /** A mobile phone of their own: it gets the code that confirms them. */
  phone: z.string().trim().min(5).max(30),
  scopes,
  months: months.default(12),
})

const link = z.object({
  id: relativeId,
  /** Told once; it opens nothing without a code from the relative's phone. */
  link: z.string(),
  expiresAt: instant,
})

const ofOne = z.object({ relativeId })
const own = (action: string) => ({ permission: 'patient' as const, audit: { action, subject: 'relativeId' } })

export const INVITE_PROBLEMS = [
  'FamilyPhoneUnfit',
  'FamilyPhoneOwn',
  'FamilyAlreadyIn',
  'FamilyTooMany',
  'FamilyCodesWanted',
  'FamilyPatientGone',
]

export const listMyFamily = endpoint({
  name: 'family.listMine',
  method: 'GET',
  path: '/my/family',
  summary: 'Whom one has let in to one’s own pages, for what, until when, and when they last looked',
  gate: { permission: 'patient', audit: { action: 'my.family' } },
  output: z.object({
    rows: z.array(relativeView),
    /** Codes can be sent to phones; without them nobody can be let in. */
    ready: z.boolean(),
    /** A child's pages: the guardian decides. */
    forGuardian: z.boolean(),
    /** Within the next weeks the child turns 14, and decides anew about those who stand here. */
    ownAgeSoonOn: calendarDate.nullable(),
  }),
})

export const inviteMine = endpoint({
  name: 'family.inviteMine',
  method: 'POST',
  path: '/my/family',
  summary: 'Let a relative in: they confirm with a code to their own phone',
  gate: { permission: 'patient', audit: { action: 'my.family-invite' } },
  body: newRelative,
  output: link,
  problems: INVITE_PROBLEMS,
})

export const changeMine = endpoint({
  name: 'family.changeMine',
  method: 'PUT',
  path: '/my/family/:relativeId',
  summary: 'Change what a relative may do and for how long from today; in force with their next tap',
  gate: own('my.family-change'),
  params: ofOne,
  body: z.object({ scopes, months: months.nullable().default(null) }),
  output: relativeView,
  problems: ['FamilyNotIn'],
})

export const endMine = endpoint({
  name: 'family.endMine',
  method: 'POST',
  path: '/my/family/:relativeId/end',
  summary: 'Take it back: whatever the relative has open is closed with their next tap',
  gate: own('my.family-end'),
  params: ofOne,
  output: z.object({ ended: z.boolean() }),
})

export const linkMine = endpoint({
  name: 'family.linkMine',
  method: 'POST',
  path: '/my/family/:relativeId/link',
  summary: 'A new link for a relative who has lost theirs; the old one opens nothing any more',
  gate: own('my.family-link'),
  params: ofOne,
  output: link,
  problems: ['FamilyNotIn'],
})

export const leaveFamily = endpoint({
  name: 'family.leave',
  method: 'POST',
  path: '/my/family-leave',
  summary: 'As a relative: not to look after this person’s pages any more',
  gate: { permission: 'patient', proxy: 'any', audit: { action: 'my.family-leave' } },
  output: z.object({ left: z.boolean() }),
})
