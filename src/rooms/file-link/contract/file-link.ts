import { z } from 'zod'
import { endpoint, id, pii } from '../../../platform/contract/index.ts'

export const fileLinkId = id('file-link')
const patientId = id('patient')

export const FILE_BYTES = 20 * 1024 * 1024
export const LINK_DAYS = [3, 7, 14, 30] as const
/** What is wrong or guessed in all, over all days: then the link is shut, and staff make another. */
export const TRIES = 5
/** Whoever opens a file more often has passed the link on. */
export const OPENINGS = 20

export const LINK_STATES = ['open', 'expired', 'locked', 'used-up', 'revoked'] as const
export const linkState = z.enum(LINK_STATES)
export type LinkState = z.infer<typeof linkState>

export const fileLink = z.object({
  id: fileLinkId,
  fileName: pii('free-text', z.string()),
  sizeBytes: z.number().int(),
  state: linkState,
  /** What became of the mail that carries it. */
  mail: z.string(),
  openings: z.number().int(),
  wrong: z.number().int(),
  lastOpenedAt: z.string().nullable(),
  expiresAt: z.string(),
  sentAt: z.string(),
  sentBy: z.string(),
  revoked: z.object({ at: z.string(), by: z.string() }).nullable(),
})
export type FileLinkLine = z.output<typeof fileLink>

const links = z.object({
  links: z.array(fileLink),
  can: z.object({ send: z.boolean() }),
  /** Why none can be sent, as a key of the texts; null: it can. */
  hindrance: z.enum(['no-birth-date', 'no-mail', 'no-web-address']).nullable(),
})

export const listFileLinks = endpoint({
  name: 'file-link.list',
  method: 'GET',
  path: '/patients/:patientId/file-links',
  summary: 'Files that a person was sent as links, and whether they were opened',
  gate: { permission: 'message.read', audit: { action: 'file-link.list', patient: 'patientId' } },
  params: z.object({ patientId }),
  output: links,
})

/** Body: the file (PDF, JPEG or PNG); its name comes percent-encoded in the header `x-file-name`. */
export const sendFileLink = endpoint({
  name: 'file-link.send',
  method: 'POST',
  path: '/patients/:patientId/file-links',
  summary: 'Send a person a file: the mail carries a link of their own, which asks for the date of birth',
  gate: { permission: 'message.send', audit: { action: 'file-link.send', patient: 'patientId' } },
  params: z.object({ patientId }),
  query: z.object({ days: z.coerce.number().int().min(1).max(30).default(7) }),
  upload: true,
  output: fileLink,
  problems: ['FileTooLong', 'FileUnfit', 'FileOwnerWithoutBirthDate', 'FileOwnerWithoutMail', 'FileWithoutWebAddress'],
})

export const revokeFileLink = endpoint({
  name: 'file-link.revoke',
  method: 'POST',
  path: '/file-links/:fileLinkId/revoke',
  summary: 'Shut a link at once; a mail that has not gone out yet stays',
  gate: { permission: 'message.send', audit: { action: 'file-link.revoke', subject: 'fileLinkId' } },
  params: z.object({ fileLinkId }),
  output: fileLink,
  problems: ['FileLinkOver'],
})

const byToken = {
  gate: {
    permission: 'public',
    audit: { none: 'nobody is signed in; the use case writes each opening into the log itself' },
  },
  params: z.object({ token: z.string().max(120) }),
  media: 'text/html; charset=utf-8',
  output: z.unknown(),
} as const

/** Scanners of mails follow every link: looking counts nothing and shows nothing of the file. */
export const filePage = endpoint({
  name: 'file-link.page',
  method: 'GET',
  path: '/f/:token',
  summary: 'The page behind a link, which asks for the date of birth',
  ...byToken,
})

export const openFileLink = endpoint({
  name: 'file-link.open',
  method: 'POST',
  path: '/f/:token',
  summary: 'The file, for whoever knows the date of birth; the page again for whoever does not',
  upload: true,
  ...byToken,
})
