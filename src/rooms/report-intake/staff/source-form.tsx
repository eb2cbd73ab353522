import { Button, Form, Input, Select } from 'antd'
import { Field, ProblemAlert, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { addSource, changeSource, listSources, type SourceFields, type SourceView } from '../contract/sources.ts'

const CHOICES = {
  testMessages: ['set-aside', 'accept'],
  register: ['by-channel', 'never', 'complete'],
  numbering: ['auto', 'unique'],
  ackMode: ['honour', 'original'],
} as const
const WORDS = { testMessages: 'tests', register: 'registers', numbering: 'numberings', ackMode: 'acks' } as const

/** One sender: how it is known, and what is done differently for it. */
export function SourceForm({ source, onDone }: { source: Partial<SourceView>; onDone: () => void }) {
  const t = useT('report-intake')
  const say = useSay()
  const done = {
    invalidates: [listSources],
    onDone: () => {
      say.done(t('source.saved'))
      onDone()
    },
  }
  const add = useAction(addSource, done)
  const change = useAction(changeSource, done)
  const save = (values: SourceFields) => {
    const fields = { ...values, timeZone: values.timeZone || null }
    if (source.id) change.mutate({ params: { sourceId: source.id }, body: { ...fields, version: source.version ?? 1 } })
    else add.mutate({ body: fields })
  }
  return (
    <Form
      layout="vertical"
      initialValues={{
        name: '',
        sending: '',
        receiving: '',
        address: '',
        timeZone: '',
        ackMode: 'honour',
        testMessages: 'set-aside',
        register: 'by-channel',
        numbering: 'auto',
        ...source,
      }}
      onFinish={save}
    >
      <ProblemAlert problem={add.error ?? change.error} />
      <Field name="name" label={t('source.name')} required>
        <Input maxLength={80} />
      </Field>
      <Field name="sending" label={t('source.sending')} extra={t('source.sendingHint')}>
        <Input maxLength={200} />
      </Field>
      <Field name="receiving" label={t('source.receiving')}>
        <Input maxLength={200} />
      </Field>
      <Field name="address" label={t('source.address')} extra={t('source.addressHint')}>
        <Input maxLength={60} />
      </Field>
      {(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((name) => (
        <Field key={name} name={name} label={t(`source.${name}`)} extra={t(`source.${name}Hint`)}>
          <Select options={CHOICES[name].map((value) => ({ value, label: t(`source.${WORDS[name]}.${value}`) }))} />
        </Field>
      ))}
      <Field name="timeZone" label={t('source.timeZone')} extra={t('source.timeZoneHint')}>
        <Input maxLength={60} placeholder="Asia/Shanghai" />
      </Field>
      <Button type="primary" htmlType="submit" loading={add.isPending || change.isPending}>
        {t('source.save')}
      </Button>
    </Form>
  )
}
