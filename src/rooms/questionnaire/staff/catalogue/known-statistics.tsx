import type { OutputOf } from '../../../../platform/contract/endpoint.ts'
import { Card, Columns, Stack, Status, useT } from '../../../../platform/web/index.ts'
import type { statistics } from '../../contract/questionnaire.ts'

type Statistics = OutputOf<typeof statistics>

/** 免问 and 重复问 (S1-17): what each figure counts stands beside it, over how many, and how it went by month. */
export function KnownStatistics({ data }: { data: Statistics }) {
  const t = useT('questionnaire')
  return (
    <Card title={t('statistics.known.title')}>
      <Stack>
        <Columns minPx={280}>
          <Figure name="spared" count={data.spared} n={data.n} />
          <Figure name="askedAgain" count={data.askedAgain} n={data.n} />
        </Columns>
        <span className="pb-hint">{t('statistics.known.of', { n: data.n })}</span>
        <ByMonth months={data.months} />
      </Stack>
    </Card>
  )
}

function Figure({ name, count, n }: { name: 'spared' | 'askedAgain'; count: number; n: number }) {
  const t = useT('questionnaire')
  const isWanted = name === 'spared' || count === 0
  const mean = Math.round((count / Math.max(1, n)) * 10) / 10
  return (
    <Stack tight>
      <span>
        <strong>{t(`statistics.known.${name}`)}</strong> {/* Only what should be none is ever marked. */}
        {isWanted ? (
          <span className="pb-number">{t('statistics.known.figure', { count })}</span>
        ) : (
          <Status tone="due">{t('statistics.known.figure', { count })}</Status>
        )}{' '}
        <span className="pb-hint">
          {count === 0 ? t('statistics.known.never') : t('statistics.known.each', { mean })}
        </span>
      </span>
      <span className="pb-hint">{t(`statistics.known.${name}What`)}</span>
    </Stack>
  )
}

function ByMonth({ months }: { months: Statistics['months'] }) {
  const t = useT('questionnaire')
  const hasFew = months.some(({ spared }) => spared === null)
  return (
    <div>
      <table className="pb-chart-table">
        <caption>{t('statistics.known.months')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('statistics.known.month')}</th>
            <th scope="col">{t('statistics.known.answers')}</th>
            <th scope="col">{t('statistics.known.spared')}</th>
            <th scope="col">{t('statistics.known.askedAgain')}</th>
          </tr>
        </thead>
        <tbody className="pb-number">
          {months.map(({ month, n, spared, askedAgain }) => (
            <tr key={month}>
              <td>{month}</td>
              <td>{n}</td>
              <td>{spared ?? <span className="pb-hint">{t('statistics.known.few')}</span>}</td>
              <td>{askedAgain ?? <span className="pb-hint">{t('statistics.known.few')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasFew && <small className="pb-hint">{t('statistics.known.fewNote')}</small>}
    </div>
  )
}
