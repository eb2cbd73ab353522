/**
 * A date as people write it: 1968-3-21, 1968.03.21, 1968年3月21日, 19680321, and all of these in full-width digits, are
 * the same day.
 */
export function readDate(given: string): string | undefined {
  const text = given.normalize('NFKC')
  const found = /^\s*(\d{4})(\d{2})(\d{2})\s*$/.exec(text) ?? /^\s*(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/.exec(text)
  if (!found) return undefined
  const [, year, month, day] = found
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  const at = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? undefined : date
}
