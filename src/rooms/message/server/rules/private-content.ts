import words from '../../content/private-words.json' with { type: 'json' }
import type { Reason } from '../../contract/words.ts'
import { isNationalId } from './national-number.ts'

export type Leak = Extract<
  Reason,
  'national-id' | 'insurance-number' | 'mobile' | 'bank-card' | 'lab-value' | 'disease-in-subject'
>

export interface Said {
  subject: string
  text: string
  html: string
  /** Where it leads, when that stands beside the words: the card of a message by WeChat. */
  links?: readonly string[]
}

/**
 * What a message gives away that must not leave the house; the last wall behind the templates' own check, over the
 * words as they would be sent.
 * @param ours strings of our own that look like numbers of a person and are not: the organization's telephone, links
 */
export function leaksOf(said: Said, ours: readonly string[] = []): Leak[] {
  const words = `${said.subject}\n${said.text}\n${textOf(said.html)}`
  const all = folded(ours.reduce((rest, own) => (own ? rest.replaceAll(own, ' ') : rest), words))
  const leaks: Leak[] = []
  // Asked of every mail, so that the exact reading, which costs many times as much, is left to the few that hold one.
  const isLong = holdsLongNumber(`${said.subject}\n${said.text}`) || holdsLongNumber(said.html)
  if ((isLong && hasNationalId(all)) || hidesNationalId(said, ours, isLong)) leaks.push('national-id')
  if (INSURANCE_NUMBER.test(all)) leaks.push('insurance-number')
  if (hasMobile(all)) leaks.push('mobile')
  if (isLong && hasBankCard(all)) leaks.push('bank-card')
  if (LAB_VALUE.test(all)) leaks.push('lab-value')
  if (diseaseIn(said.subject)) leaks.push('disease-in-subject')
  return leaks
}

/** The first word of a subject that tells of a disease; undefined when there is none. */
export function diseaseIn(subject: string): string | undefined {
  const folded = subject.normalize('NFKC').toLowerCase()
  return words.subject.find((word) => folded.includes(word.toLowerCase()))
}

/** Signs that no eye sees: soft hyphens, joiners, marks of direction. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g

/** As it is read: wide and narrow forms alike, and nothing between the digits that nobody sees. */
function folded(text: string): string {
  return text.normalize('NFKC').replace(UNSEEN, '')
}

/**
 * An identity number that no reader may see and that leaves all the same: in an attribute, a comment or an address, ours
 * included, or taken apart by tags. No token of ours looks like one: it would have to be eighteen digits that pass the check.
 */
function hidesNationalId({ html, links = [] }: Said, ours: readonly string[], isLong: boolean): boolean {
  if (hasNationalId(folded([...links, ...ours].join('\n')))) return true
  return isLong && [folded(html), folded(charactersOf(withoutTags(html, '')))].some(hasNationalId)
}

const [ZERO, NINE, OPEN, CLOSE] = [48, 57, 60, 62]
/** More than that between two digits, and it is no number that anybody wrote. */
const GAP = 8

/**
 * Whether there may be a number of sixteen digits and more, whatever stands between them: within one tag, or outside of tags,
 * which may take it apart.
 */
function holdsLongNumber(text: string): boolean {
  if (text.includes('&#x') || text.includes('&#X')) return true
  let [digits, gap, outside] = [0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) {
      gap = 0
      if (++digits >= 16) return true
    } else if (code === OPEN) [outside, digits, gap] = [digits, 0, 0]
    else if (code === CLOSE) [digits, gap] = [outside, 0]
    else if (digits > 0 && (++gap > GAP || isLetter(code))) digits = 0
  }
  return false
}

/** Also those that are folded into digits: wide, raised, circled and mathematical ones. */
function isDigit(code: number): boolean {
  if (code <= NINE) return code >= ZERO
  if (code < 0x2070) return code === 0xb2 || code === 0xb3 || code === 0xb9
  return code <= 0x24ff || code === 0xd835 || (code >= 0xff10 && code <= 0xff19)
}

