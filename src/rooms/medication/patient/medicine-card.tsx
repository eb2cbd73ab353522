import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myMedicine } from '../contract/my.ts'

/** On the home page: how many doses of today are not noted yet. */
export function MedicineCard() {
  const t = useT('medication')
  const { data } = useOwn(myMedicine)
  if (!data || data.taking.length === 0) return null
  const open = (data.days[0]?.doses ?? []).filter(({ given }) => given === null)
  const words = data.resting
    ? t('my.resting')
    : open.length > 0
      ? t('my.openCount', { count: open.length })
      : t('my.allNoted')
  return (
    <Card
      title={t('my.title')}
      to="/my/medicine"
      more={t('my.open')}
      {...(open.length > 0 && { tone: 'todo' as const })}
    >
      <p>{words}</p>
    </Card>
  )
}
