import { readNationalId } from '../contract/national-id.ts'
import type { NewPatient, Paper } from '../contract/person.ts'
import { readPhone } from '../contract/phone.ts'

export interface DuplicateQuestion {
  paper?: Paper
  name?: string
  phone?: string
  birthDate?: string
}

/** What to ask of what is typed so far; nothing while there is too little to find anybody by. */
export function duplicateQuestion(values: Partial<NewPatient>, today: string): DuplicateQuestion | undefined {
  const paper = values.paper && isWhole(values.paper, today) ? values.paper : undefined
  const name = values.name && [...values.name.trim()].length >= 2 ? values.name.trim() : undefined
  const number = values.phone ?? values.guardian?.phone
  const phone = number && readPhone(number) ? number : undefined
  const birthDate = values.birthDate ?? undefined
  if (!paper && !(name && (phone || birthDate))) return undefined
  return {
    ...(paper ? { paper } : {}),
    ...(name ? { name } : {}),
    ...(phone ? { phone } : {}),
    ...(birthDate ? { birthDate } : {}),
  }
}

function isWhole({ kind, number }: Paper, today: string): boolean {
  return kind === 'national-id' ? readNationalId(number ?? '', today).ok : (number ?? '').trim().length >= 5
}
