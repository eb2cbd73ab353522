import { useState, type FormEvent } from 'react'
import { type ApiProblem, useT, readDate } from '../../../platform/patient-web/index.ts'
import type { Looked, Opened } from './fill-page.tsx'

/** Before the first question: that it is the right person, or, for a link for anybody, that nobody is known. */
export function BirthDateGate({
  looked,
  title,
  onOpen,
}: {
  looked: Looked
  title: string | null
  onOpen: (birthDate?: string) => Promise<Opened>
}) {
  const t = useT('questionnaire')
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const birthDate = looked.needsBirthDate ? readDate(text) : undefined
    if (looked.needsBirthDate && !birthDate) return setFault(t('fill.wrongShort'))
    setBusy(true)
    try {
      const opened = await onOpen(birthDate)
      if (opened.result === 'wrong-birth-date') setFault(t('fill.wrong', { count: opened.triesLeft }))
    } catch (error) {
      setFault((error as ApiProblem).title)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h1>{title ?? t('fill.hello')}</h1>
      <p>{t(looked.needsBirthDate ? 'fill.why' : 'fill.anybody')}</p>
      {looked.needsBirthDate && (
        <p>
          <label htmlFor="birth-date">{t('fill.birthDate')}</label>
          <input
            id="birth-date"
            className="pp-input"
            inputMode="numeric"
            autoComplete="bday"
            placeholder={t('fill.birthDateHint')}
            value={text}
            aria-invalid={fault !== ''}
            aria-describedby="birth-date-fault"
            onChange={(event) => setText(event.target.value)}
          />
        </p>
      )}
      <p id="birth-date-fault" className="pp-fault" role="alert">
        {fault}
      </p>
      {looked.questions !== null && <p className="pp-hint">{t('fill.questions', { count: looked.questions })}</p>}
      <p>
        <button type="submit" className="pp-button pp-wide" disabled={busy}>
          {t(looked.needsBirthDate ? 'fill.open' : 'fill.start')}
        </button>
      </p>
    </form>
  )
}
