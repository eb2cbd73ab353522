import type { T } from '../../../platform/patient-web/index.ts'
import type { GrowthPoint, MeasureName, VelocityView } from '../contract/growth.ts'

type Sex = 'male' | 'female' | 'other' | 'unknown'

/** `8 岁 11 个月`; months alone below two years. */
export function plainAge(years: number, t: T): string {
  const months = Math.floor(years * 12 + 1e-6)
  if (months < 24) return t('my.age.months', { months })
  const rest = months % 12
  if (rest === 0) return t('my.age.years', { years: months / 12 })
  return t('my.age.both', { years: Math.floor(months / 12), months: rest })
}

/** `3月2日` with its year. */
export function plainDay(date: string, t: T): string {
  const [year, month, day] = date.split('-')
  return t('my.day', { year: year!, month: Number(month), day: Number(day) })
}

/**
 * Where a child stands, as parents picture it: a hundred children in a row. Never good or bad, and never more than a
 * place: whether it is worth a look is told by a person.
 */
export function plainPlace(measure: MeasureName, point: GrowthPoint, sex: Sex, t: T): string {
  if (point.percentile === null) return t('my.place.none')
  const place = Math.min(99, Math.max(1, Math.round(point.percentile)))
  const who = t(`my.peers.${sex === 'male' || sex === 'female' ? sex : 'all'}`)
  return t('my.place.row', { who, order: t(`my.order.${measure}`), place })
}

/** How much it was in so many months; as a year only where there is about one. */
export function plainSpeed({ days, cmPerYear }: VelocityView, t: T): string {
  const months = Math.round(days / 30.4375)
  const grown = ((cmPerYear * days) / 365.25).toFixed(1)
  return t('my.speed.line', { months, grown })
}
