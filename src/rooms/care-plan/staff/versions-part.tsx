import { DateText, InstantText, Stack, useT } from '../../../platform/web/index.ts'
import type { PlanView } from '../contract/plan.ts'
import { Differences } from './differences.tsx'

/** Every version that was signed or given up, with what caused it; and the log. */
export function VersionsPart({ plan }: { plan: PlanView }) {
  const t = useT('care-plan')
  if (plan.versions.length === 0 && plan.log.length === 0) return null
  return (
    <details className="cp-versions">
      <summary>{t('versions.title', { count: plan.versions.length })}</summary>
      <Stack tight>
        {plan.versions.map((version) => (
          <div key={version.version}>
            <h4>
              {t('plan.version', { version: version.version })} · {t(`versionState.${version.state}`)}{' '}
              {version.activeFrom && (
                <span className="pb-hint">
                  {t('versions.from')} <DateText date={version.activeFrom} /> · {version.signedBy}
                </span>
              )}
            </h4>
            {version.cause && (
              <p>
                {t(`cause.${version.cause.kind}`)}：{version.cause.words}
              </p>
            )}
            {version.similarityPercent !== null && (
              <p className="pb-hint">{t('sign.similarity', { percent: version.similarityPercent })}</p>
            )}
            <Differences title={t('diff.fromLast')} differences={version.fromLast} />
          </div>
        ))}
        <ul className="cp-log">
          {plan.log.map((line) => (
            <li key={`${line.at} ${line.kind}`}>
              <InstantText at={line.at} /> {line.byName} {t(`log.${line.kind}`)} {line.note}
            </li>
          ))}
        </ul>
      </Stack>
    </details>
  )
}
