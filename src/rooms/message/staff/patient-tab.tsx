import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import './message.css'
import {
  Card,
  DataTable,
  DraftForm,
  Empty,
  Field,
  InstantText,
  ProblemAlert,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useApiPages,
  useOpened,
  useSay,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import { listMessages, patientMessages, sendByHand, setPreference, summarizeMessages } from '../contract/message.ts'
import { columnsOf } from './ledger.tsx'
import { MessageDrawer } from './message-drawer.tsx'
import type { OutputOf } from '../../../platform/contract/index.ts'

type Answer = OutputOf<typeof patientMessages>
const CHANGED = [patientMessages, listMessages, summarizeMessages]

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

/** What the person wants to get. Changed on their word, effective at once. */
function Preferences({ patientId, answer, t }: { patientId: string; answer: Answer; t: T }) {
  const say = useSay()
  const change = useAction(setPreference, { invalidates: CHANGED })
  const put = (preference: Answer['preferences'][number], optedOut: boolean) => {
    const { purpose, channel } = preference
    const words = { purpose: t(`purpose.${purpose}`), channel: t(`channel.${channel}`) }
    const body = (out: boolean) => ({
      params: { patientId: patientId as never },
      body: { purpose, channel, optedOut: out },
    })
    change.mutate(body(optedOut), {
      onError: say.problem,
      onSuccess: () =>
        say.undoable({
          text: t(optedOut ? 'preference.stopped' : 'preference.resumed', words),
          undo: () => change.mutateAsync(body(!optedOut)),
        }),
    })
  }
  return (
    <Card title={t('preference.title')}>
      <p className="pb-hint">{t('preference.hint')}</p>
      <ul className="pb-plain-list">
        {answer.preferences.map((preference) => (
          <li key={`${preference.purpose} ${preference.channel}`} className="pb-preference">
            <span>
              {t(`purpose.${preference.purpose}`)} · {t(`channel.${preference.channel}`)}
            </span>
            <PreferenceState preference={preference} answer={answer} t={t} />
            {answer.can.setPreference && (preference.optedOut || mayGet(preference, answer)) && (
              <button
                type="button"
                className="pb-link"
                disabled={change.isPending}
                onClick={() => put(preference, !preference.optedOut)}
              >
                {t(preference.optedOut ? 'preference.resume' : 'preference.stop')}
                <span className="pb-sr">
                  {t(`purpose.${preference.purpose}`)} {t(`channel.${preference.channel}`)}
                </span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

type Preference = Answer['preferences'][number]

/** A promotion needs a consent of its own, and mails none that was refused when the card was opened. */
function mayGet({ purpose, channel }: Preference, { consents }: Answer): boolean {
  if (purpose === 'promotion') return consents.promotion === true
  return channel === 'in-app' || consents.service !== false
}

function PreferenceState({ preference, answer, t }: { preference: Preference; answer: Answer; t: T }) {
  const word = preference.optedOut ? 'out' : mayGet(preference, answer) ? 'in' : 'missing'
  return (
    <span>
      <Status tone={word === 'out' ? 'due' : word === 'in' ? 'good' : 'plain'}>{t(`preference.${word}`)}</Status>{' '}
      {preference.at && (
        <span className="pb-hint">
          {t(`how.${preference.how}`)} {preference.how === 'patient-word' && preference.by}{' '}
          <InstantText at={preference.at} />
        </span>
      )}
    </span>
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
