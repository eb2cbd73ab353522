import { Checkbox, Form, Input, Radio } from 'antd'
import {
  DateInput,
  DraftForm,
  Field,
  SideDrawer,
  useAction,
  useLocale,
  useSay,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { listBatches, printMany } from '../contract/batch.ts'

interface Values {
  title: string
  from: string
  to: string
  language: 'zh-CN' | 'en'
  drafts?: boolean
}

/** Prints all reports that were issued in some days. */
export function BatchDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT('health-report')
  const say = useSay()
  const today = useToday()
  const locale = useLocale()
  const print = useAction(printMany, { invalidates: [listBatches] })
  const send = async ({ title, from, to, language, drafts = false }: Values) => {
    const { total } = await print.mutateAsync({ body: { title, issued: { from, to }, language, drafts } })
    onClose()
    say.done(t('said.begun', { count: total }))
  }
  return (
    <SideDrawer title={t('batch.begin')} open={open} onClose={onClose} widthPx={440}>
      <p className="pb-hint">{t('batch.hint')}</p>
      <DraftForm<Values>
        name="report-batch"
        initial={{ title: t('batch.title', { day: today }), from: today, to: today, language: locale }}
        keepDraft={false}
        submit={t('batch.start')}
        onSubmit={send}
        onCancel={onClose}
      >
        <Field name="title" label={t('batch.called')} required>
          <Input maxLength={80} />
        </Field>
        <Field name="from" label={t('batch.from')} required>
          <DateInput />
        </Field>
        <Field name="to" label={t('batch.to')} required>
          <DateInput />
        </Field>
        <Field name="language" label={t('print.language')} required>
          <Radio.Group
            options={[
              { value: 'zh-CN', label: t('print.zh') },
              { value: 'en', label: t('print.en') },
            ]}
          />
        </Field>
        <Form.Item name="drafts" valuePropName="checked" extra={t('batch.draftsHint')}>
          <Checkbox>{t('batch.drafts')}</Checkbox>
        </Form.Item>
      </DraftForm>
    </SideDrawer>
  )
}
