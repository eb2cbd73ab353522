import { Button, Input } from 'antd'
import { useState } from 'react'
import { DateText, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { markStage, type EnrolmentView, type StageView } from '../contract/growth.ts'
import { CHANGED } from './changed.ts'
import { tenth } from './words.ts'

/** 每年小结: what the year was, with the heights at its ends; the family reads it. */
export function StagePart({
  patientId,
  enrolment,
  canWrite,
}: {
  patientId: string
  enrolment: EnrolmentView
  canWrite: boolean
}) {
  const t = useT('growth')
  const { stages, stageDue } = enrolment
  if (stages.length === 0 && !stageDue) return null
  return (
    <section aria-label={t('stage.title')}>
      <h3 style={{ margin: '0 0 6px' }}>{t('stage.title')}</h3>
      {stages.map((stage) => (
        <Stage key={stage.year} stage={stage} />
      ))}
      {stageDue && canWrite && <MarkStage key={stageDue.year} patientId={patientId} due={stageDue} />}
    </section>
  )
}

function Stage({ stage }: { stage: StageView }) {
  const t = useT('growth')
  const { heightFromCm: from, heightToCm: to } = stage
  return (
    <p style={{ margin: '4px 0' }}>
      <strong>{t('stage.year', { year: stage.year })}</strong>{' '}
      <span className="pb-hint">
        <DateText date={stage.fromOn} /> – <DateText date={stage.toOn} />
        {from !== null && to !== null && ` · ${tenth(from)} → ${tenth(to)} cm`} · {stage.markedBy}
      </span>
      <br />
      {stage.note}
    </p>
  )
}

function MarkStage({ patientId, due }: { patientId: string; due: NonNullable<EnrolmentView['stageDue']> }) {
  const t = useT('growth')
  const say = useSay()
  const [note, setNote] = useState('')
  const mark = useAction(markStage, { invalidates: CHANGED, onDone: () => say.done(t('stage.said')) })
  const send = () =>
    mark.mutate({ params: { patientId: patientId as never }, body: { year: due.year, note } }, { onError: say.problem })
  return (
    <div className="pb-stack pb-stack-tight">
      <p style={{ margin: 0 }}>
        {t('stage.due', { year: due.year })}{' '}
        <span className="pb-hint">
          <DateText date={due.fromOn} /> – <DateText date={due.toOn} />
        </span>
      </p>
      <Input.TextArea
        value={note}
        onChange={(event) => setNote(event.target.value)}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={600}
        aria-label={t('stage.note')}
        placeholder={t('stage.note')}
      />
      <div>
        <Button disabled={note.trim().length < 2} loading={mark.isPending} onClick={send}>
          {t('stage.save')}
        </Button>
      </div>
    </div>
  )
}
