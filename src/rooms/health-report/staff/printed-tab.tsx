import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { Card, Empty, Loading, ProblemAlert, Row, Stack, useApi, useOpened, useT } from '../../../platform/web/index.ts'
import { countWaitingReports, listPrintedReports, type PrintedReport } from '../contract/health-report.ts'
import { PrintDrawer } from './print-drawer.tsx'
import { PrintedRow } from './printed-row.tsx'
import { ReportsPart } from './reports-part.tsx'
import { SealedPart } from './sealed-part.tsx'
import { WithdrawDrawer } from './withdraw-drawer.tsx'

/** How often a report that is being set is asked after; setting one takes some seconds. */
const ASK_MS = 3000

/** 健康报告: the reports of a patient, what was printed, and the sheet that is kept apart. */
export function PrintedTab({ patientId }: { patientId: string }) {
  const t = useT('health-report')
  const opened = useOpened('print')
  const [withdrawing, setWithdrawing] = useState<PrintedReport>()
  const input = { params: { patientId: patientId as never } }
  const { data, error, refetch, dataUpdatedAt } = useApi(listPrintedReports, input, { keep: false })
  const waiting = data?.reports.filter(({ state }) => state === 'waiting').length ?? 0
  // The list is audited each time it is read, so it is read again only when a report has come out.
  const asked = useApi(countWaitingReports, { query: input.params }, { enabled: waiting > 0, everyMs: ASK_MS })
  const hasCome = asked.data !== undefined && asked.data.waiting < waiting && asked.dataUpdatedAt >= dataUpdatedAt
  useEffect(() => {
    if (hasCome) void refetch()
  }, [hasCome, refetch])
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={5} />
  const canPrint = data.can.print && data.exams.length > 0
  const print = canPrint && (
    <Button type="primary" icon={<PrinterOutlined />} onClick={() => opened.open('new')}>
      {t('print.action')}
    </Button>
  )
  return (
    <Stack>
      <ReportsPart patientId={patientId} offer={data} />
      {data.reports.length === 0 ? (
        <Empty title={t(data.exams.length > 0 ? 'list.empty' : 'list.nothing')} action={print} />
      ) : (
        <>
          {print && <Row>{print}</Row>}
          {data.reports.map((report) => (
            <Card key={report.id}>
              <PrintedRow
                patientId={patientId}
                report={report}
                canWithdraw={data.can.print}
                onWithdraw={() => setWithdrawing(report)}
              />
            </Card>
          ))}
        </>
      )}
      {data.exams.length > 0 && <SealedPart patientId={patientId} />}
      {canPrint && (
        <PrintDrawer patientId={patientId} offer={data} open={opened.id !== undefined} onClose={opened.close} />
      )}
      <WithdrawDrawer patientId={patientId} report={withdrawing} onClose={() => setWithdrawing(undefined)} />
    </Stack>
  )
}
