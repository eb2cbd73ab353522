import { useState, type FormEvent } from 'react'
import { type ApiProblem, Heading, useT, readDate } from '../../../platform/patient-web/index.ts'

/** That it is the right person: one date, written as one likes. */
export function EnterForm({
  onEnter,
}: {
  /** @returns how many tries are left when the date was wrong */
  onEnter: (birthDate: string, stay: boolean) => Promise<number>
}) {
  const t = useT('patient-access')
  const [text, setText] = useState('')
  const [stay, setStay] = useState(false)
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const birthDate = readDate(text)
    if (!birthDate) return setFault(t('my.enter.unread'))
    setBusy(true)
    setFault('')
    try {
      const triesLeft = await onEnter(birthDate, stay)
      setFault(t('my.enter.wrong', { count: triesLeft }))
    } catch (error) {
      setFault((error as ApiProblem).title)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Heading>{t('my.enter.title')}</Heading>
      <p>{t('my.enter.why')}</p>
      <p>
        <label htmlFor="birth-date">{t('my.enter.birthDate')}</label>
        <input
          id="birth-date"
          className="pp-input"
          inputMode="numeric"
          autoComplete="bday"
          placeholder={t('my.enter.birthDateHint')}
          value={text}
          aria-invalid={fault !== ''}
          aria-describedby="birth-date-fault birth-date-child"
          onChange={(event) => setText(event.target.value)}
        />
      </p>
      <p id="birth-date-fault" className="pp-fault" role="alert">
        {fault}
      </p>
      <p id="birth-date-child" className="pp-hint">
        {t('my.enter.child')}
      </p>
      <label className="pp-check">
        <input type="checkbox" checked={stay} onChange={(event) => setStay(event.target.checked)} />
        <span>{t('my.enter.stay')}</span>
      </label>
      <p>
        <button type="submit" className="pp-button pp-wide" disabled={busy}>
          {t('my.enter.open')}
        </button>
      </p>
    </form>
  )
}
