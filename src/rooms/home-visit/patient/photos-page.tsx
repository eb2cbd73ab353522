import { useState } from 'react'
import { call, Card, Loaded, Nothing, OwnPage, useDay, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myVisitPhotos, withdrawMyPhoto, withdrawMyPhotos, type MyVisitPhotos } from '../contract/own.ts'

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
                onWithdrawn={(what) => {
                  setSaid(t(what === 'one' ? 'my.doneOne' : 'my.done'))
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

type OnWithdrawn = (what: 'one' | 'all') => void

function OneVisit({ row, onWithdrawn }: { row: MyVisitPhotos; onWithdrawn: OnWithdrawn }) {
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

/** It cannot be undone: that stands there before the first tap. One by one, or all of the visit. */
function Kept({ row, onWithdrawn }: { row: MyVisitPhotos; onWithdrawn: OnWithdrawn }) {
  const t = useT('home-visit')
  return (
    <>
      <p>{t('my.count', { count: row.photos })}</p>
      {row.photos > 0 && <p className="pp-hint">{t('my.forGood')}</p>}
      <ul className="pp-entries">
        {row.pictures.map((picture) => (
          <OnePicture key={picture.id} row={row} picture={picture} onWithdrawn={onWithdrawn} />
        ))}
      </ul>
      {row.photos > 0 && (
        <Meant
          words={{ ask: t('my.withdraw'), sure: t('my.sure'), keep: t('my.keep') }}
          act={async () => {
            await call(withdrawMyPhotos, { params: { homeVisitId: row.id } })
            onWithdrawn('all')
          }}
        />
      )}
    </>
  )
}

function OnePicture({
  row,
  picture,
  onWithdrawn,
}: {
  row: MyVisitPhotos
  picture: MyVisitPhotos['pictures'][number]
  onWithdrawn: OnWithdrawn
}) {
  const t = useT('home-visit')
  const day = useDay()
  const { number, label, withdrawnOn } = picture
  return (
    <li>
      <p>
        {t('my.picture', { number })}
        {label && ` · ${label}`}
        {withdrawnOn && ` · ${t('my.oneWithdrawn', { day: day(withdrawnOn) })}`}
      </p>
      {!withdrawnOn && row.photos > 1 && (
        <Meant
          words={{
            ask: t('my.withdrawOne', { number }),
            sure: t('my.sureOne', { number }),
            keep: t('my.keepOne', { number }),
          }}
          act={async () => {
            await call(withdrawMyPhoto, { params: { homeVisitId: row.id, photoId: picture.id } })
            onWithdrawn('one')
          }}
        />
      )}
    </li>
  )
}

/** The first tap asks, and the second one is meant. */
function Meant({ words, act }: { words: { ask: string; sure: string; keep: string }; act: () => Promise<void> }) {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  const withdraw = async () => {
    setBusy(true)
    try {
      await act()
    } catch (error) {
      setFault((error as { title: string }).title)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p className="pp-fault" role="alert">
        {fault}
      </p>
      {asking ? (
        <>
          <button type="button" className="pp-button pp-wide" disabled={busy} onClick={() => void withdraw()}>
            {words.sure}
          </button>
          <button type="button" className="pp-quiet pp-wide" disabled={busy} onClick={() => setAsking(false)}>
            {words.keep}
          </button>
        </>
      ) : (
        <button type="button" className="pp-button pp-wide" data-kind="second" onClick={() => setAsking(true)}>
          {words.ask}
        </button>
      )}
    </>
  )
}
