import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import {
  call,
  Columns,
  ConditionBuilder,
  DraftForm,
  Field,
  useAction,
  useSay,
  useT,
  type Count,
} from '../../../platform/web/index.ts'
import { condition as conditionSchema } from '../contract/condition.ts'
import { tagCode, type TagDefinition } from '../contract/rule.ts'
import { listRules, previewCondition, ruleVersions, saveDraft, type RuleView } from '../contract/tag.ts'
import { definitionOf, valuesOf, type RuleValues } from './rule-values.ts'
import { useBilingual } from './words.ts'

export interface RuleFormProps {
  rules: readonly RuleView[]
  /** The version to begin with: the draft, or the rule in force. None begins a new tag. */
  from: RuleView | undefined
  onDone: (code: string) => void
  onCancel: () => void
}

/** Drafts a tag: names, reasons, and its rule by a builder. Saving checks it as a whole. */
export function RuleForm({ rules, from, onDone, onCancel }: RuleFormProps) {
  const t = useT('tag')
  const say = useSay()
  const words = useBilingual()
  const [form] = Form.useForm<RuleValues>()
  const save = useAction(saveDraft, { invalidates: [listRules, ruleVersions] })
  const isAuto = Form.useWatch('auto', form) ?? from?.definition.condition !== null
  const groups = new Map<string, TagDefinition['group']>(
    rules.map(({ definition }) => [definition.group.code, definition.group]),
  )
  const send = async (values: RuleValues) => {
    const definition = definitionOf(values, from?.definition, groups)
    await save.mutateAsync({ params: { code: definition.code }, body: { definition } })
    say.done(t('edit.saved'))
    onDone(definition.code)
  }
  const count: Count = async (condition, signal) => {
    const body = { condition, ...(from ? { code: from.code } : {}) }
    const { faults, ...counted } = await call(previewCondition, { body }, { signal })
    return { ...counted, faults: faults.map(({ code, value }) => t(`fault.${code}`, { value })) }
  }
  const options = (room: 'tone' | 'visibility', values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${room}.${value}`) }))
  return (
    <DraftForm<RuleValues>
      name={`tag-rule-${from ? `${from.code}-${from.version}` : 'new'}`}
      form={form}
      initial={valuesOf(from?.definition)}
      submit={t('edit.save')}
      onSubmit={send}
      onCancel={onCancel}
    >
      {!from && (
        <Field
          name="code"
          label={t('edit.code')}
          required
          extra={t('edit.codeHint')}
          rules={[{ validator: fitting(tagCode, t('edit.codeWrong')) }]}
        >
          <Input maxLength={59} />
        </Field>
      )}
      <Columns minPx={260}>
        <Field name="nameZh" label={t('edit.nameZh')} required>
          <Input maxLength={20} />
        </Field>
        <Field name="nameEn" label={t('edit.nameEn')} required>
          <Input maxLength={40} />
        </Field>
        <Field name="group" label={t('rules.group')} required>
          <Select options={[...groups.values()].map(({ code, name }) => ({ value: code, label: words(name) }))} />
        </Field>
        <Field name="tone" label={t('rule.tone')} required>
          <Select options={options('tone', ['neutral', 'info', 'caution', 'danger'])} />
        </Field>
      </Columns>
      <Field name="visibility" label={t('rule.visibility')} required>
        <Select options={options('visibility', ['clinical', 'service'])} />
      </Field>
      <Form.Item name="auto" valuePropName="checked">
        <Checkbox>{t('edit.auto')}</Checkbox>
      </Form.Item>
      {isAuto && (
        <Form.Item
          name="condition"
          label={t('edit.condition')}
          required
          validateTrigger="onSubmit"
          rules={[{ validator: fitting(conditionSchema, t('edit.conditionWrong')) }]}
        >
          <ConditionBuilder purpose="care" count={count} />
        </Form.Item>
      )}
      <Field name="explanationZh" label={t('edit.explanationZh')} required>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} />
      </Field>
      <Field name="explanationEn" label={t('edit.explanationEn')} required>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={400} />
      </Field>
      <Field name="source" label={t('rules.source')} required extra={t('edit.sourceHint')}>
        <Input.TextArea autoSize={{ minRows: 1 }} maxLength={300} />
      </Field>
      <Field name="standsForDays" label={t('rule.standsFor')} extra={t('edit.standsForHint')}>
        <InputNumber min={1} max={3660} precision={0} suffix={t('field.unitDays')} style={{ width: 160 }} />
      </Field>
      {from && from.definition.then.length > 0 && <p className="pb-hint">{t('edit.thenKept')}</p>}
    </DraftForm>
  )
}

const fitting =
  (schema: { safeParse: (value: unknown) => { success: boolean } }, complaint: string) =>
  async (_rule: unknown, value: unknown) => {
    if (value !== undefined && value !== '' && !schema.safeParse(value).success) throw new Error(complaint)
  }
