import { useT } from '../../../platform/web/index.ts'
import type { AlertLine } from '../contract/words.ts'

/** 赵敏 女 56 岁 */
export function PersonLine({ patient }: { patient: AlertLine['patient'] }) {
  const t = useT('alert')
  const { name, sex, ageYears } = patient
  const known = sex === 'male' || sex === 'female' ? t(`sex.${sex}`) : ''
  const age = ageYears === null ? '' : t('age', { count: ageYears })
  return (
    <span className="pb-nowrap">
      {name} <span className="pb-hint pb-number">{[known, age].filter(Boolean).join(' ')}</span>
    </span>
  )
}
