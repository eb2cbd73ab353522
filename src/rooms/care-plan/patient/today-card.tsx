import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myPlan } from '../contract/check-in.ts'

/** On the home page: what of today is not ticked yet. */
export function TodayCard() {
  const t = useT('care-plan')
  const { data } = useOwn(myPlan)
  const plans = data?.plans ?? []
  if (plans.length === 0) return null
  const open = plans.flatMap(({ days }) => days[0]?.actions ?? []).filter(({ given }) => given === null)
  return (
    <Card title={t('my.title')} to="/my/plan" more={t('my.open')} {...(open.length > 0 && { tone: 'todo' as const })}>
      <p>{open.length > 0 ? t('my.openCount', { count: open.length, first: open[0]!.title }) : t('my.allNoted')}</p>
    </Card>
  )
}
