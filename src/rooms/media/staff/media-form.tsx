import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { DateInput, DraftForm, Field, Row, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { listMedia, mediaVersions, readMedia, saveMedia, type MediaView } from '../contract/items.ts'
import { KINDS, topic, type MediaDefinition, type Picture } from '../contract/words.ts'
import { BothLanguages } from './both-languages.tsx'
import { HonestFields } from './honest-fields.tsx'
import { StepFields } from './step-fields.tsx'

const EMPTY = { zh: '', en: '' }

/** What a new card begins with: one empty step. */
const NEW: Partial<MediaDefinition> = {
  kind: 'mechanism',
  title: EMPTY,
  summary: EMPTY,
  topics: [],
  words: [],
  steps: [{ picture: '', alt: EMPTY, caption: EMPTY, source: '' }],
  honest: [],
  licence: 'Apache-2.0 OR CC-BY-4.0',
  reviewer: null,
}

/** The next version of a card, in both languages; it counts once somebody else has published it. */
export function MediaForm({ card, onDone }: { card: MediaView | undefined; onDone: () => void }) {
  const t = useT('media')
  const say = useSay()
  const [form] = Form.useForm<MediaDefinition>()
  const [pictures, setPictures] = useState<Picture[]>(card?.pictures ?? [])
  const save = useAction(saveMedia, { invalidates: [listMedia, readMedia, mediaVersions] })
  const submit = async ({ code, reviewer, honest = [], ...rest }: MediaDefinition) => {
    const definition = { ...rest, honest, code: card?.code ?? code, reviewer: reviewer || null }
    await save.mutateAsync({
      params: { code: definition.code },
      body: { definition, revision: card?.state === 'draft' ? card.revision : 0 },
    })
    say.done(t('form.saved'))
    onDone()
  }
  return (
    <DraftForm<MediaDefinition>
      name={`media-${card?.code ?? 'new'}-${card?.revision ?? 0}`}
      form={form}
      initial={card?.definition ?? NEW}
      submit={t('form.save')}
      onCancel={onDone}
      onSubmit={submit}
    >
      <Row>
        <Field
          name="code"
          label={t('form.code')}
          required
          rules={[{ pattern: /^[a-z0-9][a-z0-9-]{1,58}$/, message: t('form.codeHint') }]}
        >
          <Input disabled={card !== undefined} maxLength={59} />
        </Field>
        <Field name="kind" label={t('form.kind')} required>
          <Select style={{ width: 160 }} options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
        </Field>
      </Row>
      <BothLanguages name={['title']} label={t('form.title')} most={{ zh: 40, en: 80 }} />
      <BothLanguages name={['summary']} label={t('form.summary')} most={{ zh: 120, en: 240 }} />
      <Field
        name="topics"
        label={t('form.topics')}
        extra={t('form.topicsHint')}
        rules={[{ validator: (_rule, all: string[] = []) => areTopics(all, t('form.topicWrong')) }]}
      >
        <Select mode="tags" open={false} tokenSeparators={[' ', ',', '，', '、']} />
      </Field>
      <Field name="words" label={t('form.words')} extra={t('form.wordsHint')}>
        <Select mode="tags" open={false} tokenSeparators={[',', '，', '、']} />
      </Field>
      <StepFields
        pictures={pictures}
        onPicture={(picture) => setPictures((all) => [...all.filter(({ key }) => key !== picture.key), picture])}
      />
      <HonestFields />
      <Field name="licence" label={t('card.licence')} required>
        <Input maxLength={200} />
      </Field>
      <Field name="reviewer" label={t('card.reviewer')}>
        <Input maxLength={60} placeholder={t('card.reviewerOpen')} />
      </Field>
      <Field name="expiresOn" label={t('card.expiresOn')} required>
        <DateInput />
      </Field>
    </DraftForm>
  )
}

function areTopics(all: readonly string[], wrong: string): Promise<void> {
  return all.every((one) => topic.safeParse(one).success) ? Promise.resolve() : Promise.reject(new Error(wrong))
}
