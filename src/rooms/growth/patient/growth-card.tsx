import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { readMyGrowth } from '../contract/my.ts'
import { plainDay } from './plain-words.ts'

/** On the home page: the last height and when next; nothing where there is no child or nothing measured. */
export function GrowthCard() {
  const t = useT('growth')
  const { data } = useOwn(readMyGrowth)
  if (!data?.shown) return null
  const last = data.measures.find(({ measure }) => measure === 'height')?.points.at(-1)
  return (
    <Card title={t('my.card.title')} to="/my/growth" more={t('my.card.more')}>
      {last && <p>{t('my.card.last', { on: plainDay(last.on, t), cm: last.value.toFixed(1) })}</p>}
      {data.nextOn && <p className="pp-hint">{t('my.card.next', { on: plainDay(data.nextOn, t) })}</p>}
    </Card>
  )
}
