import { Button, Input } from 'antd'
import { useState } from 'react'
import { Go, Row, useAction, useSay, useT } from '../../../platform/web/index.ts'
import {
  correctSummary,
  discardSummary,
  sendSummary,
  signSummary,
  submitSummary,
  type SummaryView,
} from '../contract/summary.ts'
import { CHANGED_BY_ACT } from './changed.ts'

interface Props {
  patientId: string
  summary: SummaryView
  onEdit: () => void
  onOpen: (id: string) => void
}

/** What can be done with it now. */
export function SummaryActs({ patientId, summary, onEdit, onOpen }: Props) {
  const t = useT('stage-summary')
  const say = useSay()
  const [because, setBecause] = useState<string>()
  const params = { patientId: patientId as never, summaryId: summary.id }
  const body = { revision: summary.revision }
  const onError = say.problem
  const then = (text: string) => ({ invalidates: CHANGED_BY_ACT, onDone: () => say.done(text) })
  const submit = useAction(submitSummary, then(t('said.submitted')))
  const sign = useAction(signSummary, then(t('said.signed')))
  const discard = useAction(discardSummary, then(t('said.discarded')))
  const send = useAction(sendSummary, then(t('said.sent')))
  const correct = useAction(correctSummary, { invalidates: CHANGED_BY_ACT, onDone: ({ id }) => onOpen(id) })
  const may = (act: SummaryView['can'][number]) => summary.can.includes(act)
  return (
    <>
      {because !== undefined && (
        <Row>
          <Input
            aria-label={t('correct.because')}
            placeholder={t('correct.because')}
            maxLength={300}
            value={because}
            onChange={(e) => setBecause(e.target.value)}
          />
          <Button
            disabled={because.trim().length < 2}
            onClick={() => correct.mutate({ params, body: { because } }, { onError })}
          >
            {t('correct.title')}
          </Button>
        </Row>
      )}
      <Row>
        {may('sign') && (
          <Button type="primary" loading={sign.isPending} onClick={() => sign.mutate({ params, body }, { onError })}>
            {t('act.sign')}
          </Button>
        )}
        {may('edit') && <Button onClick={onEdit}>{t('act.edit')}</Button>}
        {may('submit') && (
          <Button
            type={may('sign') ? 'default' : 'primary'}
            loading={submit.isPending}
            onClick={() => submit.mutate({ params, body }, { onError })}
          >
            {t('act.submit')}
          </Button>
        )}
        {may('discard') && (
          <Button type="text" onClick={() => discard.mutate({ params }, { onError })}>
            {t('act.discard')}
          </Button>
        )}
        {may('send') && (
          <Button
            type="primary"
            disabled={summary.sentAt !== null}
            loading={send.isPending}
            onClick={() => send.mutate({ params }, { onError })}
          >
            {t(summary.sentAt ? 'act.sendAgain' : 'act.send')}
          </Button>
        )}
        <Go to={`/stage-summaries/${patientId}/${summary.id}`}>{t('act.print')}</Go>
        {may('correct') && because === undefined && (
          <Button type="text" onClick={() => setBecause('')}>
            {t('act.correct')}
          </Button>
        )}
      </Row>
    </>
  )
}