function isLetter(code: number): boolean {
  return (code > 64 && code < 91) || (code > 96 && code < 123) || (code >= 0x4e00 && code <= 0x9fff)
}

/** What a reader sees of HTML: addresses in attributes stay out, since our own links hold ids. */
function textOf(html: string): string {
  const bare = /<(?:style|script)/i.test(html) ? html.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ') : html
  return charactersOf(withoutTags(bare, ' '))
}

function charactersOf(text: string): string {
  if (!text.includes('&')) return text
  return text
    .replace(/&#(\d+);?/g, (_whole, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&#x([0-9a-f]+);?/gi, (_whole, code: string) =>
      String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff)),
    )
    .replace(/&nbsp;/g, ' ')
}

/** Each tag a blank, or nothing; what opens and never closes is read as words. */
function withoutTags(html: string, instead: '' | ' '): string {
  let out = ''
  let from = 0
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', from)) {
    const close = html.indexOf('>', open)
    if (close < 0) break
    out += html.slice(from, open) + instead
    from = close + 1
  }
  return out + html.slice(from)
}

/** Digits as people write them: groups with blanks or hyphens between. */
function* digitRuns(text: string, pattern: RegExp): Generator<string> {
  for (const [run] of text.matchAll(pattern)) yield run.replace(/[\s-]/g, '').toUpperCase()
}

function hasNationalId(text: string): boolean {
  return hasTightId(text) || hasLooseId(text)
}

/** With dots, strokes or several blanks between the digits. So loosely read it has to hold a date of birth as well. */
function hasLooseId(text: string): boolean {
  const loose = /(?<![0-9A-Za-z])\d(?:[\s\-‐-―_.·•,，、/|]{0,3}\d){16}[\s\-‐-―_.·•,，、/|]{0,3}[\dXx](?![0-9A-Za-z])/g
  for (const [run] of text.matchAll(loose)) {
    const id = run.replace(/[^\dXx]/g, '').toUpperCase()
    if (isNationalId(id) && /^.{6}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/.test(id)) return true
  }
  return false
}

function hasTightId(text: string): boolean {
  for (const run of digitRuns(text, /(?<![0-9A-Za-z])\d(?:[\s-]?\d){16}[\s-]?[\dXx](?![0-9A-Za-z])/g))
    if (isNationalId(run)) return true
  return false
}

function hasMobile(text: string): boolean {
  return /(?<![0-9A-Za-z])(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?![0-9A-Za-z])/.test(text)
}

function hasBankCard(text: string): boolean {
  for (const run of digitRuns(text, /(?<![0-9A-Za-z])\d(?:[\s-]?\d){15,18}(?![0-9A-Za-z])/g))
    if (passesLuhn(run)) return true
  return false
}

/**
 * 医保、社保 numbers differ from region to region (8 to 20 letters and digits), so they are known by the word before
 * them; the card number of the social security card is the identity number (GB 11643), which is found by itself.
 */
const INSURANCE_NUMBER =
  /(?:医保|社保|社会保障|医疗保险|insurance|social security)[^\n。；;]{0,8}?(?:号|码|no\.?|number)[^A-Za-z0-9\n]{0,6}[A-Za-z]{0,3}[\s-]?\d(?:[\s-]?[A-Za-z0-9]){6,19}/i

/** ISO/IEC 7812-1 annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0 && !/^(\d)\1+$/.test(digits)
}

const escaped = (word: string) => word.normalize('NFKC').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
/** A number with a laboratory unit behind it: 6.1 mmol/L, 142/91mmHg, 3-5/HPF. Longer units first. */
const LAB_VALUE = new RegExp(
  `\\d\\s*(?:${words.units.words
    .toSorted((a, b) => b.length - a.length)
    .map(escaped)
    .join('|')})(?![A-Za-z])`,
  'i',
)
