import { useMemo } from 'react'
import { progress, type State } from '../../../../clinical/questionnaire/index.ts'
import { Status, useLocale, useT } from '../../../../platform/web/index.ts'
import { actionWords, inWords } from './scoring-words.ts'
import { STATUS_OF_TONE } from './tone.ts'
import { reportOf } from './try-out.ts'

/** What the answers so far would come to: scores, bands, and what would be done. Nothing of it is kept. */
export function TestResult({ state }: { state: State }) {
  const t = useT('questionnaire')
  const locale = useLocale()
  const report = useMemo(() => reportOf(state), [state])
  const { answered, asked } = progress(state)
  if (!state.form.scoring) return <p className="pb-hint">{t('design.try.noScore', { answered, asked })}</p>
  return (
    <section className="pb-design-result" aria-label={t('design.try.result')} aria-live="polite">
      <strong>{t('design.try.result')}</strong>{' '}
      <span className="pb-hint">{t('design.try.progress', { answered, asked })}</span>
      <ul>
        {report.scores.map((one) => (
          <li key={one.code}>
            {inWords(one.name, locale)}{' '}
            {one.value === undefined ? (
              <span className="pb-hint">
                {one.refused && 'text' in one.refused
                  ? inWords(one.refused.text, locale)
                  : t('response.notScored', { count: one.missing.length })}
              </span>
            ) : (
              <>
                <span className="pb-number">{Math.round(one.value * 100) / 100}</span>{' '}
                {one.band && (
                  <Status tone={one.band.tone ? STATUS_OF_TONE[one.band.tone] : 'plain'}>
                    {inWords(one.band.text, locale)}
                  </Status>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {report.actions.length > 0 && (
        <>
          <strong>{t('design.try.would')}</strong>
          <ul>
            {report.actions.map((action, at) => (
              // One act may be asked for by two bands.
              <li key={at}>{actionWords(action, { t, locale })}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
