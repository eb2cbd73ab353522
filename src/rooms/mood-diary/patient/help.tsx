import { useState } from 'react'
import { call, useT } from '../../../platform/patient-web/index.ts'
import { askForCall } from '../contract/mood-diary.ts'
import { HELPLINES } from '../contract/words.ts'

/** Somebody will call; and whom to call until then. Never the only answer (R10). */
export function HelpNow() {
  const t = useT('mood-diary')
  return (
    <>
      <h2>{t('my.mood.help.title')}</h2>
      <p>{t('my.mood.help.text')}</p>
      <p>{t('my.mood.help.now')}</p>
      <Lines />
    </>
  )
}

function Lines() {
  const t = useT('mood-diary')
  return (
    <>
      {HELPLINES.map((number) => (
        <a key={number} className="pp-call" href={`tel:${number}`}>
          {t(`my.mood.help.line${number}`)}
        </a>
      ))}
    </>
  )
}

/** Asks the people on duty for a call, whatever was written and whoever may read it. */
export function CallMe() {
  const t = useT('mood-diary')
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const ask = async () => {
    setBusy(true)
    try {
      const { asked } = await call(askForCall)
      setSaid(t(asked ? 'my.mood.call.asked' : 'my.mood.call.again'))
    } catch (error) {
      setSaid((error as { title: string }).title)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="pp-card pp-form">
      <p>{t('my.mood.help.now')}</p>
      <button type="button" className="pp-button pp-wide" data-kind="second" disabled={busy} onClick={() => void ask()}>
        {t('my.mood.call.button')}
      </button>
      <p role="status">{said}</p>
      <Lines />
    </section>
  )
}
