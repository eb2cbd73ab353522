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
  summary: 'Stop mails of this topic, or with `scope=offer` all knowledge, greetings and activities by every way',
  upload: true,
  ...page,
})

export const resubscribe = endpoint({
  name: 'message.resubscribe',
  method: 'POST',
  path: '/u/:token/again',
  summary: 'It was a slip: take back what was just stopped',
  upload: true,
  ...page,
})

export const choicesPage = endpoint({
  name: 'message.choicesPage',
  method: 'GET',
  path: '/u/:token/choices',
  summary: 'What the person gets, by topic and way; looking changes nothing',
  ...page,
})

export const choose = endpoint({
  name: 'message.choose',
  method: 'POST',
  path: '/u/:token/choices',
  summary: 'Keep the choices of that page: each ticked `keep=topic:way` is sent, the others are not',
  upload: true,
  ...page,
})
