import { useState, type FormEvent } from 'react'
import { call, go, Loaded, OwnPage, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { askForOne, mineOfReport } from '../contract/own.ts'

/** 请医生讲一讲: one question in one's own words, and nothing else to fill in. */
export function AskPage({ parameter: reportId }: { parameter: string }) {
  const t = useT('interpretation')
  const report = useOwn(mineOfReport, { params: { compositionId: reportId as never } })
  return (
    <OwnPage title={t('my.ask.title')} back={`/my/report/${reportId}`} backText={t('my.ask.back')}>
      <Loaded of={report}>{() => <AskForm reportId={reportId} />}</Loaded>
    </OwnPage>
  )
}

function AskForm({ reportId }: { reportId: string }) {
  const t = useT('interpretation')
  const [question, setQuestion] = useState('')
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFault('')
    try {
      const { id } = await call(askForOne, { body: { reportId: reportId as never, question } })
      go(`/my/interpretation/${id}`, { replace: true })
    } catch (error) {
      setFault((error as { title: string }).title)
      setBusy(false)
    }
  }
  return (
    <form className="pp-card pp-form" onSubmit={(event) => void submit(event)} noValidate>
      <p>
        <label htmlFor="question">{t('my.ask.label')}</label>
        <textarea
          id="question"
          className="pp-input"
          rows={4}
          maxLength={500}
          value={question}
          placeholder={t('my.ask.sample')}
          aria-describedby="question-hint"
          onChange={(event) => setQuestion(event.target.value)}
        />
      </p>
      <p id="question-hint" className="pp-hint">
        {t('my.ask.hint')}
      </p>
      <p className="pp-fault" role="alert">
        {fault}
      </p>
      <button type="submit" className="pp-button pp-wide" disabled={busy || question.trim().length < 2}>
        {t('my.ask.send')}
      </button>
      <p className="pp-hint">{t('my.ask.after')}</p>
    </form>
  )
}
