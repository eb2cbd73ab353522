import { useState, type FormEvent } from 'react'
import { call, Heading, useT } from '../../../platform/patient-web/index.ts'
import { digitsIn } from '../../../platform/contract/digits.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { askForCode, enterByCode, type lookAtInvitation } from '../contract/entrance.ts'

const FAULTS = { 'no-code': 'my.enter.noCode', 'used-up': 'my.enter.usedUp' } as const

/** A code to their own phone, asked for by a tap; nothing of the patient is told before it is right. */
export function CodeForm({
  token,
  looked,
  onClosed,
  onEntered,
}: {
  token: string
  looked: OutputOf<typeof lookAtInvitation>
  onClosed: () => void
  onEntered: (relativeId: string) => void
}) {
  const t = useT('family')
  const [asked, setAsked] = useState<OutputOf<typeof askForCode>>()
  const [code, setCode] = useState('')
  const [stay, setStay] = useState(false)
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const during = async (use: () => Promise<void>) => {
    setBusy(true)
    setFault('')
    await use().catch((error: unknown) => setFault((error as { title: string }).title))
    setBusy(false)
  }
  const ask = () =>
    during(async () => {
      const answer = await call(askForCode, { params: { token } })
      if (answer.result === 'closed') return onClosed()
      if (answer.result === 'no-way') return setFault(t('my.enter.noWay'))
      if (answer.result === 'wait') setFault(t('my.enter.wait', { minutes: Math.ceil(answer.seconds / 60) }))
      else setAsked(answer)
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const digits = digitsIn(code)
    if (digits.length !== 6) return setFault(t('my.enter.unread'))
    void during(async () => {
      const answer = await call(enterByCode, { params: { token }, body: { code: digits, stay } })
      if (answer.relativeId) return onEntered(answer.relativeId)
      if (answer.result === 'closed') return onClosed()
      setFault(
        answer.result === 'wrong-code'
          ? t('my.enter.wrong', { count: answer.triesLeft })
          : t(FAULTS[answer.result as keyof typeof FAULTS]),
      )
    })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Heading>{t('my.enter.title')}</Heading>
      <p>{t('my.enter.why', { phone: looked.phoneMasked ?? '' })}</p>
      <p className="pp-hint">{t('my.enter.wrongPhone')}</p>
      {!looked.ready && <p className="pp-fault">{t('my.enter.noWay')}</p>}
      <p>
        <button
          type="button"
          className="pp-button pp-wide"
          data-kind={asked ? 'second' : undefined}
          disabled={busy || !looked.ready}
          onClick={() => void ask()}
        >
          {t(asked ? 'my.enter.resend' : 'my.enter.send')}
        </button>
      </p>
      <p role="status">{asked?.demoCode ? t('my.enter.demo', { code: asked.demoCode }) : ''}</p>
      <p>
        <label htmlFor="code">{t('my.enter.code')}</label>
        <input
          id="code"
          className="pp-input"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
          value={code}
          aria-invalid={fault !== ''}
          aria-describedby="code-fault"
          onChange={(event) => setCode(event.target.value)}
        />
      </p>
      <p id="code-fault" className="pp-fault" role="alert">
        {fault}
      </p>
      <label className="pp-check">
        <input type="checkbox" checked={stay} onChange={(event) => setStay(event.target.checked)} />
        <span>{t('my.enter.stay')}</span>
      </label>
      <p className="pp-hint">{t('my.enter.agree')}</p>
      <p>
        <button type="submit" className="pp-button pp-wide" disabled={busy}>
          {t('my.enter.open')}
        </button>
      </p>
      {looked.phone && (
        <a className="pp-call" href={`tel:${looked.phone}`}>
          {t('my.enter.call', { phone: looked.phone })}
        </a>
      )}
    </form>
  )
}
