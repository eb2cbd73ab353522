import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  Facts,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { getHomeVisit, markHomeVisitError } from '../contract/home-visit.ts'
import { LOOKED_AT, type VisitView } from '../contract/words.ts'
import { CHANGED } from './changed.ts'
import { CorrectVisit } from './correct-visit.tsx'
import './home-visit.css'
import { PhotoPart } from './photo-part.tsx'
import { OutcomeStatus } from './visit-list.tsx'

/** One visit: when and where, who was there, what was seen, and its photos one by one. */
export function VisitDetail({ visitId }: { visitId: string }) {
  const t = useT('home-visit')
  const [act, setAct] = useState<'correct' | 'error'>()
  const { data, error, refetch } = useApi(getHomeVisit, { params: { homeVisitId: visitId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  if (act === 'correct') return <CorrectVisit visit={data} onClose={() => setAct(undefined)} />
  return (
    <Stack>
      <Row>
        <OutcomeStatus visit={data} />
        {data.followUp && data.followUpId && (
          <Go to={`/follow-ups?visit=${data.followUpId}${data.followUp.isOpen ? '&way=home' : ''}`}>
            {t(data.followUp.isOpen ? 'act.fillForm' : 'act.openForm')}
          </Go>
        )}
      </Row>
      {data.state === 'error' && <p>{t('state.errorBecause', { because: data.errorBecause })}</p>}
      <WhatWasSeen visit={data} />
      {data.outcome === 'seen' && <PhotoPart visit={data} />}
      <Versions visit={data} />
      {data.can.correct && act === undefined && (
        <Row>
          <Button onClick={() => setAct('correct')}>{t('act.correct')}</Button>
          <Button onClick={() => setAct('error')}>{t('act.error')}</Button>
        </Row>
      )}
      {act === 'error' && <MarkError visit={data} onClose={() => setAct(undefined)} />}
    </Stack>
  )
}

function WhatWasSeen({ visit }: { visit: VisitView }) {
  const t = useT('home-visit')
  const { position } = visit
  const words = (text: string) => text && <span className="pb-home-visit-words">{text}</span>
  const present = [...visit.present.map((one) => t(`present.${one}`)), visit.presentNote].filter(Boolean)
  return (
    <Facts
      items={[
        [
          t('list.who'),
          <Go key="who" to={`/patients/${visit.patient.id}?tab=home-visits`}>
            {visit.patient.name}
          </Go>,
        ],
        [t('field.arrivedAt'), <InstantText key="in" at={visit.arrivedAt} />],
        [
          t(visit.outcome === 'seen' ? 'field.leftAt' : 'field.leftDoor'),
          <span key="out">
            <InstantText at={visit.leftAt} /> <span className="pb-hint">{t('minutes', { count: visit.minutes })}</span>
          </span>,
        ],
        [t('field.address'), visit.address],
        [
          t('position.title'),
          position.latitude === null
            ? t(`position.none.${position.kind}`)
            : t('position.shared', { latitude: position.latitude, longitude: position.longitude }),
        ],
        [t('field.present'), present.join(t('comma'))],
        ...LOOKED_AT.map((area): [string, string] => {
          const finding = visit.findings[area]
          return [t(`area.${area}`), finding ? t(`finding.${finding}`) : '']
        }),
        [t(visit.outcome === 'seen' ? 'field.seenAndSaid' : 'field.doorNote'), words(visit.seen)],
        [t('field.next'), words(visit.next)],
        [t('field.task'), visit.taskId ? t(visit.taskDone ? 'task.done' : 'task.open') : ''],
        [t('list.by'), visit.staff.name],
      ]}
    />
  )
}

/** Only where something was corrected. */
function Versions({ visit: { versions } }: { visit: VisitView }) {
  const t = useT('home-visit')
  if (versions.length < 2) return null
  return (
    <section>
      <h3>{t('version.title')}</h3>
      {versions.map((one) => (
        <p key={one.version} className="pb-hint">
          {t('version.number', { version: one.version })} {one.by} <InstantText at={one.at} />
          {one.because && ` · ${one.because}`}
        </p>
      ))}
    </section>
  )
}

function MarkError({ visit, onClose }: { visit: VisitView; onClose: () => void }) {
  const t = useT('home-visit')
  const say = useSay()
  const [because, setBecause] = useState('')
  const mark = useAction(markHomeVisitError, {
    invalidates: CHANGED,
    onDone: () => {
      say.done(t('said.error'))
      onClose()
    },
  })
  return (
    <Stack tight>
      <ProblemAlert problem={mark.error} />
      <label>
        {t('error.because')}
        <Input maxLength={300} value={because} onChange={({ target }) => setBecause(target.value)} />
      </label>
      {visit.photos > 0 && <p className="pb-hint">{t('error.photosGo', { count: visit.photos })}</p>}
      <Row>
        <Button
          danger
          loading={mark.isPending}
          disabled={because.trim().length < 2}
          onClick={() => mark.mutate({ params: { homeVisitId: visit.id }, body: { because } })}
        >
          {t('act.error')}
        </Button>
        <Button onClick={onClose}>{t('act.back')}</Button>
      </Row>
    </Stack>
  )
}
