import { Status, useT, type Tone } from '../../../../platform/web/index.ts'
import { useDesign } from './context.ts'

const TONES: Record<'error' | 'warning' | 'hint', Tone> = { error: 'danger', warning: 'due', hint: 'plain' }

/** What is wrong, or could be better: a click goes to where it stands. */
export function FaultList() {
  const t = useT('follow-up')
  const { faults, select } = useDesign()
  const count = (severity: string) => faults.filter((one) => one.severity === severity).length
  if (faults.length === 0) return <p className="pb-hint">{t('design.fault.none')}</p>
  return (
    <section className="pb-path-faults" aria-label={t('design.fault.title')}>
      <h2>
        {t('design.fault.title')}{' '}
        <small className="pb-hint">
          {t('design.fault.count', { error: count('error'), warning: count('warning'), hint: count('hint') })}
        </small>
      </h2>
      {(['error', 'warning', 'hint'] as const).map((severity) => {
        const some = faults.filter((one) => one.severity === severity)
        if (some.length === 0) return null
        return (
          <details key={severity} open={severity !== 'hint'}>
            <summary>
              <Status tone={TONES[severity]}>{t(`design.severity.${severity}`)}</Status> {some.length}
            </summary>
            <ul>
              {some.map(({ step, text }, at) => (
                // The same words may be true of two places.
                <li key={at}>
                  {step === null ? (
                    text
                  ) : (
                    <button type="button" className="pb-link" onClick={() => select(step)}>
                      {text}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </details>
        )
      })}
    </section>
  )
}
