/** Both providers write times of day as Beijing's, without saying so. */
const OFFSET_MS = 8 * 3_600_000

/** 20261122: the day of an instant in Beijing. */
export function beijingDay(at: Date): string {
  return toBeijing(at).slice(0, 10).replaceAll('-', '')
}

/** 2026-11-22 08:00:00 */
export function toBeijing(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** The instant of `2026-11-22 08:00:00`; null for anything else. */
export function fromBeijing(text: string | undefined): Date | null {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)$/.exec(text ?? '')
  const at = match ? Date.parse(`${match[1]}T${match[2]}+08:00`) : NaN
  return Number.isNaN(at) ? null : new Date(at)
}
