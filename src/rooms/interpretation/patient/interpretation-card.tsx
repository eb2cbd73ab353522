import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { listMine } from '../contract/own.ts'
import { useWhen } from './use-when.ts'

type Line = OutputOf<typeof listMine>['rows'][number]

/** 您的报告解读: what waits for the person, what is agreed on, what can be read; nothing of those that are over. */
export function InterpretationCard() {
  const { data } = useOwn(listMine)
  const shown = (data?.rows ?? []).filter(({ state, unread }, at) => {
    if (state === 'done') return unread
    // Who has asked anew since is not told of the time that was missed.
    return state === 'missed' ? at === 0 : state !== 'cancelled'
  })
  return shown.slice(0, 3).map((line) => <OneCard key={line.id} line={line} />)
}

function OneCard({ line }: { line: Line }) {
  const t = useT('interpretation')
  const { when } = useWhen()
  const to = `/my/interpretation/${line.id}`
  if (line.state === 'booked' && line.slot)
    return (
      <Card title={t('my.title')} to={to} more={t('my.card.see')}>
        <p>
          <strong>{t('my.card.booked', { when: when(line.slot), way: t(`my.way.${line.slot.way}`) })}</strong>
        </p>
      </Card>
    )
  if (line.state === 'offered')
    return (
      <Card title={t('my.title')} to={to} more={t('my.card.choose')} tone="todo">
        <p>{t('my.card.offered')}</p>
      </Card>
    )
  if (line.state === 'done')
    return (
      <Card title={t('my.title')} to={to} more={t('my.card.read')}>
        <p>{t('my.card.done')}</p>
      </Card>
    )
  return (
    <Card title={t('my.title')} to={to} more={t('my.card.see')}>
      <p>{line.state === 'missed' ? t('my.card.missed') : t('my.card.asked')}</p>
    </Card>
  )
}
