import {
  Card,
  Explained,
  Loaded,
  MoreAbout,
  OwnPage,
  PageParts,
  Term,
  useOwn,
  useT,
  useWhose,
} from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { readMyReport } from '../contract/own.ts'
import { ResultList } from './result-list.tsx'
import { useDay } from './use-day.ts'
import './report.css'

type Report = OutputOf<typeof readMyReport>

/** One report: what the doctor says, what each marked result means, then everything else, folded away. */
export function ReportPage({ parameter }: { parameter: string }) {
  const t = useT('health-report')
  const whose = useWhose()
  const own = useOwn(readMyReport, { params: { compositionId: parameter as never } })
  return (
    <OwnPage title={t('my.title')} back="/my/reports" backText={t(whose ? 'my.listTheirs' : 'my.list')}>
      <Loaded of={own}>
        {(report) => (
          <>
            <Head report={report} />
            <Conclusions report={report} />
            <Marked report={report} />
            <PageParts of="/my/report/:id" parameter={report.id} />
            <Others report={report} />
            {whose ? (
              <p className="pp-hint">{t('my.forRelatives')}</p>
            ) : (
              <a className="pp-button pp-wide" href={`/api/my/reports/${report.id}/file`}>
                {t('my.download')}
              </a>
            )}
            <Ask phone={report.phone} />
          </>
        )}
      </Loaded>
    </OwnPage>
  )
}

function Head({ report: { examOn, title, issuedBy, issuedOn, version, because } }: { report: Report }) {
  const t = useT('health-report')
  const day = useDay()
  return (
    <>
      <p>
        {day(examOn)} {title}
      </p>
      <p className="pp-hint">{t('my.issued', { name: issuedBy, day: day(issuedOn) })}</p>
      {version > 1 && because && <p className="pp-hint">{t('my.corrects', { version, because })}</p>}
    </>
  )
}

function Conclusions({ report: { conclusions } }: { report: Report }) {
  const t = useT('health-report')
  if (conclusions.length === 0) return null
  return (
    <Card title={t('my.doctorSays')}>
      <ol className="pp-report-said">
        {conclusions.map(({ title, advice }) => (
          <li key={title}>
            <strong>
              <Explained text={title} />
            </strong>
            {advice && (
              <p>
                <Explained text={advice} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Marked({ report: { explained } }: { report: Report }) {
  const t = useT('health-report')
  const day = useDay()
  if (explained.length === 0)
    return (
      <Card title={t('my.marked')}>
        <p>{t('my.noneMarkedLong')}</p>
      </Card>
    )
  return (
    <section aria-labelledby="marked" className="pp-report-marked">
      <h2 id="marked">{t('my.marked')}</h2>
      <p className="pp-hint">{t('my.markedNote')}</p>
      {explained.map((one) => (
        <Card key={one.name} title={one.about ? <Term meaning={one.about}>{one.name}</Term> : one.name}>
          <p>{one.standing}</p>
          <p className="pp-report-value" data-flag={FLAGS[one.flag]}>
            <strong>{one.value}</strong> <small>{one.unit}</small>{' '}
            {one.flag && <span>{t(`my.flag.${FLAGS[one.flag]}`)}</span>}
          </p>
          <p className="pp-hint pp-report-beside">
            {one.rangeText && <span>{t('my.range', { range: one.rangeText })}</span>}
            {one.previous && (
              <span>{t('my.previous', { day: day(one.previous.date), value: one.previous.value })}</span>
            )}
          </p>
          <p>
            <Explained text={one.advice} />
          </p>
          <MoreAbout word={one.name} />
        </Card>
      ))}
    </section>
  )
}

export const FLAGS = { '↑': 'high', '↓': 'low', 异常: 'abnormal', '': 'none' } as const

function Others({ report: { parts, notDone } }: { report: Report }) {
  const t = useT('health-report')
  return (
    <Card title={t('my.all')}>
      {parts.map((part) => (
        <details key={part.title} className="pp-report-part">
          <summary>
            {part.title}{' '}
            <span className="pp-hint">{part.items.length > 0 && t('my.items', { count: part.items.length })}</span>
          </summary>
          {part.items.length > 0 && <ResultList label={part.title} items={part.items} />}
          {part.narrative?.finding && <p>{part.narrative.finding}</p>}
          {part.narrative?.impression && (
            <p>
              <strong>
                <Explained text={part.narrative.impression} />
              </strong>
            </p>
          )}
        </details>
      ))}
      {notDone.length > 0 && (
        <p className="pp-hint">{t('my.notDone', { items: notDone.map(({ name }) => name).join(t('my.comma')) })}</p>
      )}
    </Card>
  )
}

function Ask({ phone }: { phone: string | null }) {
  const t = useT('health-report')
  return (
    <p>
      {t('my.ask')}{' '}
      {phone && (
        <a className="pp-call" href={`tel:${phone}`}>
          {phone}
        </a>
      )}
    </p>
  )
}
