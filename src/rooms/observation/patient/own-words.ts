import { type T, useLocale } from '../../../platform/patient-web/index.ts'
import type { Newest } from '../contract/own.ts'

type Shown = Pick<Newest, 'value' | 'text' | 'comparator'>

/** A result as people read it: `6.4 mmol/L`, `>100`, `阴性`. What was printed behind a number stays behind it. */
export function inWords(
  { value, text, comparator }: Shown,
  { decimals, unit }: { decimals: number; unit: string },
): string {
  if (value === null) return text ?? ''
  const number = `${comparator ?? ''}${Number(value.toFixed(Math.max(decimals, 0))).toFixed(decimals)}`
  return [number, unit, text].filter(Boolean).join(' ')
}

/** How a result stands to its interval, in words that do not frighten; nothing where nobody has said. */
export function flagWord(flag: Newest['flag'], t: T): string {
  return flag ? t(`my.flag.${flag}`) : ''
}

export const isOut = (flag: Newest['flag']): boolean => flag !== null && flag !== 'N'

/** Calendar dates in the reader's language. */
export function useDay(): (on: string) => string {
  const format = new Intl.DateTimeFormat(useLocale(), {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  })
  return (on) => format.format(new Date(`${on}T00:00:00Z`))
}
