import { isCalendarDay } from './incoming-time.ts'

// GB 11643-1999: ISO 7064 MOD 11-2 over the first 17 digits.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** Whether a text is a Chinese ID number: 18 places with a right check digit, or the old 15, with a real birth date. */
export function isNationalId(text: string): boolean {
  if (/^\d{15}$/.test(text))
    return isCalendarDay(1900 + Number(text.slice(6, 8)), Number(text.slice(8, 10)), Number(text.slice(10, 12)))
  if (!/^\d{17}[\dX]$/.test(text)) return false
  if (!isCalendarDay(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)))) return false
  return nationalIdCheck(text.slice(0, 17)) === text[17]
}

/** The check digit of the first 17 digits. */
export function nationalIdCheck(digits: string): string {
  let sum = 0
  for (let index = 0; index < 17; index++) sum += Number(digits[index]) * (WEIGHTS[index] ?? 0)
  return CHECKS[sum % 11] ?? ''
}

/** Full-width digits, blanks and a small x brought into the form the check reads. */
export function tidyId(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').replace(/x$/, 'X')
}
