import { tidyNationalId } from '../contract/national-id.ts'
import { foldName, hasHan } from '../contract/person-name.ts'
import { readPhone } from '../contract/phone.ts'
import { blindWord, type Sealing } from './sealed-identity.ts'
import { foldNumber } from './search-words.ts'

/** `exact` words first, `prefixes` after them. */
export interface SearchQuery {
  kind: 'last-four' | 'phone' | 'paper' | 'name' | 'pinyin' | 'number'
  exact: string[]
  prefixes: string[]
}

/** Says what a typed text can be and under which words to look for it. Never a word beginning with `#` as typed. */
export function readSearch(sealing: Sealing, typed: string): SearchQuery | undefined {
  const text = typed.normalize('NFKC').replace(/#/g, ' ').trim()
  if (text === '') return undefined
  const number = foldNumber(text)
  if (/^\d{3}[\dX]$/.test(number)) {
    const exact = [
      blindWord(sealing, 'j', number),
      ...(/^\d{4}$/.test(number) ? [blindWord(sealing, 'q', number), number] : []),
    ]
    return { kind: 'last-four', exact, prefixes: /^\d{4}$/.test(number) ? [number] : [] }
  }
  const paper = tidyNationalId(text)
  if (/^\d{17}[\dX]$/.test(paper))
    return { kind: 'paper', exact: [blindWord(sealing, 'i', paper), number], prefixes: [] }
  const phone = readPhone(text)
  if (phone) return { kind: 'phone', exact: [blindWord(sealing, 'p', phone.number), number], prefixes: [] }
  if (hasHan(text)) return { kind: 'name', exact: [foldName(text)], prefixes: [foldName(text)] }
  const folded = foldName(text.replace(/[üÜ]/g, 'v'))
  if (/\d/.test(text))
    return { kind: 'number', exact: [number, blindWord(sealing, 'i', paper), folded], prefixes: [number] }
  return folded === '' ? undefined : { kind: 'pinyin', exact: [folded, number], prefixes: [folded] }
}

/** The smallest word after all words that begin with `prefix`, in the order of code points (collation "C"). */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`
}
