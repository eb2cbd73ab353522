/**
 * The Chinese resident identity number, GB 11643-1999: six digits of region, eight of birth date, three of sequence
 * (odd for men, even for women) and a check digit by ISO 7064 MOD 11-2. Pure, so that the form and the server read
 * the same rule.
 */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

/** Provinces of GB/T 2260; 81–83 also stand on residence permits of people from Hong Kong, Macau and Taiwan. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)

export type NationalIdFault = 'length' | 'characters' | 'province' | 'birth-date' | 'check-digit'

export type NationalId =
  | { ok: true; number: string; birthDate: string; sex: 'male' | 'female'; provinceCode: string }
  | { ok: false; fault: NationalIdFault }

/**
 * Reads an identity number. Blanks and full-width characters are forgiven; a number of the former 15 digits is
 * brought into the form of 18, since old files still hold them.
 * @param today `YYYY-MM-DD`; nobody is born later, or more than 130 years earlier
 */
export function readNationalId(text: string, today: string): NationalId {
  const tidy = tidyNationalId(text)
  if (tidy.length !== 18 && tidy.length !== 15) return { ok: false, fault: 'length' }
  if (!/^(\d{15}|\d{17}[\dX])$/.test(tidy)) return { ok: false, fault: 'characters' }
  const number = tidy.length === 15 ? widen(tidy) : tidy
  if (!PROVINCES.has(number.slice(0, 2))) return { ok: false, fault: 'province' }
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  const oldest = `${Number(today.slice(0, 4)) - 130}${today.slice(4)}`
  if (!isCalendarDate(birthDate) || birthDate > today || birthDate < oldest) return { ok: false, fault: 'birth-date' }
  if (nationalIdCheckDigit(number.slice(0, 17)) !== number[17]) return { ok: false, fault: 'check-digit' }
  const sex = Number(number[16]) % 2 === 1 ? 'male' : 'female'
  return { ok: true, number, birthDate, sex, provinceCode: number.slice(0, 2) }
}

/** Without blanks and hyphens, half-width, with a capital X. */
export function tidyNationalId(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s-]+/g, '')
    .toUpperCase()
}

/** The check digit of 17 digits. */
export function nationalIdCheckDigit(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return CHECKS[sum % 11]!
}

/** 15 digits were given out until 1999, to people born in 19xx; the check digit came with the 18. */
function widen(old: string): string {
  const digits = `${old.slice(0, 6)}19${old.slice(6)}`
  return digits + nationalIdCheckDigit(digits)
}

/** Whether `YYYY-MM-DD` is a day that exists. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
