import { Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import {
  DateInput,
  DraftForm,
  Field,
  requestId,
  useAction,
  useCan,
  useSay,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { recordComplaint } from '../contract/complaint.ts'
import { CATEGORIES, HEARD_BY_US, SPEAKERS, type Category, type Channel, type Speaker } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { OwnerField } from './owner-field.tsx'

interface Values {
  category?: Category
  channel: Channel
  words?: string
  speaker: Speaker
  relation?: string
  receivedOn: string
  ownerId?: string
  dueOn: string
}

interface RecordFormProps {
  patientId: string
  dueOn: string
  ownerId: string | null
  onDone: () => void
}

/** 登记投诉: whoever hears it writes it down, and says who answers by when. Sent twice it is one. */
export function RecordForm({ patientId, dueOn, ownerId, onDone }: RecordFormProps) {
  const t = useT('complaint')
  const say = useSay()
  // Whoever stands at the desk hears it there.
  const seesToThem = useCan('complaint.record')
  const today = useToday()
  const [key] = useState(requestId)
  const [form] = Form.useForm<Values>()
  const speaker = Form.useWatch('speaker', form) as Speaker | undefined
  const record = useAction(recordComplaint, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(t('form.saved'))
      onDone()
    },
  })
  return (
    <DraftForm<Values>
      name={`complaint-${patientId}`}
      form={form}
      initial={{
        channel: seesToThem ? 'phone' : 'visit',
        speaker: 'person',
        receivedOn: today,
        ...(ownerId ? { ownerId } : {}),
        dueOn,
      }}
      submit={t('form.save')}
      onCancel={onDone}
      onSubmit={({ relation = '', ...rest }) =>
        record.mutateAsync({
          params: { patientId: patientId as never },
          body: { ...rest, relation: rest.speaker === 'family' ? relation : '', key } as never,
        })
      }
    >
      <Field name="category" label={t('form.category')} required>
        <Select
          options={CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))}
          placeholder={t('form.pick')}
        />
      </Field>
      <Field name="words" label={t('form.words')} required extra={t('form.wordsHint')}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={1000} />
      </Field>
      <Field name="speaker" label={t('form.speaker')} required>
        <Radio.Group options={SPEAKERS.map((value) => ({ value, label: t(`speaker.${value}`) }))} />
      </Field>
      {speaker === 'family' && (
        <Field name="relation" label={t('form.relation')} required>
          <Input maxLength={20} placeholder={t('form.relationHint')} />
        </Field>
      )}
      <Field name="channel" label={t('form.channel')} required>
        <Select options={HEARD_BY_US.map((value) => ({ value, label: t(`channel.${value}`) }))} />
      </Field>
      <Field name="receivedOn" label={t('form.received')} required>
        <DateInput allowClear={false} />
      </Field>
      <OwnerField />
      <Field name="dueOn" label={t('form.due')} required extra={t('form.dueHint')}>
        <DateInput allowClear={false} />
      </Field>
    </DraftForm>
  )
}
