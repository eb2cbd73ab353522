import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

export const mailReportId = id('mail-report')

/** What a mail that came in is. */
export const REPORT_KINDS = ['bounce', 'delay', 'delivery', 'complaint', 'auto-reply', 'unknown'] as const
export const reportKind = z.enum(REPORT_KINDS)
export type ReportKind = z.infer<typeof reportKind>

/** What a person may say of one that nobody understood. */
export const MEANINGS = ['gone', 'unwanted', 'content', 'refused', 'later', 'arrived', 'complaint'] as const
export const meaning = z.enum(MEANINGS)
export type Meaning = z.infer<typeof meaning>

/** `waiting`: its mail is just being sent · `open`: somebody has to look · `aside`: somebody has, and it says nothing. */
export const REPORT_STATES = ['waiting', 'settled', 'open', 'aside'] as const
export const reportState = z.enum(REPORT_STATES)
export type ReportState = z.infer<typeof reportState>

/** Why a report waits for a person. */
export const WHYS = ['no-mark', 'not-understood', 'no-such-mail', 'unreadable', 'too-long'] as const
export const why = z.enum(WHYS)
export type Why = z.infer<typeof why>

export const WAYS = ['smtp', 'post'] as const
export type Way = (typeof WAYS)[number]
