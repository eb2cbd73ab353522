import { useLocale, type T } from '../../../platform/web/index.ts'
import type { GrowthPoint, MeasureName } from '../contract/growth.ts'

/** `8 岁 11 个月`; months alone below two years. */
export function ageWords(years: number, t: T): string {
  const months = Math.floor(years * 12 + 1e-6)
  if (months < 24) return t('age.months', { months })
  const rest = months % 12
  return rest === 0
    ? t('age.years', { years: months / 12 })
    : t('age.both', { years: Math.floor(months / 12), months: rest })
}

export const UNITS: Record<MeasureName, string> = { height: 'cm', weight: 'kg', bmi: 'kg/m²', head: 'cm' }

export const tenth = (value: number): string => value.toFixed(1)

/** `P48`, beyond the ends `<P1`. */
export function percentileWords(percentile: number): string {
  if (percentile < 1) return '<P1'
  return percentile > 99 ? '>P99' : `P${Math.round(percentile)}`
}

/** Where a value stands, or in words why it stands nowhere. */
export function placeWords(point: GrowthPoint, t: T): string {
  if (point.percentile !== null) return percentileWords(point.percentile)
  if (point.between) {
    const { from, to } = point.between
    if (from === null) return t('place.below', { to: to ?? '' })
    return to === null ? t('place.above', { from }) : t('place.between', { from, to })
  }
  return point.refused ? t(`refused.${point.refused}`) : '—'
}

/** The reader's half of words in both languages. */
export function useWords(): (words: { zh: string; en: string }) => string {
  const locale = useLocale()
  return (words) => (locale === 'en' ? words.en : words.zh)
}
