import { Button } from 'antd'
import { useState } from 'react'
import {
  InstantText,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useConfirmReach,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { answerPhotoConsent, removePhoto, withdrawPhotoConsent } from '../contract/home-visit.ts'
import type { PhotoConsent, PhotoLine, VisitView } from '../contract/words.ts'
import { CHANGED, useRefreshVisits } from './changed.ts'
import { ConsentChoice } from './consent-choice.tsx'
import { OnePhoto } from './one-photo.tsx'
import { PhotoPicker, useTakenPhotos } from './photo-picker.tsx'
import { PhotosOnTheirWay } from './photos-on-their-way.tsx'

/** Photos of a visit that stands: opened one by one, added with a yes, all taken away with a no. */
export function PhotoPart({ visit }: { visit: VisitView }) {
  const t = useT('home-visit')
  const { consent } = visit
  const standing = visit.pictures.filter((one) => one.deletedAt === null)
  const numberOf = (photo: PhotoLine) => visit.pictures.indexOf(photo) + 1
  const withdrawn = visit.pictures.filter((one) => one.deletedBecause === 'withdrawn')
  const gone = visit.pictures.length - standing.length - withdrawn.length
  return (
    <section aria-label={t('photo.title')}>
      <h3>{t('photo.title')}</h3>
      <Stack tight>
        {consent && (
          <p className="pb-hint">
            {consent.onOwnPages
              ? t('consent.ownWithdrawn', { who: t(`saidBy.${consent.saidBy}`) })
              : t(`consent.event.${consent.event}`, { who: t(`saidBy.${consent.saidBy}`), by: consent.by })}{' '}
            <InstantText at={consent.at} />
          </p>
        )}
        {!consent && standing.length === 0 && !visit.can.addPhotos && <p className="pb-hint">{t('photo.none')}</p>}
        {standing.map((photo) => (
          <PhotoRow key={photo.id} visit={visit} photo={photo} number={numberOf(photo)} />
        ))}
        {withdrawn.map((photo) => (
          <div key={photo.id} className="pb-row">
            <span>{t('photo.number', { number: numberOf(photo) })}</span>
            <Status>{t('photo.withdrawn')}</Status>
            <span className="pb-hint">
              <InstantText at={photo.deletedAt!} />
            </span>
          </div>
        ))}
        {gone > 0 && <p className="pb-hint">{t('photo.gone', { count: gone })}</p>}
        {visit.can.addPhotos && <AddPhotos visit={visit} kept={standing.length} />}
        {visit.can.withdraw && <Withdraw visit={visit} count={standing.length} />}
      </Stack>
    </section>
  )
}

function PhotoRow({ visit, photo, number }: { visit: VisitView; photo: PhotoLine; number: number }) {
  const t = useT('home-visit')
  const confirm = useConfirmReach()
  const remove = useAction(removePhoto, { invalidates: CHANGED })
  const params = { homeVisitId: visit.id, photoId: photo.id }
  const ask = async () => {
    const reach = { title: t('remove.title', { number }), reach: [t('remove.reach')], verb: t('photo.remove') }
    if (await confirm({ ...reach, danger: true })) remove.mutate({ params })
  }
  return (
    <Stack tight>
      <ProblemAlert problem={remove.error} />
      <OnePhoto visitId={visit.id} photo={photo} number={number} mayOpen={visit.can.openPhotos}>
        {visit.can.addPhotos && (
          <Button size="small" loading={remove.isPending} onClick={() => void ask()}>
            {t('photo.remove')}
          </Button>
        )}
      </OnePhoto>
    </Stack>
  )
}

function AddPhotos({ visit, kept }: { visit: VisitView; kept: number }) {
  const t = useT('home-visit')
  const taken = useTakenPhotos()
  const refresh = useRefreshVisits()
  const [asking, setAsking] = useState(false)
  const [answer, setAnswer] = useState<PhotoConsent>()
  const [sending, setSending] = useState(false)
  const note = useAction(answerPhotoConsent, { invalidates: CHANGED, onDone: () => setAsking(false) })
  if (sending) {
    const all = () => {
      setSending(false)
      void refresh()
    }
    return <PhotosOnTheirWay visit={visit} photos={taken.photos} onArrived={taken.drop} onAll={all} />
  }
  if (visit.consent?.event === 'given')
    return (
      <Stack tight>
        <PhotoPicker photos={taken.photos} kept={kept} onAdd={taken.add} onDrop={taken.drop} />
        {taken.photos.length > 0 && (
          <div>
            <Button type="primary" onClick={() => setSending(true)}>
              {t('photo.send', { count: taken.photos.length })}
            </Button>
          </div>
        )}
      </Stack>
    )
  if (!asking)
    return (
      <div>
        <Button onClick={() => setAsking(true)}>{t('photo.askAndAdd')}</Button>
      </div>
    )
  return (
    <Stack tight>
      <ProblemAlert problem={note.error} />
      <ConsentChoice value={answer} onChange={setAnswer} />
      <Row>
        <Button
          type="primary"
          disabled={!answer}
          loading={note.isPending}
          onClick={() => answer && note.mutate({ params: { homeVisitId: visit.id }, body: answer })}
        >
          {t('consent.note')}
        </Button>
        <Button onClick={() => setAsking(false)}>{t('act.back')}</Button>
      </Row>
    </Stack>
  )
}

/** It cannot be undone, so it names its reach. */
function Withdraw({ visit, count }: { visit: VisitView; count: number }) {
  const t = useT('home-visit')
  const say = useSay()
  const confirm = useConfirmReach()
  const withdraw = useAction(withdrawPhotoConsent, {
    invalidates: CHANGED,
    onDone: () => say.done(t('said.withdrawn')),
  })
  const ask = async () => {
    const reach = { title: t('withdraw.title', { count }), reach: [t('withdraw.photos'), t('withdraw.stays')] }
    const saidBy = visit.consent?.saidBy ?? 'person'
    if (await confirm({ ...reach, verb: t('act.withdraw'), danger: true }))
      withdraw.mutate({ params: { homeVisitId: visit.id }, body: { saidBy } })
  }
  return (
    <div>
      <ProblemAlert problem={withdraw.error} />
      <Button danger loading={withdraw.isPending} onClick={() => void ask()}>
        {t('act.withdraw')}
      </Button>
    </div>
  )
}
