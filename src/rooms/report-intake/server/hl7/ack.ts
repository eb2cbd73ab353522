import { encode } from './charset.ts'
import type { CharsetName } from './charset.ts'
import { escapeValue } from './escape.ts'
import { refuse } from './outcome.ts'
import type { Hl7Location, Hl7Outcome, Refused } from './outcome.ts'
import type { Hl7Message } from './parse.ts'
import { readFrame } from './read-message.ts'
import type { ReadFrame, ReadMessage } from './read-message.ts'
import { STANDARD } from './separators.ts'
import type { Separators } from './separators.ts'

export type AckOptions = {
  /** Control ids of the answers (MSH-10), asked once for each. */
  nextId: () => string
  /** The moment of the answer. */
  at: Date
  /** How a sender's MSH-15/16 is taken: `honour` enhanced mode where validly asked for, or always answer AA/AE/AR. */
  mode?: 'honour' | 'original'
  /** The language of reasons; by default Chinese for whoever writes in a charset that can hold it. */
  language?: 'zh' | 'en'
}

/**
 * The answer to a frame, in the charset in which it came: one ACK for each message that wants one, one after the
 * other. Empty when none does (MSH-15/16 say NE, or the frame was itself an acknowledgement).
 */
export function answerFrame(frame: ReadFrame, options: AckOptions): Buffer {
  const acks = frame.messages.map((read) => buildAck(read, frame.charset, options)).filter((ack) => ack !== undefined)
  return encode(acks.join(''), frame.charset === 'ascii' && asksForUnicode(frame) ? 'utf-8' : frame.charset)
}

/** The refusal of a frame that was too long to keep, from its beginning: the header is in it as a rule. */
export function answerTooLarge(head: Buffer, limitBytes: number, options: AckOptions): Buffer {
  const frame = readFrame(head)
  const outcome = refuse('too-large', undefined, String(limitBytes))
  return answerFrame({ ...frame, messages: frame.messages.slice(0, 1).map((read) => ({ ...read, outcome })) }, options)
}

function asksForUnicode({ messages }: ReadFrame): boolean {
  return messages.some(({ message }) => /UTF-?8|UNICODE/i.test(`${message?.header.raw(17)}|${message?.header.raw(18)}`))
}

/** One ACK as text (segments ended by CR); undefined when the sender wants none. Deterministic for given options. */
export function buildAck(read: ReadMessage, charset: CharsetName, options: AckOptions): string | undefined {
  const { outcome, message } = read
  const code = ackCodeFor(outcome, message, options.mode ?? 'honour')
  if (code === undefined) return undefined
  const separators = ownSeparators(message)
  const write = (value: string): string => escapeValue(value, separators)
  const header = message?.header
  const version = header?.first(12) || '2.4'
  const canSayChinese =
    charset === 'utf-8' ||
    charset === 'gb18030' ||
    charset.startsWith('utf-16') ||
    asksForUnicode({ messages: [read], charset, damaged: false })
  const language = options.language ?? (canSayChinese ? 'zh' : 'en')
  const text = outcome.kind === 'refused' ? outcome.reason[language] : ''
  const { field, component } = separators
  const signs = separators.component + separators.repetition + separators.escape + separators.subcomponent
  const event = read.type.split('^')[1] ?? ''
  const type = isBefore(version, '2.3') ? 'ACK' : ['ACK', event, isBefore(version, '2.4') ? '' : 'ACK'].join(component)
  // Name fields go back as they came: their inner division is the sender's own.
  const echo = (number: number): string =>
    message && sameSigns(message.separators, separators)
      ? (header?.raw(number) ?? '')
      : write(header?.text(number) ?? '')
  const msh = [
    'MSH',
    signs,
    echo(5),
    echo(6),
    echo(3),
    echo(4),
    stamp(options.at),
    '',
    trimEnd(type, component),
    write(options.nextId()),
    write(header?.first(11) || 'P'),
    write(version),
    '',
    '',
    '',
    '',
    '',
    write(header?.text(18) ?? ''),
  ]
  const segments = [
    trimEnd(msh.join(field), field),
    trimEnd(['MSA', code, write(read.controlId), write(text)].join(field), field),
  ]
  if (outcome.kind === 'refused') segments.push(errorSegment(outcome, text, version, separators))
  return segments.map((segment) => `${segment}\r`).join('')
}

