import { z } from 'zod'
import { endpoint, id, instant, job, pageOf, pageQuery } from '../../../platform/contract/index.ts'
import { verdict } from './verdict.ts'

export const auditEntryId = id('audit-entry')
export const verificationId = id('audit-verification')
export const outcome = z.enum(['done', 'denied', 'refused'])

const filter = z.object({
  from: instant.optional(),
  until: instant.optional(),
  actorId: z.uuid().optional(),
  action: z.string().trim().max(60).optional(),
  patientId: z.uuid().optional(),
  outcome: outcome.optional(),
  /** Part of the detail, such as an id or a code. */
  text: z.string().trim().min(2).max(80).optional(),
})

const entry = z.object({
  id: auditEntryId,
  at: z.string(),
  actorKind: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string(),
  action: z.string(),
  outcome,
  patientId: z.string().nullable(),
  subjectId: z.string().nullable(),
  address: z.string().nullable(),
})

export const searchAudit = endpoint({
  name: 'audit.search',
  method: 'GET',
  path: '/audit/entries',
  summary: 'Who did what, newest first',
  gate: { permission: 'audit.read', audit: { action: 'audit.search' } },
  query: pageQuery.extend(filter.shape),
  output: pageOf(entry).extend({
    /** Set when a search in the text has only come as far as this instant; `next` goes on from there. */
    searchedUntil: z.string().nullable(),
  }),
})

export const getAuditEntry = endpoint({
  name: 'audit.get',
  method: 'GET',
  path: '/audit/entries/:auditEntryId',
  summary: 'One entry with its detail and its place in the chain',
  gate: { permission: 'audit.read', audit: { none: 'it shows no more than the search that led here, which is audited' } },
  params: z.object({ auditEntryId }),
  output: entry.extend({
    detail: z.record(z.string(), z.unknown()),
    requestId: z.string().nullable(),
    /** Null until the entry is linked, which takes a second. */
    link: z.object({ sequence: z.number().int(), hash: z.string() }).nullable(),
  }),
  problems: ['NotFound'],
})

export const listActions = endpoint({
  name: 'audit.listActions',
  method: 'GET',
  path: '/audit/actions',
  summary: 'Actions that occur in the log, for the filter',
  gate: { permission: 'audit.read', audit: { none: 'a list of words' } },
  output: z.object({ actions: z.array(z.string()) }),
})

export const exportAudit = endpoint({
  name: 'audit.export',
  method: 'GET',
  path: '/audit/export.csv',
  summary: 'The entries of at most a year as CSV, oldest first',
  gate: { permission: 'audit.read', audit: { action: 'audit.export' } },
  query: filter.extend({ from: instant, until: instant }),
  media: 'text/csv; charset=utf-8',
  output: z.unknown(),
  problems: ['AuditSpanTooLong'],
})

const verification = z.object({
  id: verificationId,
  requestedByName: z.string(),
  requestedAt: z.string(),
  checked: z.number().int(),
  total: z.number().int().nullable(),
  finishedAt: z.string().nullable(),
  verdict: verdict.nullable(),
})

export const startVerification = endpoint({
  name: 'audit.startVerification',
  method: 'POST',
  path: '/audit/verifications',
  summary: 'Have the whole chain recomputed',
  gate: { permission: 'audit.read', audit: { action: 'audit.verify' } },
  output: z.object({ id: verificationId }),
  problems: ['VerificationRunning'],
})

export const listVerifications = endpoint({
  name: 'audit.listVerifications',
  method: 'GET',
  path: '/audit/verifications',
  summary: 'Recent verifications with their progress and verdict',
  gate: { permission: 'audit.read', audit: { none: 'it shows nothing of a patient' } },
  output: z.object({ verifications: z.array(verification) }),
})

export const verifyJob = job('audit/verify', z.object({ verificationId: z.string() }))
