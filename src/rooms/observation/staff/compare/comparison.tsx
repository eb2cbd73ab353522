import { Checkbox } from 'antd'
import type { ReactNode } from 'react'
import { z } from 'zod'
import {
  Card,
  DateText,
  Empty,
  flag,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAddress,
  useApi,
  useT,
} from '../../../../platform/web/index.ts'
import type { OutputOf } from '../../../../platform/contract/index.ts'
import { compareReports } from '../../contract/indicators.ts'
import { PrintButton } from '../print-button.tsx'
import { IndicatorName } from '../small/small-course.tsx'
import { useValueWords } from '../use-value-words.ts'
import { ValueText } from '../value-text.tsx'
import { rangeWords } from '../value-words.ts'
import { changeWords, isWorthALook } from './change-words.ts'
import '../small/courses.css'

type Compared = OutputOf<typeof compareReports>
type ComparedRow = Compared['rows'][number]
const address = z.object({ clear: flag() })

/** Reports side by side: items down, reports across, each value with its own interval and its step from the one before. */
export function Comparison({ patientId, reports, extra }: { patientId: string; reports: string; extra?: ReactNode }) {
  const t = useT('observation')
  const [{ clear }, change] = useAddress(address)
  const { data, error, refetch } = useApi(compareReports, { params: { patientId }, query: { reports } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={8} />
  const rows = clear ? data.rows.filter(isWorthALook) : data.rows
  return (
    <Card
      title={t('compare.title')}
      extra={
        <Row>
          <span className="pb-unprinted">
            <Checkbox checked={clear} onChange={({ target }) => change({ clear: target.checked })}>
              {t('compare.only')}
            </Checkbox>
          </span>
          <PrintButton />
          {extra}
        </Row>
      }
    >
      {rows.length === 0 ? (
        <Empty title={t('compare.none')} />
      ) : (
        <Stack tight>
          <Table reports={data.reports} rows={rows} />
          <p className="pb-hint">{t('compare.legend')}</p>
        </Stack>
      )}
    </Card>
  )
}

function Table({ reports, rows }: { reports: Compared['reports']; rows: readonly ComparedRow[] }) {
  const t = useT('observation')
  const words = useValueWords()
  return (
    <div style={{ overflowX: 'auto', position: 'relative' }} tabIndex={0} role="region" aria-label={t('compare.title')}>
      <table className="pb-chart-table pb-compared">
        <thead>
          <tr>
            <th scope="col">{t('value.item')}</th>
            {reports.map(({ id, title, at, performer }) => (
              <th key={id} scope="col">
                <strong>
                  <DateText date={words.day(at)} />
                </strong>
                <br />
                {title} {performer}
              </th>
            ))}
          </tr>
        </thead>
        {[...Map.groupBy(rows, ({ panel }) => panel)].map(([panel, same]) => (
          <tbody key={panel}>
            <tr>
              <th scope="rowgroup" colSpan={reports.length + 1} className="pb-compared-panel">
                {same[0]!.panelName}
              </th>
            </tr>
            {same.map((row) => (
              <tr key={row.code} className={row.apart ? 'pb-apart' : undefined}>
                <th scope="row">
                  <IndicatorName name={row.name} meaning={row.meaning} />{' '}
                  <span className="pb-unit">{row.cells.find((cell) => cell !== null)?.unitPrinted}</span>
                </th>
                {row.cells.map((cell, column) => (
                  <td key={reports[column]!.id}>{cell && <Cell cell={cell} ours={row.ours} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

/** A value, below it its interval and how far it moved. */
function Cell({ cell, ours }: { cell: NonNullable<ComparedRow['cells'][number]>; ours: ComparedRow['ours'] }) {
  const t = useT('observation')
  const own = rangeWords(cell)
  const range = own || (ours && cell.value !== null && rangeWords(ours) ? `${rangeWords(ours)}${t('value.ours')}` : '')
  const moved = cell.change && changeWords(cell.change, cell.decimals)
  return (
    <>
      <ValueText shown={cell} unit={false} />
      <div className="pb-hint pb-nowrap">
        {range}
        {moved && (
          <>
            {range && ' · '}
            <span className={cell.change?.beyondVariation ? 'pb-compared-clear' : undefined}>
              {moved}
              {cell.change?.beyondVariation && ` ${t('compare.clear')}`}
            </span>
          </>
        )}
      </div>
    </>
  )
}
