import { providerOf } from '../../../../platform/mail/pace/provider.ts'
import { verdictOf, type VerdictClass } from '../../../../platform/mail/pace/verdict.ts'
import plain from '../../content/plain-bounces.json' with { type: 'json' }
import type { Meaning, ReportKind } from '../../contract/words.ts'
import { addressOf, fieldGroups, fieldsOf, withoutType } from './fields.ts'

/** A mail as far as reports are concerned. */
export interface ReadMail {
  /** Names in small letters, values as they stand, the first of several. */
  headers: ReadonlyMap<string, string>
  subject: string
  text: string
  parts: readonly { type: string; text: string }[]
}

export interface ReadReport {
  kind: ReportKind
  /** What it says of the mail; null where it says nothing, or nobody knows what. */
  meaning: Meaning | null
  /** What the other server said. */
  words: string
  recipient: string | null
  /** Where a mark of ours may stand. */
  marks: string
  /** Message-ID of the mail it speaks of, as it claims. */
  originalId: string | null
  /** Of the unsubscribe link of that mail. */
  unsubscribe: string | null
}

const MEANINGS: Record<VerdictClass, Meaning> = {
  'hard-bounce': 'gone',
  complaint: 'unwanted',
  content: 'content',
  policy: 'refused',
  refused: 'refused',
  throttle: 'later',
  'connection-limit': 'later',
  temporary: 'later',
  'mailbox-full': 'later',
}

/** Reads a report: ARF (RFC 5965), DSN (RFC 3464), an answer that nobody wrote, a bounce in plain words; in this order. */
export function readReport(mail: ReadMail): ReadReport {
  const part = (...types: string[]) => mail.parts.find(({ type }) => types.includes(type))?.text
  const original = fieldsOf(
    part(
      'text/rfc822-headers',
      'message/rfc822-headers',
      'message/rfc822',
      'message/global',
      'message/global-headers',
    ) ?? '',
  )
  const feedback = part('message/feedback-report')
  const status = part('message/delivery-status', 'message/global-delivery-status')
  const said =
    feedback !== undefined
      ? readFeedback(feedback)
      : status !== undefined
        ? readStatus(status)
        : isAutoReply(mail)
          ? NOTHING
          : readPlain(mail)
  return {
    ...said,
    marks: [
      ...HEADERS_WITH_MARKS.map((name) => mail.headers.get(name)),
      ...(feedback ? FEEDBACK_WITH_MARKS.map((name) => fieldsOf(feedback).get(name)) : []),
      original.get('return-path'),
    ]
      .filter(Boolean)
      .join(' '),
    originalId: original.get('message-id') ?? /message-id:\s*(<[^\s<>]{3,200}>)/i.exec(mail.text)?.[1] ?? null,
    unsubscribe: /\/api\/u\/([0-9a-f]{32}\.[\w-]{43})/.exec(original.get('list-unsubscribe') ?? '')?.[1] ?? null,
  }
}

type Said = Pick<ReadReport, 'kind' | 'meaning' | 'words' | 'recipient'>

const NOTHING: Said = { kind: 'auto-reply', meaning: null, words: '', recipient: null }
const HEADERS_WITH_MARKS = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-real-to']
const FEEDBACK_WITH_MARKS = ['original-mail-from', 'original-envelope-id']

function readFeedback(text: string): Said {
  const fields = fieldsOf(text)
  const type = fields.get('feedback-type')?.toLowerCase() ?? ''
  const recipient = addressOf(fields.get('original-rcpt-to') ?? '')
  // Somebody has taken it out of the junk again: nothing to do, and nothing to hold against us.
  if (type === 'not-spam') return { ...NOTHING, recipient }
  return { kind: 'complaint', meaning: 'complaint', words: type, recipient }
}

/** A mail of ours has one recipient; where a relay tells of several, the one that failed is spoken of. */
function readStatus(text: string): Said {
  const recipients = fieldGroups(text).filter((group) => group.has('action'))
  const by = (...actions: string[]) =>
    recipients.find((group) => actions.includes(group.get('action')!.toLowerCase().split(/\s/)[0]!))
  const group = by('failed') ?? by('delayed') ?? by('delivered', 'relayed', 'expanded')
  if (!group) return { kind: 'unknown', meaning: null, words: '', recipient: null }
  const recipient = addressOf(withoutType(group.get('original-recipient') ?? group.get('final-recipient') ?? ''))
  const words = replyOf(group)
  if (group === by('delayed')) return { kind: 'delay', meaning: null, words, recipient }
  if (group !== by('failed')) {
    // `relayed` and `expanded` say that nobody will tell us more, not that it has arrived.
    const isThere = group.get('action')!.toLowerCase().startsWith('delivered')
    return { kind: 'delivery', meaning: isThere ? 'arrived' : null, words, recipient }
  }
  const mta = withoutType(group.get('remote-mta') ?? '')
  const { class: meaning } = verdictOf(providerOf(domainOf(recipient), mta ? [mta] : []), words)
  // X.4.1 and X.4.7: nobody answered for days. That is no word about the address.
  const isTimeout = /^[45]\.4\.[17]$/.test(statusOf(group)) && meaning !== 'hard-bounce'
  return { kind: 'bounce', meaning: isTimeout ? 'later' : MEANINGS[meaning], words, recipient }
}

