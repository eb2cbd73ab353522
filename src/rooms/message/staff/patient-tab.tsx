import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import './message.css'
import {
  Card,
  DataTable,
  DraftForm,
  Empty,
  Field,
  ProblemAlert,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useApiPages,
  useOpened,
  useSay,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import { patientMessages, sendByHand } from '../contract/message.ts'
import { columnsOf } from './ledger.tsx'
import { MessageDrawer } from './message-drawer.tsx'
import { CHANGED, Preferences } from './preferences.tsx'
import type { OutputOf } from '../../../platform/contract/index.ts'

type Answer = OutputOf<typeof patientMessages>

/** 消息: what one person was sent, what they do not want, and writing to them. */
export function PatientMessagesTab({ patientId }: { patientId: string }) {
  const t = useT('message')
  const opened = useOpened('message')
  const [writing, setWriting] = useState(false)
  const about = useApi(patientMessages, { params: { patientId }, query: { limit: 1 } })
  const rows = useApiPages(patientMessages, { params: { patientId }, query: { limit: 30 } } as never)
  const { data, error } = about
  return (
    <Stack>
      {error && <ProblemAlert problem={error} onRetry={() => void about.refetch()} />}
      <Card
        flush
        title={t('patient.sent')}
        extra={
          data?.can.send && data.byHand.length > 0 ? (
            <Button type="primary" onClick={() => setWriting(true)}>
              {t('patient.write')}
            </Button>
          ) : undefined
        }
      >
        <DataTable
          name="patient-messages"
          label={t('patient.sent')}
          rows={rows as never}
          columns={columnsOf(t, true)}
          rowKey={({ id }) => id}
          rowName={({ templateName }) => templateName}
          onOpen={({ id }) => opened.open(id)}
          empty={<Empty title={t('patient.none')} hint={t('patient.noneHint')} />}
        />
      </Card>
      {data && <Preferences patientId={patientId} answer={data} t={t} />}
      {data && (
        <SideDrawer title={t('patient.write')} open={writing} onClose={() => setWriting(false)}>
          <WriteForm patientId={patientId} answer={data} onDone={() => setWriting(false)} t={t} />
        </SideDrawer>
      )}
      <MessageDrawer messageId={opened.id} onClose={opened.close} />
    </Stack>
  )
}

interface Written {
  template: string
  values?: Record<string, string>
}

function WriteForm({ patientId, answer, onDone, t }: { patientId: string; answer: Answer; onDone: () => void; t: T }) {
  const say = useSay()
  const [form] = Form.useForm<Written>()
  const code = Form.useWatch('template', form)
  const chosen = answer.byHand.find((template) => template.code === code)
  const send = useAction(sendByHand, {
    invalidates: CHANGED,
    onDone: () => {
      say.done(t('done.sent'))
      onDone()
    },
  })
  const submit = ({ template, values = {} }: Written) =>
    send.mutateAsync({ params: { patientId: patientId as never }, body: { template, values } })
  return (
    <DraftForm<Written>
      name={`message-by-hand-${patientId}`}
      form={form}
      onSubmit={submit}
      submit={t('patient.send')}
      onCancel={onDone}
      keepDraft={false}
    >
      <Field name="template" label={t('column.template')} required extra={chosen?.occasion}>
        <Select options={answer.byHand.map((template) => ({ value: template.code, label: template.name }))} />
      </Field>
      {chosen?.variables.map((variable) => (
        <Field
          key={variable.name}
          name={['values', variable.name]}
          label={variable.label}
          required={!variable.optional}
        >
          <Input placeholder={variable.example} />
        </Field>
      ))}
      <p className="pb-hint">{t('patient.writeHint')}</p>
    </DraftForm>
  )
}
