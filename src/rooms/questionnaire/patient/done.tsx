import type { ReactNode } from 'react'
import { Notice, Screen, useLocale, useT } from '../../../platform/patient-web/index.ts'
import type { Looked } from './fill-page.tsx'
import type { Submitted } from './use-filling.ts'

/** After handing in: thanks, what it came to where that may be told at once, and people to turn to where it must. */
export function Done({ looked, answer, after }: { looked: Looked; answer: Submitted; after?: ReactNode }) {
  const t = useT('questionnaire')
  const isEnglish = useLocale() === 'en'
  const inWords = (words: { zh: string; en: string } | null) => words?.[isEnglish ? 'en' : 'zh']
  return (
    <Screen organization={looked.organization} progress={1}>
      <Notice title={t(answer.urgent ? 'fill.urgentTitle' : 'fill.thanks')}>
        {answer.urgent ? (
          <>
            <p>{t('fill.urgent')}</p>
            <a className="pp-call" href="tel:12356">
              {t('fill.hotline')}
            </a>
            <a className="pp-call" href="tel:120">
              {t('fill.emergency')}
            </a>
            <a className="pp-call" href="tel:110">
              {t('fill.police')}
            </a>
            {looked.phone && (
              <a className="pp-call" href={`tel:${looked.phone}`}>
                {t('fill.ours', { phone: looked.phone })}
              </a>
            )}
          </>
        ) : (
          <p>{t(answer.result === 'kept-before' ? 'fill.before' : 'fill.thanksHint')}</p>
        )}
        {answer.scores
          .filter((score) => score.bandText)
          .map((score) => (
            <article key={score.code} className="pp-card">
              <h2>{inWords(score.bandText)}</h2>
              {score.advice && <p>{inWords(score.advice)}</p>}
              <p className="pp-hint">
                {inWords(score.name)}
                {score.value !== null && ` · ${t('fill.points', { value: Math.round(score.value * 10) / 10 })}`}
              </p>
            </article>
          ))}
        {answer.scores.some(({ value }) => value !== null) && <p className="pp-hint">{t('fill.notDiagnosis')}</p>}
        {after}
      </Notice>
    </Screen>
  )
}
