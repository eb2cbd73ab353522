import { Form, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import {
  Card,
  DateInput,
  DraftForm,
  Field,
  TabSet,
  useAction,
  useApi,
  useLocale,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { listDirectory } from '../../staff/contract/staff.ts'
import {
  getTemplate,
  listTemplates,
  saveDraft,
  templateDefinition,
  type TemplateDefinition,
  type TemplateFinding,
} from '../contract/template.ts'
import { TemplateBody } from './blocks/template-body.tsx'
import { TemplateOutward } from './template-outward.tsx'
import { TemplateSettings } from './template-settings.tsx'
import { TemplateVariables } from './template-variables.tsx'

type Template = OutputOf<typeof getTemplate>
type Values = Omit<TemplateDefinition, 'code'> & { ownerId?: string; reviewOn?: string; expiresOn?: string }

export interface TemplateFormProps {
  code: string
  template: Template
  shown: NonNullable<Template['draft'] | Template['current']>
  /** Told while one types, as soon as it holds together. */
  onTyped: (definition: TemplateDefinition) => void
  findings: readonly TemplateFinding[]
  /** The block that is open. */
  opened: string | undefined
  onOpen: (id: string | undefined) => void
}

/** Both languages, the variables, and when and how it is sent. Saving makes or changes the draft. */
export function TemplateForm({ code, template, shown, onTyped, findings, opened, onOpen }: TemplateFormProps) {
  const t = useT('message')
  const say = useSay()
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const [written, setWritten] = useState<'zh' | 'en'>(language)
  const [form] = Form.useForm<Values>()
  const directory = useApi(listDirectory, { query: { limit: 500 } })
  const save = useAction(saveDraft, {
    invalidates: [getTemplate, listTemplates],
    onDone: ({ findings, warnings }) => {
      const long = warnings.filter(({ kind }) => kind === 'too-long').length
      if (findings.length > 0) say.done(t('done.draftUnfinished', { count: findings.length }))
      else say.done(long > 0 ? t('done.draftLong', { count: long }) : t('done.draft'))
    },
  })
  const { code: _code, ...initial } = shown.definition
  const definitionOf = (values: Values) => {
    const { ownerId: _owner, reviewOn: _review, expiresOn: _expires, ...definition } = values
    return { ...initial, ...definition, code }
  }
  const submit = (values: Values) => {
    const { ownerId = null, reviewOn = null, expiresOn = null } = values
    const upkeep = { ownerId: ownerId as never, reviewOn: reviewOn || null, expiresOn: expiresOn || null }
    return save.mutateAsync({
      params: { code },
      body: {
        definition: definitionOf(form.getFieldsValue(true) as Values),
        revision: template.draft?.revision ?? null,
        ...upkeep,
      },
    })
  }
  const values = Form.useWatch([], { form, preserve: true }) as Values | undefined
  useEffect(() => {
    const parsed = values && templateDefinition.safeParse(definitionOf(values))
    if (parsed?.success) onTyped(parsed.data)
  }, [values, onTyped])
  const given = {
    ...initial,
    ownerId: shown.ownerId ?? undefined,
    reviewOn: shown.reviewOn ?? undefined,
    expiresOn: shown.expiresOn ?? undefined,
  }
  return (
    <DraftForm<Values>
      name={`message-template-${code}`}
      form={form}
      initial={given as Partial<Values>}
      onSubmit={submit}
      submit={t('template.save')}
    >
      <Card title={t('template.words')}>
        <TabSet
          keep
          active={written}
          onChange={(key) => setWritten(key as 'zh' | 'en')}
          items={(['zh', 'en'] as const).map((each) => ({
            key: each,
            label: t(`part.${each}`),
            content: <Words language={each} />,
          }))}
        />
        <TemplateBody
          language={written}
          builtIn={template.builtIn}
          findings={findings}
          opened={opened}
          onOpen={onOpen}
        />
        <TemplateVariables builtIn={template.builtIn} language={language} />
      </Card>
      <TemplateSettings />
      <TemplateOutward builtIn={template.builtIn} />
      <Card title={t('template.upkeepTitle')}>
        <Field name="ownerId" label={t('template.owner')} extra={t('template.ownerHint')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={(directory.data?.staff ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field name="reviewOn" label={t('template.reviewOn')}>
          <DateInput />
        </Field>
        <Field name="expiresOn" label={t('template.expiresOn')} extra={t('template.expiresHint')}>
          <DateInput />
        </Field>
      </Card>
    </DraftForm>
  )
}

function Words({ language }: { language: 'zh' | 'en' }) {
  const t = useT('message')
  return (
    <Field name={[language, 'subject']} label={t('part.subject')} required extra={t('template.subjectHint')}>
      <Input maxLength={120} />
    </Field>
  )
}
