/**
 * A number as people type it: full-width digits, a comma or a Chinese full stop for the point, 负 for the minus, a space
 * or a comma between thousands. Undefined for anything else, a unit behind it included: 120 斤 is not 120 of the
 * question's own unit, and nobody may guess.
 */
export function readNumber(text: string): number | undefined {
  const plain = plainNumber(text)
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined
}

/** The same text with plain digits, point and sign, whether or not a number comes of it: for a field that wants them. */
export function plainNumber(text: string): string {
  const narrow = text
    .normalize('NFKC')
    .trim()
    .replace(/^[−–—‐负]/, '-')
    .replace(/[。·点]/g, '.')
    .replaceAll('，', ',')
    // Between digits only: "120 80" is two numbers, "1 200" one.
    .replace(/(?<=\d) (?=\d{3}(?:\D|$))/g, ',')
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(narrow)) return narrow.replaceAll(',', '')
  return narrow.replace(/^([+-]?\d+),(\d+)$/, '$1.$2')
}

/**
 * Text as it can be kept anywhere: without control characters and halves of characters, which a pasted text may hold and
 * a database refuses. Line ends and tabs stay.
 */
export const storableText = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- these are the ones to go
  text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '')

/** JSON in which every text can be kept. */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return storableText(value) as T
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(storable) as T
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [storableText(name), storable(one)])) as T
}
