import { useT } from '../language/use-t.ts'
import { useToday } from '../page/session.ts'
import { ageWords } from './age.ts'

export interface SexAgeProps {
  /** FHIR AdministrativeGender. */
  sex: 'male' | 'female' | 'other' | 'unknown' | null | undefined
  birthDate: string | null | undefined
}

/** 女 63 岁. What is not known is left out. */
export function SexAge({ sex, birthDate }: SexAgeProps) {
  const t = useT('web')
  const today = useToday()
  const age = birthDate ? ageWords(birthDate, today) : undefined
  const parts = [sex && sex !== 'unknown' ? t(`sex.${sex}`) : '', age ? t(`age.${age.key}`, { count: age.count }) : '']
  return <span className="pb-nowrap pb-number">{parts.every(Boolean) ? t('sexAge', { sex: parts[0], age: parts[1] }) : parts.join('')}</span>
}
