import { Form, Input, Radio, Select } from 'antd'
import { DateInput, DraftForm, Field, useAction, useSay, useT, useToday } from '../../../platform/web/index.ts'
import { correctEntry, readUnderstanding, writeEntry, type Entry } from '../contract/understanding.ts'
import { ENTRY_KINDS, SOURCES, SPEAKERS, type EntryKind, type Said } from '../contract/words.ts'

interface Values {
  kind: EntryKind
  said: Said
  because?: string
}

/** A sentence of theirs, or other words in its place. */
export function EntryForm({
  patientId,
  entry,
  onDone,
}: {
  patientId: string
  entry: Entry | undefined
  onDone: () => void
}) {
  const t = useT('understanding')
  const say = useSay()
  const today = useToday()
  const [form] = Form.useForm<Values>()
  const kind = (Form.useWatch('kind', form) as EntryKind | undefined) ?? entry?.kind ?? 'cares'
  const speaker = (Form.useWatch(['said', 'speaker'], form) as string | undefined) ?? entry?.speaker
  const after = {
    invalidates: [readUnderstanding],
    onDone: () => {
      say.done(t('form.saved'))
      onDone()
    },
  }
  const write = useAction(writeEntry, after)
  const correct = useAction(correctEntry, after)
  const params = { patientId: patientId as never }
  const send = ({ kind: about, said, because = '' }: Values) => {
    const whole = { ...said, relation: said.speaker === 'family' ? (said.relation ?? '') : '' }
    return entry
      ? correct.mutateAsync({ params: { ...params, entryId: entry.id }, body: { said: whole, because } })
      : write.mutateAsync({ params, body: { kind: about, said: whole } })
  }
  const { words, relation, source, heardOn } = entry ?? { words: '', relation: '', source: 'visit', heardOn: today }
  return (
    <DraftForm<Values>
      name={`understanding-${patientId}-${entry?.id ?? 'new'}`}
      form={form}
      initial={{ kind, said: { words, speaker: entry?.speaker ?? 'person', relation, source, heardOn } as Said }}
      submit={t('form.save')}
      onSubmit={send}
      onCancel={onDone}
    >
      {!entry && (
        <Field name="kind" label={t('form.kind')} required>
          <Select options={ENTRY_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
        </Field>
      )}
      <Field name={['said', 'words']} label={t('form.words')} required extra={t(`ask.${kind}`)}>
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={300} />
      </Field>
      <Field name={['said', 'speaker']} label={t('form.speaker')} required>
        <Radio.Group options={SPEAKERS.map((value) => ({ value, label: t(`speaker.${value}`) }))} />
      </Field>
      {speaker === 'family' && (
        <Field name={['said', 'relation']} label={t('form.relation')} required>
          <Input maxLength={20} />
        </Field>
      )}
      <Field name={['said', 'source']} label={t('form.source')} required>
        <Select options={SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))} />
      </Field>
      <Field name={['said', 'heardOn']} label={t('form.heardOn')} required>
        <DateInput allowClear={false} />
      </Field>
      {entry && (
        <Field name="because" label={t('form.because')}>
          <Input maxLength={200} />
        </Field>
      )}
    </DraftForm>
  )
}