const statusOf = (group: ReadonlyMap<string, string>): string =>
  /^[245]\.\d{1,3}\.\d{1,3}/.exec(group.get('status') ?? '')?.[0] ?? ''

/** As the other server would have said it to us: code, enhanced code, words. */
function replyOf(group: ReadonlyMap<string, string>): string {
  const status = statusOf(group)
  const said = withoutType(group.get('diagnostic-code') ?? '')
  const [, code, enhanced, words] = /^(?:.*?\b)?([45]\d\d)[ -]#?([45]\.\d{1,3}\.\d{1,3})?\s*(.*)$/s.exec(said) ?? []
  if (code) return `${code} ${enhanced ?? status} ${words ?? ''}`.replace(/\s+/g, ' ').trim()
  return `${status ? `${status[0]}50 ${status}` : '550'} ${said}`.trim()
}

const patterns = (list: readonly string[]) => list.map((pattern) => new RegExp(pattern, 'i'))
const SENDERS = patterns(plain.senders)
const SUBJECTS = patterns(plain.subjects)
const AUTO_REPLIES = patterns(plain.autoReplies)
const WORDS = plain.words.map(({ class: meaning, pattern }) => ({
  meaning: meaning as VerdictClass,
  pattern: new RegExp(pattern, 'i'),
}))

const isBounce = ({ headers, subject }: ReadMail): boolean =>
  headers.has('x-failed-recipients') ||
  SUBJECTS.some((pattern) => pattern.test(subject)) ||
  SENDERS.some((pattern) => pattern.test(addressOf(headers.get('from') ?? '') ?? ''))

function isAutoReply(mail: ReadMail): boolean {
  if (isBounce(mail)) return false
  const { headers, subject } = mail
  return (
    headers.get('auto-submitted')?.toLowerCase().startsWith('auto-replied') === true ||
    headers.has('x-autoreply') ||
    headers.has('x-autorespond') ||
    AUTO_REPLIES.some((pattern) => pattern.test(subject))
  )
}

/** Behind this the mail itself may be quoted, and our own words are no answer of theirs. */
const TEXT_READ = 3000

/** A bounce that is no DSN: what the server said, where it is quoted; else what its words mean. */
function readPlain(mail: ReadMail): Said {
  if (!isBounce(mail)) return { kind: 'unknown', meaning: null, words: mail.subject, recipient: null }
  const text = mail.text.slice(0, TEXT_READ)
  const from = addressOf(mail.headers.get('from') ?? '')
  const recipient = addressOf(mail.headers.get('x-failed-recipients') ?? '') ?? otherAddress(text, from)
  const provider = providerOf(domainOf(recipient ?? from))
  const replies = [...text.matchAll(REPLY)].map(([, reply]) => reply!.replace(/\s+/g, ' ').trim())
  const read = replies.map((reply) => ({ words: reply, meaning: verdictOf(provider, reply).class }))
  // 收件人（12345@qq.com）不存在: an address between two words is not to keep them apart.
  const bare = text.replace(/[（(<]?[^\s<>（）()：:]+@[\w.-]+[）)>]?/g, '')
  const word = WORDS.find(({ pattern }) => pattern.test(bare))
  const found =
    read.find(({ meaning }) => meaning !== 'refused') ??
    (word && { words: sentenceOf(bare, word.pattern), meaning: word.meaning }) ??
    read[0]
  if (!found) return { kind: 'bounce', meaning: null, words: mail.subject, recipient }
  return { kind: 'bounce', meaning: MEANINGS[found.meaning], words: found.words, recipient }
}

/** A quoted answer: at the beginning of a line, or behind a colon, a quote or a bracket. */
const REPLY = /(?:^|[:：“"'(（>]\s*|\bsaid:?\s+)([45]\d\d(?:[ -]#?[45]\.\d{1,3}\.\d{1,3})?[ -][^\n”"]{3,240})/gim

const sentenceOf = (text: string, pattern: RegExp): string =>
  text
    .split(/[\n。；]/)
    .find((line) => pattern.test(line))
    ?.trim() ?? ''

function otherAddress(text: string, from: string | null): string | null {
  for (const [found] of text.matchAll(/[^\s<>;,"'()（）【】：:[\]]+@[\w.-]+\.[a-z]{2,}/gi)) {
    const address = found.toLowerCase()
    if (address !== from && !/^(postmaster|mailer-daemon|no-?reply)@/.test(address)) return address
  }
  return null
}

const domainOf = (address: string | null): string => address?.slice(address.lastIndexOf('@') + 1) ?? ''
