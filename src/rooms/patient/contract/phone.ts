export type PhoneKind = 'mobile' | 'landline' | 'foreign'
export type Phone = { number: string; kind: PhoneKind }

/**
 * Reads a telephone number in the forms people write it: `139 1234 5678`, `+86-139-1234-5678`, `(010) 6552 1234`,
 * `021-65521234-802`, `+852 9123 4567`. The form kept: 11 digits for mobiles of mainland China, area code and number
 * for landlines, `+` and digits for the rest of the world.
 * @returns undefined when it cannot be a telephone number
 */
export function readPhone(text: string): Phone | undefined {
  const tidy = text
    .normalize('NFKC')
    .replace(/[\s().\-‐–—·_]+/g, '')
    .replace(/^00(?=[1-9])/, '+')
  const national = tidy.replace(/^\+?86(?=1[3-9]\d{9}$)/, '').replace(/^\+860?(?=[1-9]\d{8,10}$)/, '0')
  if (/^1[3-9]\d{9}$/.test(national)) return { number: national, kind: 'mobile' }
  // Area codes: 010 and 02x with eight digits, 03xx–09xx with seven or eight; an extension may follow (转 or #).
  const landline = /^(0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8})(?:[转#x](\d{1,6}))?$/i.exec(withExtension(text) ?? national)
  if (landline) return { number: landline[2] ? `${landline[1]}#${landline[2]}` : landline[1]!, kind: 'landline' }
  if (/^\+(?!86)[1-9]\d{5,14}$/.test(tidy)) return { number: tidy, kind: 'foreign' }
  return undefined
}

/** `021-65521234-802`: the third group is an extension. */
function withExtension(text: string): string | undefined {
  const parts = /^\s*(0\d{2,3})[\s-]+(\d{7,8})[\s-]+(\d{1,6})\s*$/.exec(text.normalize('NFKC'))
  return parts ? `${parts[1]}${parts[2]}#${parts[3]}` : undefined
}
