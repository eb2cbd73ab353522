import { Radio, Select } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { DraftForm, Field, SideDrawer, useAction, useLocale, useSay, useT } from '../../../platform/web/index.ts'
import { listPrintedReports, printReport } from '../contract/health-report.ts'

interface Values {
  examId: string
  language: 'zh-CN' | 'en'
}

export interface PrintDrawerProps {
  patientId: string
  /** What can be printed. */
  offer: OutputOf<typeof listPrintedReports>
  open: boolean
  onClose: () => void
}

/** Orders a paper: which examination, in which language. What is issued is printed signed, all else as a draft. */
export function PrintDrawer({ patientId, offer, open, onClose }: PrintDrawerProps) {
  const t = useT('health-report')
  const say = useSay()
  const locale = useLocale()
  const print = useAction(printReport, { invalidates: [listPrintedReports] })
  const send = async ({ examId, language }: Values) => {
    await print.mutateAsync({
      params: { patientId: patientId as never },
      body: { examId: examId as never, language },
    })
    onClose()
    say.done(t('print.done'))
  }
  return (
    <SideDrawer title={t('print.action')} open={open} onClose={onClose} widthPx={480}>
      <DraftForm<Values>
        name={`print-report-${patientId}`}
        initial={{ examId: offer.exams[0]?.id ?? '', language: locale }}
        keepDraft={false}
        schema={printReport.body}
        submit={t('print.submit')}
        onSubmit={send}
        onCancel={onClose}
      >
        <Field name="examId" label={t('print.exam')} required>
          <Select
            options={offer.exams.map(({ id, title, on, category }) => ({
              value: id as string,
              label: `${on} ${title || t(`kind.${category}`)}`,
            }))}
          />
        </Field>
        <Field name="language" label={t('print.language')} required>
          <Radio.Group
            options={[
              { value: 'zh-CN', label: t('print.zh') },
              { value: 'en', label: t('print.en') },
            ]}
          />
        </Field>
        <p className="pb-hint">{t('print.unsigned')}</p>
      </DraftForm>
    </SideDrawer>
  )
}
