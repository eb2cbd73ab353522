import { Button } from 'antd'
import { DateText, Loading, ProblemAlert, useApi, usePathParam, useT } from '../../../platform/web/index.ts'
import { readSummary } from '../contract/summary.ts'
import './stage-summary.css'

/** On paper: the words alone, with who signed. */
export function PrintPage() {
  const t = useT('stage-summary')
  const [patientId, summaryId] = [usePathParam('patientId'), usePathParam('summaryId')]
  const { data, error, refetch } = useApi(readSummary, { params: { patientId, summaryId } as never })
  if (error)
    return (
      <main className="ss-paper">
        <h1>{t('list.title')}</h1>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </main>
    )
  if (!data) return <Loading lines={8} />
  return (
    <main className="ss-paper">
      <div className="ss-no-print">
        <Button type="primary" onClick={() => window.print()}>
          {t('act.print')}
        </Button>
      </div>
      <h1>{t('list.title')}</h1>
      <p>
        <DateText date={data.fromOn} /> – <DateText date={data.untilOn} />
        {data.state !== 'signed' && `（${t(`state.${data.state}`)}）`}
      </p>
      {data.sections
        .filter(({ sentences }) => sentences.length > 0)
        .map((section) => (
          <section key={section.key}>
            <h2>{t(`section.${section.key}`)}</h2>
            {section.sentences.map(({ id, text }) => (
              <p key={id}>{text}</p>
            ))}
          </section>
        ))}
      {data.signedAt && (
        <p className="ss-signed">
          {t('view.signedBy', { name: data.signedBy ?? '' })} <DateText date={data.signedAt.slice(0, 10)} />
        </p>
      )}
    </main>
  )
}
