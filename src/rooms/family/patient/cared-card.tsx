import { useState } from 'react'
import { call, Card, go, lookAt, useLocale, useOwn, useT, useWhose } from '../../../platform/patient-web/index.ts'
import { readPeople, signOutRelative } from '../contract/entrance.ts'
import { leaveFamily } from '../contract/own.ts'
import { useDay } from './use-day.ts'

/** On the pages of somebody one looks after: what they agreed to, and the way out. */
export function CaredCard() {
  const t = useT('family')
  const day = useDay()
  const locale = useLocale()
  const whose = useWhose()
  const { data } = useOwn(readPeople)
  const [asking, setAsking] = useState(false)
  const [fault, setFault] = useState('')
  const one = data?.others.find(({ id }) => id === whose?.id)
  if (!whose || !one) return null
  const away = (use: () => Promise<unknown>) =>
    use().then(
      () => {
        lookAt(undefined)
        go('/my', { replace: true })
      },
      (error: unknown) => setFault((error as { title: string }).title),
    )
  return (
    <Card title={t('my.whose.you', { relation: t(`my.relation.${one.relation}`) })}>
      <p>
        {t('my.whose.may', {
          scopes: one.scopes.map((scope) => t(`my.scope.${scope}`)).join(locale === 'en' ? ', ' : '、'),
          day: day(one.ownAgeOn ?? one.untilOn),
        })}
      </p>
      {one.ownAgeOn && <p>{t('my.ownAge.relative', { day: day(one.ownAgeOn) })}</p>}
      <p className="pp-hint">{t('my.whose.secret')}</p>
      <p className="pp-fault" role="alert">
        {fault}
      </p>
      <div className="pp-kin-acts">
        <button type="button" className="pp-quiet" onClick={() => void away(() => call(signOutRelative))}>
          {t('my.whose.signOut')}
        </button>
        <button
          type="button"
          className={asking ? 'pp-button' : 'pp-quiet'}
          data-kind={asking ? 'second' : undefined}
          onClick={() => (asking ? void away(() => call(leaveFamily)) : setAsking(true))}
        >
          {t('my.whose.leave')}
        </button>
      </div>
    </Card>
  )
}
