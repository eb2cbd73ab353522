import { Input } from 'antd'
import { DraftForm, Field, SideDrawer, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { listPrintedReports, withdrawPrintedReport, type PrintedReport } from '../contract/health-report.ts'

export interface WithdrawDrawerProps {
  patientId: string
  /** Which report; none: closed. */
  report: PrintedReport | undefined
  onClose: () => void
}

/** Declares a report void: what that means, and why. */
export function WithdrawDrawer({ patientId, report, onClose }: WithdrawDrawerProps) {
  const t = useT('health-report')
  const say = useSay()
  const withdraw = useAction(withdrawPrintedReport, { invalidates: [listPrintedReports] })
  const number = report?.number ?? ''
  const send = async (body: { because: string }) => {
    if (!report) return
    await withdraw.mutateAsync({ params: { patientId: patientId as never, reportId: report.id }, body })
    onClose()
    say.done(t('list.withdrawn', { number }))
  }
  return (
    <SideDrawer title={t('list.withdrawTitle', { number })} open={report !== undefined} onClose={onClose} widthPx={440}>
      <p style={{ marginBottom: 16 }}>{t('list.withdrawHint')}</p>
      <DraftForm<{ because: string }>
        name={`withdraw-${number}`}
        schema={withdrawPrintedReport.body}
        keepDraft={false}
        submit={t('list.withdraw')}
        onSubmit={send}
        onCancel={onClose}
      >
        <Field name="because" label={t('list.withdrawWhy')} required>
          <Input.TextArea rows={3} maxLength={200} placeholder={t('list.withdrawPlaceholder')} autoFocus />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
