import type { OutputOf } from '../../../platform/contract/index.ts'
import { Empty, Go, InstantText, Spark, Stack, useT } from '../../../platform/web/index.ts'
import type { getOverview } from '../contract/overview.ts'
import { OpenEntry } from './entry-bar.tsx'
import { usePatientAddress } from './patient-address.ts'
import { ValueText } from './value-text.tsx'
import { rangeWords } from './value-words.ts'

type Key = OutputOf<typeof getOverview>['indicators'][number]

/** Three at most, each with the reason why it is among them. */
export function KeyIndicators({ indicators, canWrite }: { indicators: readonly Key[]; canWrite: boolean }) {
  const t = useT('observation')
  const to = usePatientAddress()
  if (indicators.length === 0)
    return (
      <Empty
        title={t('overview.noIndicators')}
        action={canWrite && <OpenEntry entry="blood-pressure">{t('entry.blood-pressure')}</OpenEntry>}
      />
    )
  return (
    <Stack>
      {indicators.map((one) => (
        <section key={one.code} aria-label={one.name}>
          <div className="pb-chart-head">
            <h3>
              <Go to={to(`tab=indicators&code=${one.lines.map(({ code }) => encodeURIComponent(code)).join(',')}`)}>
                {one.name}
              </Go>
            </h3>
            <span className="pb-hint">{t(`because.${one.because}`, { condition: one.condition ?? '' })}</span>
          </div>
          <table className="pb-chart-table">
            <tbody>
              {one.lines.map((line) => (
                <tr key={line.code}>
                  <th scope="row" className={one.lines.length > 1 ? undefined : 'pb-sr'}>
                    {line.name}
                  </th>
                  <td>
                    <ValueText shown={line.latest} />
                    <div className="pb-hint">
                      {rangeWords(line)}
                      {line.ours && rangeWords(line) !== '' && t('value.ours')}
                      {rangeWords(line) !== '' && ' · '}
                      <InstantText at={line.latest.at} />
                    </div>
                  </td>
                  <td>
                    <Spark
                      points={line.points.map(({ at, value }) => ({ at, value, low: line.low, high: line.high }))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </Stack>
  )
}
