import { unescape } from './escape.ts'
import { separatorsOf } from './separators.ts'
import type { Separators } from './separators.ts'

/** The n-th part (from 1) of a text divided by a sign; empty when there is none. Cuts nothing else out. */
export function nthPart(text: string, sign: string, n: number): string {
  if (sign === '') return n === 1 ? text : ''
  let from = 0
  for (let part = 1; part < n; part++) {
    const next = text.indexOf(sign, from)
    if (next < 0) return ''
    from = next + 1
  }
  const end = text.indexOf(sign, from)
  return end < 0 ? (from === 0 ? text : text.slice(from)) : text.slice(from, end)
}

/** One line of a message. Its fields are cut when the first is asked for, their parts each time. */
export class Segment {
  readonly name: string
  readonly line: string
  readonly separators: Separators
  private fields: string[] | undefined

  constructor(name: string, line: string, separators: Separators) {
    this.name = name
    this.line = line
    this.separators = separators
    // A log of messages in a value brings its own bars: from the value on, the rest of the line is the value.
    if (name === 'OBX' && line.includes('MSH' + separators.field)) {
      const fields = line.split(separators.field)
      this.fields = [...fields.slice(0, 5), fields.slice(5).join(separators.field)]
    }
  }

  /** A field as sent, escapes and all. MSH counts its own separator as field 1. */
  raw(field: number): string {
    const fields = (this.fields ??= this.line.split(this.separators.field))
    if (this.name !== 'MSH') return fields[field] ?? ''
    return field === 1 ? this.separators.field : (fields[field - 1] ?? '')
  }

  /** A whole field as text, trimmed, escapes resolved. HL7's explicit nothing (`""`) is nothing. */
  text(field: number): string {
    return this.clean(this.raw(field))
  }

  repetitions(field: number): string[] {
    const raw = this.raw(field)
    const sign = this.separators.repetition
    return sign !== '' && raw.includes(sign) ? raw.split(sign) : [raw]
  }

  /** A component (from 1) of the first repetition of a field. */
  first(field: number, component = 1): string {
    const raw = nthPart(this.raw(field), this.separators.repetition, 1)
    return raw === '' ? '' : this.clean(nthPart(raw, this.separators.component, component))
  }

  /** The components of a repetition that was already cut out, cleaned. */
  components(repetition: string): string[] {
    const sign = this.separators.component
    return sign === '' ? [this.clean(repetition)] : repetition.split(sign).map((part) => this.clean(part))
  }

  clean(raw: string): string {
    if (raw === '' || raw === '""') return ''
    return unescape(raw, this.separators).trim()
  }
}

export type Hl7Message = { header: Segment; segments: Segment[]; separators: Separators }

/** Names that may stand alone on a line; any other short line is text that ran over. */
const BARE = /^(MSH|FHS|BHS|BTS|FTS|PID|PD1|PV1|PV2|ORC|OBR|OBX|NTE|SPM|SAC|TQ1|EVN|TXA)$/
const NAMED = /^[A-Z][A-Z0-9]{2}/

/**
 * The messages of one frame: usually one, several when a sender put two MSH into a frame or sent a batch
 * (FHS/BHS … BTS/FTS, whose own segments are passed over). Empty when there is no MSH at all.
 */
export function parseFrame(text: string): Hl7Message[] {
  const messages: Hl7Message[] = []
  let current: Hl7Message | undefined
  let open: { name: string; line: string } | undefined
  const close = (): void => {
    if (open && current) current.segments.push(new Segment(open.name, open.line, current.separators))
    open = undefined
  }
  // Empty lines count only within a text that runs on behind them.
  let blank = ''
  for (const piece of linesOf(fromMarkup(text))) {
    const line = trimStart(piece)
    if (line === '') {
      blank += '\n'
      continue
    }
    if (isHeader(line)) {
      close()
      const separators = separatorsOf(line)
      const header = new Segment('MSH', line, separators)
      messages.push((current = { header, segments: [header], separators }))
    } else if (current && isSegment(line, current.separators.field)) {
      close()
      const name = line.slice(0, 3)
      if (!/^[FB](HS|TS)$/.test(name)) open = { name, line }
    } else if (open) {
      // No segment begins like this: text with a line break in it (a finding, a piece of a log).
      open.line += `${blank}\n${piece}`
    }
    blank = ''
  }
  close()
  return messages
}

/** Where a header must have begun for the whole to be looked at as markup. */
const HEADER_WITHIN = 400

function isHeader(line: string): boolean {
  return line.startsWith('MSH') && line.length > 3 && !/[A-Za-z0-9\s]/.test(line[3] ?? ' ')
}

function isSegment(line: string, field: string): boolean {
  return line.length === 3 ? BARE.test(line) : line[3] === field && NAMED.test(line)
}

function trimStart(line: string): string {
  let start = 0
  while (start < line.length && (line.charCodeAt(start) <= 0x20 || line.charCodeAt(start) === 0xfeff)) start++
  return start === 0 ? line : line.slice(start)
}

/** CR is the standard's line end, LF and CRLF are common; a header behind garbage on its line is brought to the front. */
function linesOf(text: string): string[] {
  const lines = text.includes('\n')
    ? text.includes('\r')
      ? text.split(/\r\n|\r|\n/)
      : text.split('\n')
    : text.split('\r')
  if (!lines.some((line) => isHeader(trimStart(line)))) {
    const at = text.search(/MSH[|^!#$%*+,;:]/)
    if (at > 0) return linesOf(text.slice(at))
  }
  return lines
}

/** An HTTP body may have kept the end sign of MLLP; one that came through XML its entities, told by its MSH-2. */
function fromMarkup(received: string): string {
  const text = received.includes('\u001c') ? received.replaceAll('\u001c', '\r') : received
  if (!/\^~\\?&amp;/.test(text.slice(0, HEADER_WITHIN))) return text
  return text
    .replace(/&#(?:13|x0?d);/gi, '\r')
    .replace(/&#(?:10|x0?a);/gi, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}
