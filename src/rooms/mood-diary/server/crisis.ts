import words from '../content/crisis-words.json' with { type: 'json' }

const EN = words.en.map((one) => one.replaceAll('-', ' '))

/**
 * Whether something written sounds like danger to life. Spaces and signs between Chinese characters are passed over;
 * a negation is not understood, so that it is wrong on the safe side.
 */
export function soundsLikeDanger(text: string): boolean {
  const plain = text.normalize('NFKC').toLowerCase()
  const joined = plain.replaceAll(/[\s\p{P}\p{S}]+/gu, '')
  if (words.zh.some((one) => joined.includes(one))) return true
  const spaced = ` ${plain
    .replaceAll('’', "'")
    .replaceAll(/[^\p{L}\p{N}']+/gu, ' ')
    .trim()} `
  return EN.some((one) => spaced.includes(` ${one} `))
}
