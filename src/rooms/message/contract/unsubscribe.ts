import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'

const byToken = z.object({ token: z.string().max(120) })
const page = {
  gate: { permission: 'public', audit: { none: 'nobody is signed in; the change is kept with how it came about' } },
  params: byToken,
  media: 'text/html; charset=utf-8',
  output: z.unknown(),
} as const

/** Scanners of mails follow every link, so looking never changes anything. */
export const unsubscribePage = endpoint({
  name: 'message.unsubscribePage',
  method: 'GET',
  path: '/u/:token',
  summary: 'The page behind the unsubscribe link of a mail',
  ...page,
})

/** RFC 8058: the mail program posts `List-Unsubscribe=One-Click`; the page posts a form. Both work at once. */
export const unsubscribe = endpoint({
  name: 'message.unsubscribe',
  method: 'POST',
  path: '/u/:token',
  summary: 'Stop mails of this kind',
  upload: true,
  ...page,
})

export const resubscribe = endpoint({
  name: 'message.resubscribe',
  method: 'POST',
  path: '/u/:token/again',
  summary: 'It was a slip: go on with mails of this kind',
  upload: true,
  ...page,
})
