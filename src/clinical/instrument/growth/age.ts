/** How old a child is on a day, in both of the ways that references count. */
export interface Age {
  /** Whole days since birth. */
  days: number
  /** Birthdays passed, and the part of the way to the next: exactly 3 on the third birthday. */
  years: number
}

const DAY_MS = 86_400_000
const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS

/** @param birthDate and `on` are calendar dates, `YYYY-MM-DD`; on or after birth */
export function ageBetween(birthDate: string, on: string): Age {
  const birthday = (years: number) => {
    // Who was born on 29 February turns a year older on 1 March.
    const year = Number(birthDate.slice(0, 4)) + years
    return Date.UTC(year, Number(birthDate.slice(5, 7)) - 1, Number(birthDate.slice(8, 10))) / DAY_MS
  }
  const today = dayOf(on)
  let whole = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4))
  if (birthday(whole) > today) whole--
  const last = birthday(whole)
  return { days: today - dayOf(birthDate), years: whole + (today - last) / (birthday(whole + 1) - last) }
}

/** The calendar date on which somebody has their birthday of these years; the day after for who was born on 29 February. */
export function birthdayOn(birthDate: string, years: number): string {
  const at = Date.UTC(
    Number(birthDate.slice(0, 4)) + years,
    Number(birthDate.slice(5, 7)) - 1,
    Number(birthDate.slice(8, 10)),
  )
  return new Date(at).toISOString().slice(0, 10)
}
