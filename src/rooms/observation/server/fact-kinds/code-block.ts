/** Blocks of ICD-10 (WHO, 2019) that rules name most, by their first and last category. Names stand in the locale files. */
const BLOCKS = [
  ['C00', 'C97'],
  ['E00', 'E07'],
  ['E10', 'E14'],
  ['I10', 'I15'],
  ['I20', 'I25'],
  ['I60', 'I69'],
  ['J40', 'J47'],
  ['K70', 'K77'],
  ['N17', 'N19'],
] as const

/** The block (`I10-I15`) that all of these codes belong to. */
export function blockOf(codes: readonly string[]): string | undefined {
  const found = BLOCKS.find(([first, last]) =>
    codes.every((code) => code.slice(0, 3) >= first && code.slice(0, 3) <= last),
  )
  return codes.length > 0 && found ? found.join('-') : undefined
}
