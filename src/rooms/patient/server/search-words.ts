import { pinyin } from 'pinyin-pro'
import { foldName, hasHan, tidyName } from '../contract/person-name.ts'
import { givenNameOf } from './rules/chinese-name.ts'
import { blindWord, type Sealing } from './sealed-identity.ts'

/** What a person can be found by. Numbers come in clear and leave as blind words. */
export interface Findable {
  name: string
  called?: string
  recordNumber?: string | null
  paperNumber?: string | null
  /** The person's own and the guardian's. */
  phones?: readonly (string | null | undefined)[]
}

/**
 * The rows of `patient_search` for one person:
 * - the name as one word, the given name, the parts of a transcribed or foreign name, how the person is called
 * - whole pinyin, pinyin of the given name, initials; surnames are read as surnames (单 shàn, 解 xiè, 曾 zēng, 仇 qiú)
 * - the record number
 * - blind words: `#p` phone, `#q` its last four digits, `#i` paper, `#j` its last four places
 */
export function searchWords(sealing: Sealing, person: Findable): string[] {
  const words = new Set([...nameWords(person.name), ...(person.called ? nameWords(person.called) : [])])
  if (person.recordNumber) words.add(foldNumber(person.recordNumber))
  for (const phone of person.phones ?? []) {
    if (!phone) continue
    words.add(blindWord(sealing, 'p', phone))
    words.add(blindWord(sealing, 'q', phone.replace(/\D/g, '').slice(-4)))
  }
  if (person.paperNumber) {
    words.add(blindWord(sealing, 'i', person.paperNumber))
    words.add(blindWord(sealing, 'j', person.paperNumber.slice(-4)))
  }
  words.delete('')
  return [...words]
}

/** Record and card numbers are looked up in capitals without blanks. */
export function foldNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s-]+/g, '')
    .toUpperCase()
}

function nameWords(name: string): string[] {
  const tidy = tidyName(name)
  if (!hasHan(tidy)) return latinWords(tidy)
  const parts = tidy.split(/[·\s]+/).filter(Boolean)
  const whole = parts.join('').toLowerCase()
  const words = [
    whole,
    ...parts.slice(1).map((_, index) =>
      parts
        .slice(index + 1)
        .join('')
        .toLowerCase(),
    ),
  ]
  const syllables = syllablesOf(whole)
  words.push(syllables.join(''), syllables.map((s) => s[0] ?? '').join(''))
  const given = parts.length === 1 ? givenNameOf(whole) : undefined
  if (given) words.push(given, syllables.slice(-[...given].length).join(''))
  return words
}

/** Maria van der Berg: found by any part onwards (`van der berg`, `berg`). */
function latinWords(name: string): string[] {
  const parts = name
    .split(/[\s·]+/)
    .map(foldName)
    .filter(Boolean)
  return parts.map((_, index) => parts.slice(index).join(''))
}

/** One syllable a character, without tones, ü as v: what an input method asks for. */
function syllablesOf(name: string): string[] {
  return pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true, nonZh: 'spaced' }).map((s) =>
    s
      .normalize('NFKD')
      .replace(/[^a-z]/gi, '')
      .toLowerCase(),
  )
}
