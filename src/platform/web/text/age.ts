import { ageOn } from '../../clock.ts'

export type Age = { key: 'years' | 'months' | 'days'; count: number }

/** Age as it is said: days in the first month, months below two years, then years. */
export function ageWords(birthDate: string, today: string): Age {
  const years = ageOn(birthDate, today)
  if (years >= 2) return { key: 'years', count: years }
  const [by = 0, bm = 0, bd = 0] = birthDate.split('-').map(Number)
  const [ty = 0, tm = 0, td = 0] = today.split('-').map(Number)
  const months = (ty - by) * 12 + (tm - bm) - (td < bd ? 1 : 0)
  if (months >= 1) return { key: 'months', count: months }
  return { key: 'days', count: Math.max(0, Math.round((Date.parse(today) - Date.parse(birthDate)) / 86_400_000)) }
}
