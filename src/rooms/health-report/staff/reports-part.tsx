import { FileAddOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  Card,
  DateText,
  Go,
  InstantText,
  Row,
  Stack,
  Status,
  useAction,
  useGo,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { listCompositions, startComposition } from '../contract/composition.ts'
import { listPrintedReports } from '../contract/health-report.ts'
import { STATE_TONE } from './composition-page.tsx'

type Offer = OutputOf<typeof listPrintedReports>

/** Examinations without a report that are offered; older ones are begun from the print drawer's list. */
const OFFERED = 3

/** The reports of a patient: what is issued or waits for whom, and the examinations that have none yet. */
export function ReportsPart({ patientId, offer }: { patientId: string; offer: Offer }) {
  const t = useT('health-report')
  const begun = offer.exams.filter(({ compositionId }) => compositionId === null).slice(0, OFFERED)
  if (offer.compositions.length === 0 && begun.length === 0) return null
  return (
    <Card title={t('reports.title')}>
      <Stack>
        {begun.map((exam) => (
          <Row key={exam.id}>
            <span>
              <DateText date={exam.on} /> {exam.title || t(`kind.${exam.category}`)}
            </span>
            <Status tone="plain">{t('reports.none')}</Status>
            {offer.can.print && (
              <StartButton patientId={patientId} examId={exam.id} title={`${exam.on} ${exam.title}`} />
            )}
          </Row>
        ))}
        {offer.compositions.map((one) => (
          <Row key={one.id}>
            <Go to={`/report-signing/${one.id}`}>
              <DateText date={one.examOn} /> {one.examTitle}{' '}
              {one.version > 1 && t('list.version', { version: one.version })}
            </Go>
            <Status tone={STATE_TONE[one.state]}>{t(`compositionState.${one.state}`)}</Status>
            {one.issuedAt && (
              <span className="pb-hint">
                {one.issuedBy} <InstantText at={one.issuedAt} />
              </span>
            )}
            {one.notifiedAt && <span className="pb-hint">{t('told.yes')}</span>}
          </Row>
        ))}
      </Stack>
    </Card>
  )
}

function StartButton({ patientId, examId, title }: { patientId: string; examId: string; title: string }) {
  const t = useT('health-report')
  const say = useSay()
  const go = useGo()
  const start = useAction(startComposition, { invalidates: [listPrintedReports, listCompositions] })
  return (
    <Button
      size="small"
      icon={<FileAddOutlined />}
      loading={start.isPending}
      onClick={() =>
        start.mutate(
          { params: { patientId: patientId as never }, body: { examId: examId as never } },
          { onSuccess: ({ id }) => go(`/report-signing/${id}`), onError: say.problem },
        )
      }
    >
      {t('reports.start')}
      <span className="pb-sr">{title}</span>
    </Button>
  )
}
