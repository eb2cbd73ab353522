import { FilePdfOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import {
  DateText,
  InstantText,
  openFile,
  Row,
  Stack,
  Status,
  useLocale,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { openPrintedReport, type PrintedReport } from '../contract/health-report.ts'

const TONE = { waiting: 'due', ready: 'good', failed: 'danger', withdrawn: 'plain' } as const

export interface PrintedRowProps {
  patientId: string
  report: PrintedReport
  canWithdraw: boolean
  onWithdraw: () => void
}

/** One printed report: of which examination, signed or not, by whom, and what may be done with it. */
export function PrintedRow({ patientId, report, canWithdraw, onWithdraw }: PrintedRowProps) {
  const t = useT('health-report')
  const locale = useLocale()
  const say = useSay()
  const { id, number, state, signedBy, warnings } = report
  const open = () =>
    void openFile(openPrintedReport, { params: { patientId: patientId as never, reportId: id } }).catch(say.problem)
  const strange = warnings.flatMap(({ characters }) => characters)
  const standing = state === 'ready' || state === 'waiting'
  return (
    <Stack tight>
      <Row>
        <strong className="pb-number">{t('list.number', { number })}</strong>
        <Status tone={TONE[state]}>{t(`state.${state}`)}</Status>
        <Status tone={signedBy ? 'good' : 'plain'}>
          {signedBy ? t('list.signed', { name: signedBy }) : t('list.draft')}
        </Status>
      </Row>
      <Row>
        <span>
          <span className="pb-hint">{t('print.exam')}</span> <DateText date={report.examOn} />
        </span>
        <span>{t(report.language === 'en' ? 'print.en' : 'print.zh')}</span>
        {report.pageCount !== null && <span className="pb-number">{t('list.pages', { count: report.pageCount })}</span>}
        <span className="pb-hint">
          {report.createdBy && t('list.by', { name: report.createdBy })} <InstantText at={report.createdAt} />
        </span>
      </Row>
      {state === 'withdrawn' && report.reason && (
        <span className="pb-hint">{t('list.because', { reason: report.reason })}</span>
      )}
      {state === 'failed' && <span className="pb-hint">{t('list.failedHint')}</span>}
      {strange.length > 0 && state === 'ready' && (
        <Alert
          type="warning"
          showIcon
          title={t('list.warning', { characters: strange.join(locale === 'en' ? ', ' : '、') })}
        />
      )}
      {standing && (
        <Row>
          {standing && (
            <Button icon={<FilePdfOutlined />} onClick={open}>
              {t('list.open')}
              <span className="pb-sr">{number}</span>
            </Button>
          )}
          {canWithdraw && (
            <Button type={state === 'ready' ? 'text' : 'default'} danger onClick={onWithdraw}>
              {t('list.withdraw')}
              <span className="pb-sr">{number}</span>
            </Button>
          )}
        </Row>
      )}
    </Stack>
  )
}