/**
 * Original mode answers AA, AE or AR always. Enhanced mode (HL7 v2 chapter 2.9) holds when MSH-15, and MSH-16 if
 * given, bear a code of table 0155; anything else there (a charset, a country, an analyser's own number) is not
 * a wish. An application answer, where it is due, is given at once, because the message is already dealt with.
 */
function ackCodeFor(
  outcome: Hl7Outcome,
  message: Hl7Message | undefined,
  mode: 'honour' | 'original',
): string | undefined {
  if (outcome.kind === 'set-aside' && outcome.reason === 'acknowledgement') return undefined
  const verdict = outcome.kind === 'refused' ? outcome.ackCode : 'AA'
  const accept = message?.header.text(15).toUpperCase() ?? ''
  const application = message?.header.text(16).toUpperCase() ?? ''
  const isValid = (wish: string): boolean => wish === '' || /^(AL|NE|ER|SU)$/.test(wish)
  if (mode === 'original' || (accept === '' && application === '') || !isValid(accept) || !isValid(application))
    return verdict
  const isDue = (wish: string): boolean =>
    wish === 'AL' || (wish === 'ER' && verdict !== 'AA') || (wish === 'SU' && verdict === 'AA')
  if (isDue(application)) return verdict
  return isDue(accept) ? `C${verdict[1]}` : undefined
}

/** The sender's own signs, unless they are a misspelling of the standard's. */
function ownSeparators(message: Hl7Message | undefined): Separators {
  if (!message) return STANDARD
  const { field, component, repetition, escape, subcomponent, doubled } = message.separators
  const distinct = new Set([field, component, repetition, escape, subcomponent])
  return doubled || distinct.size < 5 || distinct.has('') ? { ...STANDARD, field } : message.separators
}

function sameSigns(one: Separators, other: Separators): boolean {
  return (
    one.component === other.component && one.subcomponent === other.subcomponent && one.repetition === other.repetition
  )
}

const CONDITIONS: Record<string, string> = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '200': 'Unsupported message type',
  '201': 'Unsupported event code',
  '207': 'Application internal error',
}

/** ERR: one coded field up to version 2.4, location, code (HL7 table 0357), severity and text from 2.5 on. */
function errorSegment(refused: Refused, text: string, version: string, separators: Separators): string {
  const { field, component, subcomponent } = separators
  const write = (value: string): string => escapeValue(value, separators)
  const condition = CONDITIONS[refused.errorCode] ?? ''
  const place = locationParts(refused.location)
  if (isBefore(version, '2.5')) {
    const [segment = '', sequence = '', position = ''] = place
    const code = [refused.errorCode, condition, 'HL70357'].join(subcomponent)
    return `ERR${field}${[segment, sequence, position, code].join(component)}`
  }
  const code = [refused.errorCode, condition, 'HL70357'].join(component)
  return trimEnd(['ERR', '', place.join(component), code, 'E', '', '', '', write(text)].join(field), field)
}

function locationParts(location: Hl7Location | undefined): string[] {
  if (!location) return []
  const parts: string[] = [location.segment, '1']
  if (location.field !== undefined) parts.push(String(location.field), '1')
  if (location.component !== undefined) parts.push(String(location.component))
  return parts
}

/** `YYYYMMDDHHmmss+0000`: in UTC, so that it is right whatever the sender's zone. */
function stamp(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-T:]/g, '')}+0000`
}

function isBefore(version: string, other: string): boolean {
  return Number(version.slice(0, 3)) < Number(other)
}

function trimEnd(text: string, sign: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === sign) end--
  return text.slice(0, end)
}
