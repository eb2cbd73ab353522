import words from '../content/danger-words.json' with { type: 'json' }

const EN = words.en.map((one) => one.replaceAll('-', ' '))

/**
 * Whether something written sounds like danger to life: the one place of the house that knows such words, for the diary,
 * questionnaires and forms alike. Spaces and signs between Chinese characters are passed over; a negation is not
 * understood, so that it is wrong on the safe side.
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

const DENIED = [
  new RegExp(`(?:${words.denied.zh.join('|')})(?:${words.between.zh.join('|')})*(?:${words.zh.join('|')})`, 'gu'),
  new RegExp(
    `\\b(?:${words.denied.en.join('|')})\\s+(?:(?:${words.between.en.join('|')})\\s+)*(?:${EN.join('|').replaceAll(' ', '[ -]')})\\b`,
    'gu',
  ),
]

/**
 * The same of what a colleague writes about somebody: "否认自杀念头" is what a careful visit says of people who are well.
 * Only what stands directly before the word is understood as denying it; whatever else is there still counts.
 */
export function notesDanger(text: string): boolean {
  const plain = text.normalize('NFKC').toLowerCase()
  return soundsLikeDanger(DENIED.reduce((left, denied) => left.replaceAll(denied, '。'), plain))
}
