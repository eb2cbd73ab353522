import { useState } from 'react'
import { call, useT } from '../../../platform/patient-web/index.ts'
import { cancelMine } from '../contract/own.ts'
import type { PartProps } from './interpretation-page.tsx'

/** Two taps, no reason wanted. */
export function CancelMine({ of, onChanged }: PartProps) {
  const t = useT('interpretation')
  const [asking, setAsking] = useState(false)
  const [because, setBecause] = useState('')
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  if (!asking)
    return (
      <button type="button" className="pp-quiet" onClick={() => setAsking(true)}>
        {t('my.cancel.open')}
      </button>
    )
  const cancel = async () => {
    setBusy(true)
    try {
      await call(cancelMine, {
        params: { orderId: of.id },
        body: { because: because.trim().length > 1 ? because : '' },
      })
    } catch (error) {
      setFault((error as { title: string }).title)
    }
    setBusy(false)
    onChanged()
  }
  return (
    <section className="pp-card" aria-label={t('my.cancel.do')}>
      <p>{t('my.cancel.sure')}</p>
      <p>
        <label htmlFor="because">{t('my.cancel.why')}</label>
        <input
          id="because"
          className="pp-input"
          maxLength={300}
          value={because}
          onChange={(event) => setBecause(event.target.value)}
        />
      </p>
      <p className="pp-fault" role="alert">
        {fault}
      </p>
      <p>
        <button
          type="button"
          className="pp-button pp-wide"
          data-kind="second"
          disabled={busy}
          onClick={() => void cancel()}
        >
          {t('my.cancel.do')}
        </button>
      </p>
      <button type="button" className="pp-button pp-wide" onClick={() => setAsking(false)}>
        {t('my.cancel.keep')}
      </button>
    </section>
  )
}
