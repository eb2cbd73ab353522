import { z } from 'zod'
import { calendarDate, endpoint, id, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'

/** Counted while one waits: a year at once, leap years too. */
export const SPAN_MAX_DAYS = 366

const share = z.object({
  count: z.number().int(),
  n: z.number().int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})

const line = z.object({
  template: z.string(),
  name: z.string(),
  delivered: z.number().int(),
  raw: share,
  seen: share,
  clicked: share,
})
export type ReadingLine = z.infer<typeof line>

const span = z.object({ from: calendarDate, to: calendarDate })

export const readingFigures = endpoint({
  name: 'readership.figures',
  method: 'GET',
  path: '/reading-figures',
  summary:
    'How mails that count their reading were read, by template: asked for by anything, seen by people, clicked by people',
  gate: { permission: 'message.template.read', audit: { none: 'counts only' } },
  query: span,
  output: z.object({
    lines: z.array(line),
    total: line.omit({ template: true, name: true }).nullable(),
    can: z.object({ rows: z.boolean() }),
  }),
  problems: ['SpanTooLong'],
})

export const readingRows = endpoint({
  name: 'readership.rows',
  method: 'GET',
  path: '/reading-figures/rows',
  summary: 'Whose mails a figure counts, of the people one looks after',
  gate: { permission: 'campaign.recipients', audit: { action: 'readership.rows' } },
  query: pageQuery.extend({
    ...span.shape,
    template: z.string().max(60),
    of: z.enum(['delivered', 'raw', 'seen', 'clicked']),
  }),
  output: pageOf(
    z.object({
      messageId: id('message'),
      patientId,
      patientName: pii('name', z.string()),
      sentAt: z.string(),
      raw: z.boolean(),
      seen: z.boolean(),
      clicked: z.boolean(),
    }),
  ),
  problems: ['SpanTooLong'],
})

export const readingReports = endpoint({
  name: 'readership.reports',
  method: 'GET',
  path: '/reading-reports',
  summary: 'The reports of the last twelve months, as they stood when each month was over',
  gate: { permission: 'message.template.read', audit: { none: 'counts only' } },
  output: z.object({
    reports: z.array(
      z.object({
        month: calendarDate,
        madeAt: z.string(),
        lines: z.array(line),
        total: line.omit({ template: true, name: true }).nullable(),
      }),
    ),
  }),
})

const byToken = z.object({ t: z.string().max(4000) })

/** A picture of one point; looking at it is noted and changes nothing of anybody. */
export const readingPicture = endpoint({
  name: 'readership.picture',
  method: 'GET',
  path: '/o',
  summary: 'The picture of a mail that counts its reading',
  gate: { permission: 'public', audit: { none: 'nobody is signed in, and nobody is named' } },
  query: byToken,
  media: 'image/gif',
  output: z.unknown(),
})

export const followLink = endpoint({
  name: 'readership.link',
  method: 'GET',
  path: '/l',
  summary: 'Leads on to where a link of a mail points; following it changes nothing of anybody',
  gate: { permission: 'public', audit: { none: 'nobody is signed in, and nobody is named' } },
  query: byToken,
  media: 'text/html; charset=utf-8',
  output: z.unknown(),
})
