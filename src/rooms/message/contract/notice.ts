import { z } from 'zod'
import { endpoint, pii } from '../../../platform/contract/index.ts'
import { noticeId } from './words.ts'

export const notice = z.object({
  id: noticeId,
  kind: z.string(),
  /** In the reader's language; the title of a task may tell of a person. */
  title: pii('free-text', z.string()),
  text: pii('free-text', z.string()),
  link: z.string().nullable(),
  at: z.string(),
  readAt: z.string().nullable(),
})
export type Notice = z.infer<typeof notice>

export const listNotices = endpoint({
  name: 'message.listNotices',
  method: 'GET',
  path: '/notices',
  summary: "One's own notices, newest first",
  gate: { permission: 'signed-in', audit: { none: "one's own notices" } },
  output: z.object({ rows: z.array(notice), /** Capped at 99. */ unread: z.number().int() }),
})

export const readNotices = endpoint({
  name: 'message.readNotices',
  method: 'POST',
  path: '/notices/read',
  summary: 'Mark notices as read; all of them without a list',
  gate: { permission: 'signed-in', audit: { none: "one's own notices" } },
  body: z.object({ ids: z.array(noticeId).max(200).optional() }),
  output: z.object({ unread: z.number().int() }),
})
