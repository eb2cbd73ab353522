import { useState, type FormEvent } from 'react'
import { call, requestId, useT } from '../../../platform/patient-web/index.ts'
import { askMore } from '../contract/own.ts'
import { CallUs } from './call-us.tsx'
import type { PartProps } from './interpretation-page.tsx'

/** 还有没明白的: goes to the doctor who has signed; the answer stands here. */
export function AskMore({ of, onChanged }: PartProps) {
  const t = useT('interpretation')
  const [key, setKey] = useState(requestId)
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFault('')
    try {
      await call(askMore, { params: { orderId: of.id }, body: { text, key } })
      setText('')
      setKey(requestId())
      setSaid(t('my.more.sent'))
      onChanged()
    } catch (error) {
      setFault((error as { title: string }).title)
    }
    setBusy(false)
  }
  return (
    <section className="pp-card">
      <h2>{t('my.more.title')}</h2>
      {of.questions.map((one) => (
        <div key={one.id} className="pp-talk-option">
          <p>{one.text}</p>
          {one.answeredAt === null && <p className="pp-hint">{t('my.more.waiting')}</p>}
          {one.answeredAt !== null && one.answer === '' && (
            <p className="pp-hint">{t('my.more.elsewhere', { name: one.answeredBy })}</p>
          )}
          {one.answer && (
            <p>
              <strong>{t('my.more.by', { name: one.answeredBy })}</strong>
              {one.answer}
            </p>
          )}
        </div>
      ))}
      <form onSubmit={(event) => void submit(event)} noValidate>
        <p>
          <label htmlFor="more">{t('my.more.label')}</label>
          <textarea
            id="more"
            className="pp-input"
            rows={3}
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </p>
        <p role="status">{said}</p>
        <p className="pp-fault" role="alert">
          {fault}
        </p>
        <button type="submit" className="pp-button pp-wide" disabled={busy || text.trim().length < 2}>
          {t('my.more.send')}
        </button>
      </form>
      <CallUs />
    </section>
  )
}
