import { canShow } from './fonts.ts'

/** The printer's mark for a character that the fonts do not hold; better seen than a silent gap. */
const STAND_IN = '〓'
/** Invisible by design: controls except line feeds, joiners, direction marks, variation selectors, byte order mark. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu

/**
 * Copies a value, with every text in it made printable: line ends become `\n`, invisible characters go, and what the
 * fonts cannot show becomes 〓. PDF/A refuses a file with a missing glyph, so this decides between one mark and no
 * paper at all. The characters that were replaced are added to `missing`.
 */
export function printable<T>(value: T, missing: Set<string>): T {
  if (typeof value === 'string') return printableText(value, missing) as T
  if (Array.isArray(value)) return value.map((part) => printable(part, missing)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, printable(part, missing)])) as T
}

function printableText(text: string, missing: Set<string>): string {
  let result = ''
  for (const character of text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(INVISIBLE, '')) {
    if (character === '\n' || canShow(character)) result += character
    else {
      missing.add(character)
      result += STAND_IN
    }
  }
  return result
}
