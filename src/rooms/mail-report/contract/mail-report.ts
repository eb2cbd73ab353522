import { z } from 'zod'
import { endpoint, id, pageOf, pageQuery, pii } from '../../../platform/contract/index.ts'
import { mailReportId, meaning, reportKind, reportState, WAYS, why } from './words.ts'

/** The largest report that is taken; those that carry the whole mail back fit. */
export const REPORT_BYTES = 1024 * 1024

/** A mail that a report may speak of: no name, no content. */
export const mailLine = z.object({
  id: id('message'),
  template: z.string(),
  templateName: z.string(),
  toMasked: z.string().nullable(),
  sentAt: z.string().nullable(),
  state: z.string(),
  reason: z.string().nullable(),
})

export const reportLine = z.object({
  id: mailReportId,
  kind: reportKind,
  state: reportState,
  why: why.nullable(),
  meaning: meaning.nullable(),
  /** What the other server said, without addresses and numbers. */
  words: z.string(),
  toMasked: z.string().nullable(),
  way: z.enum(WAYS),
  receivedAt: z.string(),
  decided: z.object({ by: z.string(), at: z.string(), note: pii('free-text', z.string()) }).nullable(),
  mail: mailLine.nullable(),
})
export type ReportLine = z.output<typeof reportLine>

export const listMailReports = endpoint({
  name: 'mail-report.list',
  method: 'GET',
  path: '/mail-reports',
  summary: 'What came back about mails: bounces, complaints, and what nobody understood',
  gate: { permission: 'mail-report.settle', audit: { action: 'mail-report.list' } },
  query: pageQuery.extend({ list: z.enum(['open', 'settled', 'aside']).default('open') }),
  output: pageOf(reportLine),
})

export const mailReportFigures = endpoint({
  name: 'mail-report.figures',
  method: 'GET',
  path: '/mail-report-figures',
  summary: 'How many mails came back in the last 30 days, and how many reports wait for somebody',
  gate: { permission: 'mail-report.settle', audit: { none: 'five numbers, which say nothing of a patient' } },
  output: z.object({
    open: z.number().int(),
    gone: z.number().int(),
    later: z.number().int(),
    refused: z.number().int(),
    complaints: z.number().int(),
    /** False while no return address is set: nothing can come in. */
    isSet: z.boolean(),
  }),
})

export const openMailReport = endpoint({
  name: 'mail-report.open',
  method: 'GET',
  path: '/mail-reports/:mailReportId',
  summary: 'What a report says in its own words, and which mails it may speak of',
  gate: { permission: 'mail-report.settle', audit: { action: 'mail-report.open', subject: 'mailReportId' } },
  params: z.object({ mailReportId }),
  output: z.object({
    line: reportLine,
    /** Empty once it is settled: what was read is not kept longer than it is needed. */
    text: pii('free-text', z.string()),
    candidates: z.array(mailLine),
  }),
})

export const tieMailReport = endpoint({
  name: 'mail-report.tie',
  method: 'POST',
  path: '/mail-reports/:mailReportId/mail',
  summary: 'Say which mail a report speaks of and what it means; it then counts as if it had been understood',
  gate: { permission: 'mail-report.settle', audit: { action: 'mail-report.tie', subject: 'mailReportId' } },
  params: z.object({ mailReportId }),
  body: z.object({ messageId: id('message'), meaning }),
  output: reportLine,
  problems: ['MailReportSettled', 'MailOfReportUnknown', 'MailOfReportBusy'],
})

export const setMailReportAside = endpoint({
  name: 'mail-report.setAside',
  method: 'POST',
  path: '/mail-reports/:mailReportId/aside',
  summary: 'Put a report aside that says nothing of a mail, or take it back into the queue',
  gate: { permission: 'mail-report.settle', audit: { action: 'mail-report.set-aside', subject: 'mailReportId' } },
  params: z.object({ mailReportId }),
  body: z.object({ aside: z.boolean(), note: pii('free-text', z.string().trim().max(300)).default('') }),
  output: reportLine,
  problems: ['MailReportSettled'],
})

/** Body: one raw message as it was received (message/rfc822). */
export const submitMailReport = endpoint({
  name: 'mail-report.submit',
  method: 'POST',
  path: '/mail-reports',
  summary: 'Hand in a bounce or complaint that the hospital’s own mail server has received',
  gate: { permission: 'mail-report.submit', audit: { action: 'mail-report.submit' } },
  upload: true,
  /** The address it was delivered to, where its headers do not say so. */
  query: z.object({ to: pii('email', z.string().max(320)).optional() }),
  output: z.object({ id: mailReportId, state: reportState, isNew: z.boolean() }),
  problems: ['MailReportTooLong', 'MailReportEmpty'],
})
