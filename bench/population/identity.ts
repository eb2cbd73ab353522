/**
 * Identity numbers (GB 11643-1999) and phones that are unique by construction: a million random ones would contain
 * some hundred accidental duplicates, and a generator of slices cannot remember what it has given away.
 *
 * Members come in blocks of eight neighbours (one block = a few whole households of one district). The block number
 * is written in mixed radix: district (80) × sequence (62 groups of 8) × residue of the birth day (128). Two members
 * with the same district and sequence therefore differ in their birth day. Room for 80·62·128·8 = 5,079,040 members.
 */
import { compactDateOf, type DayNumber } from './calendar.ts'
import { PLACES, type Place } from './places.ts'
import { mix } from './random.ts'
import type { Sex } from './types.ts'

export const BLOCK_SIZE = 8
const SEQUENCE_GROUPS = 62
const BIRTH_RESIDUES = 128
export const CAPACITY = PLACES.length * SEQUENCE_GROUPS * BIRTH_RESIDUES * BLOCK_SIZE

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'

/** The 18th character for the first 17 digits of an identity number. */
export function checkCharacter(digits: string): string {
  let sum = 0
  for (let at = 0; at < 17; at++) sum += (digits.charCodeAt(at) - 48) * (WEIGHTS[at] as number)
  return CHECK_CHARACTERS[sum % 11] as string
}

/** District of a block; the seed turns the wheel, so index 0 does not always live in the same place. */
export function placeOf(seed: number, block: number): Place {
  return PLACES[(block + (mix(seed) >>> 0)) % PLACES.length] as Place
}

/** The day within ±64 days of `wanted` that keeps the identity numbers of different blocks apart. */
export function uniqueBirthDay(block: number, wanted: DayNumber): DayNumber {
  const residue = Math.floor(block / (PLACES.length * SEQUENCE_GROUPS)) % BIRTH_RESIDUES
  const away = (((wanted - residue) % BIRTH_RESIDUES) + BIRTH_RESIDUES) % BIRTH_RESIDUES
  return away <= BIRTH_RESIDUES / 2 ? wanted - away : wanted + (BIRTH_RESIDUES - away)
}

/** A valid identity number; the 17th digit is odd for a man. `birthDay` must come from `uniqueBirthDay`. */
export function idNumber(seed: number, index: number, birthDay: DayNumber, sex: Sex): string {
  const block = Math.floor(index / BLOCK_SIZE)
  const group = Math.floor(block / PLACES.length) % SEQUENCE_GROUPS
  const plain = group * BLOCK_SIZE + (index % BLOCK_SIZE)
  // 173 has no factor in common with 496, so this is a shuffle: neighbours do not get neighbouring numbers.
  const shuffled = (plain * 173 + 61) % (SEQUENCE_GROUPS * BLOCK_SIZE)
  const sequence = String(shuffled * 2 + (sex === 'male' ? 1 : 2)).padStart(3, '0')
  const digits = `${placeOf(seed, block).code}${compactDateOf(birthDay)}${sequence}`
  return digits + checkCharacter(digits)
}

const PHONE_PREFIXES = [
  '130',
  '131',
  '133',
  '135',
  '136',
  '137',
  '138',
  '139',
  '150',
  '151',
  '152',
  '155',
  '156',
  '158',
  '159',
  '180',
  '181',
  '185',
  '186',
  '187',
  '188',
  '189',
]

/** A mobile number whose last eight digits no other index below 100,000,000 has. */
export function phoneOf(seed: number, index: number): string {
  const prefix = PHONE_PREFIXES[(mix(seed ^ Math.imul(index + 1, 0x27d4eb2f)) >>> 0) % PHONE_PREFIXES.length] as string
  // An odd multiplier that is no multiple of 5 permutes the residues of 10^8; the product stays below 2^53.
  const subscriber = ((index % 100_000_000) * 38_196_601 + ((mix(seed + 7) >>> 0) % 100_000_000)) % 100_000_000
  return prefix + String(subscriber).padStart(8, '0')
}
