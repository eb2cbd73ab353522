import { Checkbox, Form, Radio, Select } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { DraftForm, Field, SideDrawer, useAction, useLocale, useSay, useT } from '../../../platform/web/index.ts'
import { listPrintedReports, printReport, type Conclusion } from '../contract/health-report.ts'
import { ConclusionFields } from './conclusion-fields.tsx'

interface Values {
  examId: string
  language: 'zh-CN' | 'en'
  conclusions?: Conclusion[]
  sign?: boolean
}

export interface PrintDrawerProps {
  patientId: string
  /** What can be printed, and the conclusions to begin with. */
  offer: OutputOf<typeof listPrintedReports>
  open: boolean
  onClose: () => void
}

/** Orders a report: which examination, in which language, with whose conclusions, signed or as a draft. */
export function PrintDrawer({ patientId, offer, open, onClose }: PrintDrawerProps) {
  const t = useT('health-report')
  const say = useSay()
  const locale = useLocale()
  const print = useAction(printReport, { invalidates: [listPrintedReports] })
  const send = async ({ examId, language, conclusions = [], sign = false }: Values) => {
    await print.mutateAsync({
      params: { patientId: patientId as never },
      body: { examId: examId as never, language, conclusions, sign },
    })
    onClose()
    say.done(t('print.done'))
  }
  return (
    <SideDrawer title={t('print.action')} open={open} onClose={onClose} widthPx={640}>
      <DraftForm<Values>
        name={`print-report-${patientId}`}
        initial={{ examId: offer.exams[0]?.id ?? '', language: locale, conclusions: offer.proposed, sign: false }}
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
        <ConclusionFields />
        {offer.can.sign ? (
          <Form.Item name="sign" valuePropName="checked" extra={t('print.unsigned')}>
            <Checkbox>{t('print.sign')}</Checkbox>
          </Form.Item>
        ) : (
          <p className="pb-hint">{t('print.unsigned')}</p>
        )}
      </DraftForm>
    </SideDrawer>
  )
}
