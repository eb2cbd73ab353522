import type { PatientLine } from '../contract/person.ts'

export interface LineFilter {
  level?: string
  source?: string
  state?: string
  doctor?: string
  manager?: string
  age?: string
}

/** `65-79` as the list endpoint asks for it. */
export function ageRange(age: string | undefined): { ageFrom?: number; ageTo?: number } {
  const [from, to] = (age ?? '').split('-')
  return age ? { ageFrom: Number(from), ageTo: Number(to) } : {}
}

/** Whether somebody who was found fits the filters beside the text; the search itself knows nothing of them. */
export function fits(row: PatientLine, filter: LineFilter): boolean {
  const { ageFrom = 0, ageTo = 999 } = ageRange(filter.age)
  return (
    (!filter.level || row.level === filter.level) &&
    (!filter.source || row.source === filter.source) &&
    (!filter.state || row.state === filter.state) &&
    (!filter.doctor || (filter.doctor === 'none' ? row.doctor === null : row.doctor?.id === filter.doctor)) &&
    (!filter.manager || row.manager?.id === filter.manager) &&
    (!filter.age || (row.ageYears !== null && row.ageYears >= ageFrom && row.ageYears <= ageTo))
  )
}
