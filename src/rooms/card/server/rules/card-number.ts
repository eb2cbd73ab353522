/** Digits before the check digit; with a prefix of the organization that leaves a milliard of numbers. */
const DIGITS = 9

/**
 * A card number: prefix, nine digits, check digit. The digits are chance, so that a number says nothing about how many
 * members there are and its neighbours cannot be guessed.
 * @param chance at least twelve hexadecimal digits
 */
export function cardNumber(prefix: string, chance: string): string {
  const digits = (BigInt(`0x${chance.slice(-12)}`) % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, '0')
  return `${prefix}${digits}${luhnDigit(digits)}`
}

/** Whether the digits of a number agree with its last one: finds each single wrong digit and most swapped neighbours. */
export function isCardNumber(number: string): boolean {
  const found = /^[A-Z]{1,4}(\d{9})(\d)$/.exec(number)
  return found !== null && luhnDigit(found[1]!) === found[2]
}

/** The check digit of ISO/IEC 7812-1 (Luhn). */
export function luhnDigit(digits: string): string {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    const weighted = at % 2 === 0 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return String((10 - (sum % 10)) % 10)
}

/** One to four capitals from the organization's settings, otherwise `PB`. */
export function cardPrefix(setting: unknown): string {
  return typeof setting === 'string' && /^[A-Z]{1,4}$/.test(setting) ? setting : 'PB'
}
