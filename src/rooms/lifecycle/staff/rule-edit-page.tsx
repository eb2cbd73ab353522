import { Form, Input, Switch } from 'antd'
import {
  Card,
  Columns,
  ConditionBuilder,
  DraftForm,
  Field,
  Loading,
  Page,
  ProblemAlert,
  useAction,
  useApi,
  useGo,
  usePathParam,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { countSegment } from '../../segment/contract/segment.ts'
import { useCount } from '../../segment/staff/words.tsx'
import { countStageRule, draftStageRule, readStageRule, type RuleVersion } from '../contract/rule.ts'
import { condition, STAGES, type Stage, type StageRule } from '../contract/words.ts'
import { RULE_CHANGED } from './changed.ts'

export function RuleEditPage() {
  const t = useT('lifecycle')
  const stage = usePathParam('stage') as Stage
  const { data, error, refetch } = useApi(readStageRule, { params: { stage } }, { keep: false })
  const breadcrumbs = [{ label: t('nav.rules'), to: '/relationship-rules' }]
  return (
    <Page title={t('edit.title', { stage: t(`stage.${stage}`) })} hint={t('edit.hint')} breadcrumbs={breadcrumbs}>
      {error ? (
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      ) : data ? (
        <RuleForm stage={stage} versions={data.versions} />
      ) : (
        <Loading lines={6} />
      )}
    </Page>
  )
}

interface Values {
  meaning: { zh: string; en: string }
  has: boolean
  condition?: StageRule['condition']
  source: string
}

const whole = (complaint: string) => async (_rule: unknown, value: unknown) => {
  if (!condition.safeParse(value).success) throw new Error(complaint)
}

function RuleForm({ stage, versions }: { stage: Stage; versions: readonly RuleVersion[] }) {
  const t = useT('lifecycle')
  const say = useSay()
  const go = useGo()
  const [form] = Form.useForm<Values>()
  const count = useCount(countStageRule as unknown as typeof countSegment)
  const draft = versions.find(({ state }) => state === 'draft')
  const from = (draft ?? versions.find(({ state }) => state === 'active') ?? versions[0])?.definition
  const has = (Form.useWatch('has', form) as boolean | undefined) ?? from?.condition != null
  const save = useAction(draftStageRule, {
    invalidates: RULE_CHANGED,
    onDone: () => {
      say.done(t('rules.drafted'))
      go('/relationship-rules', { replace: true })
    },
  })
  const send = ({ has: asks = false, condition: asked = null, meaning, source }: Values) =>
    save.mutateAsync({
      params: { stage },
      body: {
        definition: { meaning, source, condition: asks ? asked : null, reviewer: null },
        revision: draft?.revision ?? 0,
      },
    })
  return (
    <Card>
      <DraftForm<Values>
        name={`stage-rule-${stage}`}
        form={form}
        initial={from ? { ...from, has: from.condition !== null } : { has: true }}
        submit={t('edit.save')}
        onSubmit={send}
        onCancel={() => go('/relationship-rules')}
      >
        <Columns minPx={260}>
          <Field name={['meaning', 'zh']} label={t('edit.meaningZh')} required>
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={200} />
          </Field>
          <Field name={['meaning', 'en']} label={t('edit.meaningEn')} required>
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={200} />
          </Field>
        </Columns>
        {stage !== STAGES[0] && (
          <Field name="has" label={t('edit.has')} required valuePropName="checked">
            <Switch />
          </Field>
        )}
        {has && (
          <Form.Item
            name="condition"
            label={t('edit.condition')}
            required
            validateTrigger="onSubmit"
            rules={[{ validator: whole(t('edit.conditionWrong')) }]}
          >
            <ConditionBuilder purpose="audience" count={count} />
          </Form.Item>
        )}
        <Field name="source" label={t('edit.source')} required>
          <Input maxLength={300} />
        </Field>
      </DraftForm>
    </Card>
  )
}
