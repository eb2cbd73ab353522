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
}

/**
 * What a message gives away that must not leave the house; the last wall behind the templates' own check, over the
 * words as they would be sent.
 * @param ours strings of our own that look like numbers of a person and are not: the organization's telephone, links
 */
export function leaksOf(said: Said, ours: readonly string[] = []): Leak[] {
  const words = `${said.subject}\n${said.text}\n${textOf(said.html)}`
  const all = ours.reduce((rest, own) => (own ? rest.replaceAll(own, ' ') : rest), words).normalize('NFKC')
  const leaks: Leak[] = []
  if (hasNationalId(all)) leaks.push('national-id')
  if (INSURANCE_NUMBER.test(all)) leaks.push('insurance-number')
  if (hasMobile(all)) leaks.push('mobile')
  if (hasBankCard(all)) leaks.push('bank-card')
  if (LAB_VALUE.test(all)) leaks.push('lab-value')
  if (diseaseIn(said.subject)) leaks.push('disease-in-subject')
  return leaks
}

/** The first word of a subject that tells of a disease; undefined when there is none. */
export function diseaseIn(subject: string): string | undefined {
  const folded = subject.normalize('NFKC').toLowerCase()
  return words.subject.find((word) => folded.includes(word.toLowerCase()))
}

/** What a reader sees of HTML: addresses in attributes stay out, since our own links hold ids. */
function textOf(html: string): string {
  const bare = /<(?:style|script)/i.test(html) ? html.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ') : html
  return withoutTags(bare)
    .replace(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&nbsp;/g, ' ')
}

/** Each tag a blank; what opens and never closes is read as words. */
function withoutTags(html: string): string {
  let out = ''
  let from = 0
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', from)) {
    const close = html.indexOf('>', open)
    if (close < 0) break
    out += `${html.slice(from, open)} `
    from = close + 1
  }
  return out + html.slice(from)
}

/** Digits as people write them: groups with blanks or hyphens between. */
function* digitRuns(text: string, pattern: RegExp): Generator<string> {
  for (const [run] of text.matchAll(pattern)) yield run.replace(/[\s-]/g, '').toUpperCase()
}

function hasNationalId(text: string): boolean {
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
