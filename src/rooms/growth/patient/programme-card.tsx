import { useState } from 'react'
import { call, Card, useLocale, useT, type ApiProblem } from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { giveMyConsent, withdrawMyConsent, type readMyGrowth } from '../contract/my.ts'
import { plainDay } from './plain-words.ts'

type Programme = NonNullable<OutputOf<typeof readMyGrowth>['programme']>

/** 长高管理 as the family sees it: what we do together, what the years were, and the way out. */
export function ProgrammeCard({ programme, onLeft }: { programme: Programme; onLeft: () => void }) {
  const t = useT('growth')
  const inWords = useWords()
  return (
    <>
      <Card title={t('my.programme.title')}>
        {programme.items.length === 0 ? (
          <p>{t('my.programme.noItems')}</p>
        ) : (
          <ul>
            {programme.items.map(({ id, module, title, dueOn }) => (
              <li key={id}>
                {title}{' '}
                <span className="pp-hint">
                  {t(`my.module.${module}`)}
                  {dueOn && ` · ${plainDay(dueOn, t)}`}
                </span>
              </li>
            ))}
          </ul>
        )}
        <details>
          <summary>{t('my.programme.about')}</summary>
          {programme.modules.map(({ module, about }) => (
            <p key={module}>
              <strong>{t(`my.module.${module}`)}</strong> {inWords(about)}
            </p>
          ))}
        </details>
        {programme.stages.toReversed().map((stage) => (
          <section key={stage.year}>
            <h2>{t('my.programme.year', { year: stage.year })}</h2>
            {stage.heightFromCm !== null && stage.heightToCm !== null && (
              <p>{t('my.programme.grown', { from: stage.heightFromCm.toFixed(1), to: stage.heightToCm.toFixed(1) })}</p>
            )}
            <p>{stage.note}</p>
            <p className="pp-hint">{stage.by}</p>
          </section>
        ))}
      </Card>
      <Leave programme={programme} onLeft={onLeft} />
    </>
  )
}

const useWords = () => {
  const locale = useLocale()
  return (words: { zh: string; en: string }) => (locale === 'en' ? words.en : words.zh)
}

/** From 14 it rests until the young person has said so: the text first, then one tap. */
export function Decide({ text, onDone }: { text: NonNullable<Programme['text']>; onDone: () => void }) {
  const t = useT('growth')
  const inWords = useWords()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  const agree = async () => {
    setBusy(true)
    try {
      await call(giveMyConsent, { body: { textVersion: text.version } })
      onDone()
    } catch (error) {
      setFault((error as ApiProblem).title)
      setBusy(false)
    }
  }
  return (
    <Card title={t('my.decide.title')} tone="todo">
      <p>{t('my.decide.what')}</p>
      {text.points.map(({ heading, text: words }) => (
        <p key={heading.en}>
          <strong>{inWords(heading)}</strong> {inWords(words)}
        </p>
      ))}
      <button type="button" className="pp-button" disabled={busy} onClick={() => void agree()}>
        {t('my.decide.agree')}
      </button>
      <p className="pp-hint">{t('my.decide.orLeave')}</p>
      <p className="pp-fault" role="alert">
        {fault}
      </p>
    </Card>
  )
}

/** Two taps, no question why. */
function Leave({ programme, onLeft }: { programme: Programme; onLeft: () => void }) {
  const t = useT('growth')
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  const leave = async () => {
    setBusy(true)
    try {
      await call(withdrawMyConsent)
      onLeft()
    } catch (error) {
      setFault((error as ApiProblem).title)
      setBusy(false)
    }
  }
  return (
    <Card title={t('my.consent.title')}>
      <p>{t('my.consent.given', { name: programme.consentBy, on: plainDay(programme.consentOn, t) })}</p>
      {!asking && (
        <button type="button" className="pp-quiet" style={{ paddingInline: 0 }} onClick={() => setAsking(true)}>
          {t('my.consent.leave')}
        </button>
      )}
      {asking && (
        <>
          <p>{t('my.consent.what')}</p>
          <div style={{ display: 'flex', gap: '0.7rem' }}>
            <button type="button" className="pp-button" data-kind="second" disabled={busy} onClick={() => void leave()}>
              {t('my.consent.sure')}
            </button>
            <button type="button" className="pp-button" disabled={busy} onClick={() => setAsking(false)}>
              {t('my.consent.stay')}
            </button>
          </div>
        </>
      )}
      <p className="pp-fault" role="alert">
        {fault}
      </p>
    </Card>
  )
}
