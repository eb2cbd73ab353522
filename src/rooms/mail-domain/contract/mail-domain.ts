import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'
import { keyFinding, keyKind, keyState, mailKeyId } from './words.ts'

/** `bounce+*@mail.example.cn`: the star stands for what tells the mails apart. The part before the @ may have 64 letters, 42 of them are the star's. */
export const returnPattern = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9._+=-]{0,20}\*@(?=.{1,200}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/)

export const mailKey = z.object({
  id: mailKeyId,
  kind: keyKind,
  domain: z.string(),
  selector: z.string(),
  state: keyState,
  /** What to publish: a TXT record of this name with this value. */
  record: z.object({ name: z.string(), value: z.string() }),
  madeAt: z.string(),
  madeBy: z.string(),
  signingSince: z.string().nullable(),
  /** Of a retired key: until when its record has to stand. */
  recordUntil: z.string().nullable(),
  checked: z.object({ at: z.string(), finding: keyFinding }).nullable(),
  /** False where mails now come from another domain than the key is for. */
  fits: z.boolean(),
})
export type MailKeyView = z.output<typeof mailKey>

export const mailDomainView = z.object({
  /** Of the sender's address. */
  domain: z.string(),
  mailFrom: z.string(),
  keys: z.array(mailKey),
  /** Where what cannot be delivered comes back to; null: to the sender's address, where Peiban does not see it. */
  returnPattern: z.string().nullable(),
  /** Where providers send complaints to; follows from the pattern. */
  complaintAddress: z.string().nullable(),
  version: z.number().int(),
})

export const getMailDomain = endpoint({
  name: 'mail-domain.get',
  method: 'GET',
  path: '/mail-domain',
  summary: 'Keys that mails are signed with, the records to publish, and where bounces come back to',
  gate: {
    permission: 'integration.configure',
    audit: { none: 'says nothing of a patient and shows no private key' },
  },
  output: mailDomainView,
})

export const setReturnPattern = endpoint({
  name: 'mail-domain.setReturn',
  method: 'PUT',
  path: '/mail-domain/return',
  summary: 'Say where bounces come back to; null: to the sender’s address',
  gate: { permission: 'integration.configure', audit: { action: 'mail-domain.set-return' } },
  body: z.object({ returnPattern: returnPattern.nullable(), version: z.number().int() }),
  output: mailDomainView,
  problems: ['MailDomainChangedMeanwhile'],
})

export const makeMailKey = endpoint({
  name: 'mail-domain.makeKey',
  method: 'POST',
  path: '/mail-keys',
  summary: 'Make a key; it signs nothing before its record is published and it is switched on',
  gate: { permission: 'integration.configure', audit: { action: 'mail-key.make' } },
  body: z.object({ kind: keyKind }),
  output: mailDomainView,
  problems: ['MailDomainUnknown', 'MailKeyWaiting'],
})

const params = z.object({ mailKeyId })

export const checkMailKey = endpoint({
  name: 'mail-domain.checkKey',
  method: 'POST',
  path: '/mail-keys/:mailKeyId/check',
  summary: 'Look whether the record of a key is published',
  gate: { permission: 'integration.configure', audit: { action: 'mail-key.check', subject: 'mailKeyId' } },
  params,
  output: mailDomainView,
})

export const useMailKey = endpoint({
  name: 'mail-domain.useKey',
  method: 'POST',
  path: '/mail-keys/:mailKeyId/use',
  summary: 'Sign with a key from now on; one of the same kind that signed so far is retired',
  gate: { permission: 'integration.configure', audit: { action: 'mail-key.use', subject: 'mailKeyId' } },
  params,
  output: mailDomainView,
  problems: ['MailKeyUnpublished', 'MailKeyOver', 'MailKeyOfOtherDomain'],
})

export const retireMailKey = endpoint({
  name: 'mail-domain.retireKey',
  method: 'POST',
  path: '/mail-keys/:mailKeyId/retire',
  summary: 'Sign with a key no more, or throw away one that never signed; its private half is deleted',
  gate: { permission: 'integration.configure', audit: { action: 'mail-key.retire', subject: 'mailKeyId' } },
  params,
  output: mailDomainView,
  problems: ['MailKeyOver'],
})
