import { Alert } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  Facts,
  InstantText,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useApi,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { getReport } from '../contract/reports.ts'
import { EndedNote } from './ended-note.tsx'
import { useValueWords } from './use-value-words.ts'
import { ValueText } from './value-text.tsx'
import { rangeWords } from './value-words.ts'

type Shown = OutputOf<typeof getReport>

/** One report at the side: `?report=…`. */
export function ReportDrawer({ patientId }: { patientId: string }) {
  const t = useT('observation')
  const { id, open, close } = useOpened('report')
  const { data, error, refetch } = useApi(
    getReport,
    { params: { patientId, reportId: id ?? '' } },
    { enabled: id !== undefined, keep: false },
  )
  return (
    <SideDrawer title={data?.report.title ?? t('reports.title')} open={id !== undefined} onClose={close} widthPx={760}>
      <Stack>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
        {!data && !error && <Loading lines={6} />}
        {data && <ReportBody shown={data} open={open} />}
      </Stack>
    </SideDrawer>
  )
}

function ReportBody({ shown, open }: { shown: Shown; open: (id: string) => void }) {
  const t = useT('observation')
  const { report, panels, endedItems, versions } = shown
  return (
    <>
      {report.ended && (
        <Alert
          type="warning"
          title={<EndedNote ended={report.ended} />}
          action={
            <button type="button" className="pb-link" onClick={() => open(report.ended!.replacedBy)}>
              {t('report.newVersion')}
            </button>
          }
        />
      )}
      <Facts
        items={[
          [t('reports.category'), t(`category.${report.category}`)],
          [t('reports.at'), <InstantText key="at" at={report.at} near={false} />],
          [t('report.issued'), report.issuedAt && <InstantText key="issued" at={report.issuedAt} near={false} />],
          [t('reports.performer'), report.performer],
          [t('report.status'), t(`reportStatus.${report.status}`)],
          [t('report.source'), `${report.sourceSystem} ${report.sourceReportId}`],
        ]}
      />
      {report.impression && <TextPart title={t('reports.impression')} text={report.impression} />}
      {report.finding && <TextPart title={t('report.finding')} text={report.finding} />}
      {panels.map((panel) => (
        <Items key={panel.code} name={panel.name} items={panel.items} />
      ))}
      {endedItems.length > 0 && (
        <section>
          <h3>{t('report.endedItems')}</h3>
          {endedItems.map((item) => (
            <div key={item.id}>
              {item.name}{' '}
              <del>
                <ValueText shown={item} />
              </del>{' '}
              {item.ended && <EndedNote ended={item.ended} />}
            </div>
          ))}
        </section>
      )}
      {versions.length > 1 && (
        <section>
          <h3>{t('report.versions')}</h3>
          <ul>
            {versions.map((one) => (
              <li key={one.id}>
                {one.id === report.id ? (
                  <strong>v{one.version}</strong>
                ) : (
                  <button type="button" className="pb-link" onClick={() => open(one.id)}>
                    v{one.version}
                  </button>
                )}{' '}
                {t(`reportStatus.${one.status}`)} <InstantText at={one.recordedAt} near={false} />{' '}
                {one.standing ? t('report.standing') : ''}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function TextPart({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <p style={{ whiteSpace: 'pre-wrap' }}>{text}</p>
    </section>
  )
}

/** The items of a panel: what was sent stands below what it was converted to, the value before beside it. */
function Items({ name, items }: { name: string; items: Shown['panels'][number]['items'] }) {
  const t = useT('observation')
  const words = useValueWords()
  return (
    <section style={{ overflowX: 'auto' }} tabIndex={0} aria-label={name}>
      <h3>{name}</h3>
      <table className="pb-chart-table">
        <caption className="pb-sr">{name}</caption>
        <thead>
          <tr>
            <th scope="col">{t('value.item')}</th>
            <th scope="col">{t('value.result')}</th>
            <th scope="col">{t('value.range')}</th>
            <th scope="col">{t('value.before')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td>{item.name}</td>
              <td>
                <ValueText shown={item} />
                {item.original && (
                  <div className="pb-hint">
                    {t('value.sent', { value: [item.original.value, item.original.unit].filter(Boolean).join(' ') })}
                  </div>
                )}
              </td>
              <td className="pb-hint">{rangeWords(item)}</td>
              <td className="pb-hint">
                {item.before && (
                  <>
                    {item.before.value ?? item.before.text}{' '}
                    <span className="pb-nowrap">{words.day(item.before.at)}</span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
