import { Card, useOwn } from '../../../platform/patient-web/index.ts'
import { myNodules } from '../contract/my.ts'
import { useNoduleWords } from './nodule-words.ts'

/** On the home page: the next day to remember. Nothing where there is no nodule under care. */
export function NodulesCard() {
  const { t, day, name } = useNoduleWords()
  const { data } = useOwn(myNodules)
  const rows = (data?.rows ?? []).filter(({ state }) => state !== 'closed')
  const [next] = rows
    .filter(({ recheck }) => recheck !== null)
    .toSorted((a, b) => (a.recheck!.dueOn < b.recheck!.dueOn ? -1 : 1))
  if (rows.length === 0) return null
  return (
    <Card title={t('my.home')} to="/my/nodules" more={t('my.more')}>
      {next?.recheck ? (
        <p>
          {name(next)} · {t('my.nextDay', { date: day(next.recheck.dueOn) })}
        </p>
      ) : (
        <p>{t('my.waiting')}</p>
      )}
    </Card>
  )
}
