import { useCallback, useEffect, useState, type FormEvent } from 'react'
import { type ApiProblem, call, language, Notice, Screen, useT } from '../../../platform/patient-web/index.ts'
import { digitsIn } from '../../../platform/contract/digits.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { lookAtKiosk, openKiosk } from '../contract/kiosks.ts'
import { FillPage } from './fill-page.tsx'
import { useIdle } from './use-idle.ts'

type Looked = OutputOf<typeof lookAtKiosk>

/**
 * A tablet in the waiting area: a code opens one form for one person. Nothing of them stays: no draft on the device, no
 * address in its history, and after a minute without a sign, or when they are done, the page begins anew.
 */
export function KioskPage({ parameter: kiosk }: { parameter: string }) {
  const t = useT('questionnaire')
  const [looked, setLooked] = useState<Looked>()
  const [key, setKey] = useState<string>()
  const [person, setPerson] = useState(0)
  const [failed, setFailed] = useState<string>()
  const look = useCallback(() => {
    setFailed(undefined)
    call(lookAtKiosk, { params: { token: kiosk } }).then(setLooked, (error: unknown) =>
      setFailed((error as ApiProblem).title),
    )
  }, [kiosk])
  useEffect(look, [look, person])
  const clear = useCallback(() => {
    setKey(undefined)
    // Whoever comes next finds the house's own language and print, and a page that has never seen anybody.
    localStorage.clear()
    sessionStorage.clear()
    document.documentElement.classList.remove('pp-large')
    void language.choose('zh-CN')
    setPerson((before) => before + 1)
  }, [])
  const { left, stay } = useIdle(key !== undefined, clear)

  if (failed)
    return (
      <Screen>
        <Notice title={failed}>
          <button type="button" className="pp-button" onClick={look}>
            {t('fill.kiosk.again')}
          </button>
        </Notice>
      </Screen>
    )
  if (!looked) return <Screen>{null}</Screen>
  if (looked.state !== 'ready')
    return (
      <Screen organization={looked.organization}>
        <Notice title={t(`fill.kiosk.${looked.state}`)}>
          <button type="button" className="pp-button" onClick={look}>
            {t('fill.kiosk.again')}
          </button>
        </Notice>
      </Screen>
    )
  if (key === undefined) return <CodeGate key={person} kiosk={kiosk} looked={looked} onKey={setKey} onResting={look} />
  return (
    <>
      <FillPage
        key={person}
        parameter={key}
        traceless
        after={
          <p>
            <button type="button" className="pp-button pp-wide" onClick={clear}>
              {t('fill.kiosk.next')}
            </button>
          </p>
        }
      />
      {left !== undefined && <StillThere left={left} onStay={stay} onLeave={clear} />}
    </>
  )
}

function CodeGate({
  kiosk,
  looked,
  onKey,
  onResting,
}: {
  kiosk: string
  looked: Looked
  onKey: (key: string) => void
  onResting: () => void
}) {
  const t = useT('questionnaire')
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const code = digitsIn(text)
    if (code.length !== 6) return setFault(t('fill.kiosk.format'))
    setBusy(true)
    try {
      const opened = await call(openKiosk, { params: { token: kiosk }, body: { code } })
      setText('')
      if (opened.token) onKey(opened.token)
      else if (opened.result === 'wrong-code' && opened.triesLeft > 0)
        setFault(t('fill.kiosk.wrong', { count: opened.triesLeft }))
      else onResting()
    } catch (error) {
      setFault((error as ApiProblem).title)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Screen organization={looked.organization}>
      <form onSubmit={(event) => void submit(event)} autoComplete="off">
        <h1>{t('fill.kiosk.title')}</h1>
        <p>{t('fill.kiosk.hint')}</p>
        <p>
          <label htmlFor="code">{t('fill.kiosk.code')}</label>
          <input
            id="code"
            className="pp-input pp-code"
            inputMode="numeric"
            autoComplete="off"
            maxLength={9}
            value={text}
            aria-invalid={fault !== ''}
            aria-describedby="code-fault"
            onChange={(event) => setText(event.target.value)}
          />
        </p>
        <p id="code-fault" className="pp-fault" role="alert">
          {fault}
        </p>
        <p>
          <button type="submit" className="pp-button pp-wide" disabled={busy}>
            {t('fill.kiosk.open')}
          </button>
        </p>
      </form>
    </Screen>
  )
}

function StillThere({ left, onStay, onLeave }: { left: number; onStay: () => void; onLeave: () => void }) {
  const t = useT('questionnaire')
  return (
    <div className="pp-over" role="alertdialog" aria-labelledby="still" aria-describedby="still-hint">
      <div className="pp-card">
        <h2 id="still">{t('fill.kiosk.still')}</h2>
        <p id="still-hint">{t('fill.kiosk.stillHint', { count: left })}</p>
        <button type="button" className="pp-button pp-wide" onClick={onStay}>
          {t('fill.kiosk.stay')}
        </button>
        <p>
          <button type="button" className="pp-quiet pp-wide" onClick={onLeave}>
            {t('fill.kiosk.leave')}
          </button>
        </p>
      </div>
    </div>
  )
}
