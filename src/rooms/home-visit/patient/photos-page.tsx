import { useState } from 'react'
import { call, Card, Loaded, Nothing, OwnPage, useDay, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myVisitPhotos, withdrawMyPhotos, type MyVisitPhotos } from '../contract/own.ts'

/** 家访照片: at which visits some were taken, and to withdraw one's yes to them. */
export function PhotosPage() {
  const t = useT('home-visit')
  const own = useOwn(myVisitPhotos)
  const [said, setSaid] = useState('')
  return (
    <OwnPage title={t('my.title')}>
      <p>{t('my.about')}</p>
      <p role="status">{said}</p>
      <Loaded of={own}>
        {(data) => (
          <>
            {data.forGuardian && <p className="pp-hint">{t('my.aboutGuardian')}</p>}
            {data.rows.length === 0 && <Nothing>{t('my.none')}</Nothing>}
            {data.rows.map((row) => (
              <OneVisit
                key={row.id}
                row={row}
                onWithdrawn={() => {
                  setSaid(t('my.done'))
                  own.reload()
                }}
              />
            ))}
          </>
        )}
      </Loaded>
    </OwnPage>
  )
}

function OneVisit({ row, onWithdrawn }: { row: MyVisitPhotos; onWithdrawn: () => void }) {
  const t = useT('home-visit')
  const day = useDay()
  const { withdrawn } = row
  const words = withdrawn && (withdrawn.by ? 'byStaff' : withdrawn.saidBy === 'guardian' ? 'guardian' : 'self')
  return (
    <Card title={t('my.visit', { day: day(row.on), name: row.staff })}>
      {words ? (
        <p>{t(`my.withdrawn.${words}`, { day: day(withdrawn.on), name: withdrawn.by ?? '' })}</p>
      ) : (
        <Kept row={row} onWithdrawn={onWithdrawn} />
      )}
    </Card>
  )
}

/** It cannot be undone: that stands there before the first tap, and the second one is meant. */
function Kept({ row, onWithdrawn }: { row: MyVisitPhotos; onWithdrawn: () => void }) {
  const t = useT('home-visit')
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  const withdraw = async () => {
    setBusy(true)
    try {
      await call(withdrawMyPhotos, { params: { homeVisitId: row.id } })
      onWithdrawn()
    } catch (error) {
      setFault((error as { title: string }).title)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p>{t('my.count', { count: row.photos })}</p>
      <p className="pp-hint">{t('my.forGood')}</p>
      <p className="pp-fault" role="alert">
        {fault}
      </p>
      {asking ? (
        <>
          <button type="button" className="pp-button pp-wide" disabled={busy} onClick={() => void withdraw()}>
            {t('my.sure')}
          </button>
          <button type="button" className="pp-quiet pp-wide" disabled={busy} onClick={() => setAsking(false)}>
            {t('my.keep')}
          </button>
        </>
      ) : (
        <button type="button" className="pp-button pp-wide" data-kind="second" onClick={() => setAsking(true)}>
          {t('my.withdraw')}
        </button>
      )}
    </>
  )
}
