import type { ReactNode } from 'react'
import { Card, DateText, Loading, ProblemAlert, Row, useApi, useT } from '../../../platform/web/index.ts'
import { compareReports } from '../contract/indicators.ts'
import { PrintButton } from './print-button.tsx'
import { useValueWords } from './use-value-words.ts'
import { ValueText } from './value-text.tsx'
import { rangeWords } from './value-words.ts'

/** Reports side by side: items down, reports across, each value with its own interval. */
export function Comparison({ patientId, reports, extra }: { patientId: string; reports: string; extra: ReactNode }) {
  const t = useT('observation')
  const words = useValueWords()
  const { data, error, refetch } = useApi(compareReports, { params: { patientId }, query: { reports } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={8} />
  return (
    <Card
      title={t('compare.title')}
      extra={
        <Row>
          <PrintButton />
          {extra}
        </Row>
      }
    >
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('compare.title')}>
        <table className="pb-chart-table">
          <thead>
            <tr>
              <th scope="col">{t('value.item')}</th>
              {data.reports.map(({ id, title, at, performer }) => (
                <th key={id} scope="col">
                  <DateText date={words.day(at)} />
                  <br />
                  {title} {performer}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row, at) => (
              <tr key={row.code}>
                <th scope="row">
                  {data.rows[at - 1]?.panel !== row.panel && <div className="pb-hint">{row.panelName}</div>}
                  {row.name}
                </th>
                {row.cells.map((cell, column) => (
                  <td key={data.reports[column]!.id}>
                    {cell && (
                      <>
                        <ValueText shown={cell} /> <span className="pb-hint pb-nowrap">{rangeWords(cell)}</span>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
