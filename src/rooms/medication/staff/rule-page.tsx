import { Input, InputNumber, Switch, Form } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  Card,
  DraftForm,
  Field,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { changeMedicationRule, getMedicationRule } from '../contract/rule.ts'

type Rule = OutputOf<typeof getMedicationRule>

interface Values {
  skippedRun: number
  asks: boolean
  silentDays?: number
  validMinutes: number
  because: string
}

/** 用药提醒规则: the house's numbers. */
export function RulePage() {
  const t = useT('medication')
  const { data, error, refetch } = useApi(getMedicationRule)
  return (
    <Page title={t('rule.title')} hint={t('rule.hint')}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={6} />}
      {data && (
        <Stack>
          <RuleForm key={data.current.version} rule={data} />
          <History rule={data} />
        </Stack>
      )}
    </Page>
  )
}

function RuleForm({ rule: { current } }: { rule: Rule }) {
  const t = useT('medication')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const asks = (Form.useWatch('asks', form) as boolean | undefined) ?? current.policy.silentDays !== null
  const save = useAction(changeMedicationRule, {
    invalidates: [getMedicationRule],
    onDone: () => say.done(t('rule.saved')),
  })
  const submit = ({ skippedRun, silentDays, validMinutes, because }: Values) =>
    save.mutateAsync({
      body: {
        policy: { skippedRun, silentDays: asks ? (silentDays ?? 5) : null, validMinutes },
        version: current.version,
        because,
      },
    })
  return (
    <DraftForm<Values>
      name={`medication-rule-${current.version}`}
      form={form}
      keepDraft={false}
      initial={{
        ...current.policy,
        silentDays: current.policy.silentDays ?? 5,
        asks: current.policy.silentDays !== null,
      }}
      submit={t('rule.save')}
      onSubmit={submit}
    >
      <Card>
        <Field name="skippedRun" label={t('rule.skippedRun')} required extra={t('rule.skippedRunHint')}>
          <InputNumber min={2} max={30} precision={0} />
        </Field>
        <Field name="asks" label={t('rule.asks')} required valuePropName="checked" extra={t('rule.asksHint')}>
          <Switch />
        </Field>
        {asks && (
          <Field name="silentDays" label={t('rule.silentDays')} required>
            <InputNumber min={2} max={21} precision={0} />
          </Field>
        )}
        <Field name="validMinutes" label={t('rule.validMinutes')} required extra={t('rule.validMinutesHint')}>
          <InputNumber min={15} max={240} precision={0} />
        </Field>
        <Field name="because" label={t('rule.because')} required>
          <Input maxLength={300} />
        </Field>
      </Card>
    </DraftForm>
  )
}

function History({ rule: { current, history } }: { rule: Rule }) {
  const t = useT('medication')
  return (
    <Card title={t('rule.history')}>
      <ul className="md-list">
        {[current, ...history].map((one) => (
          <li key={one.version}>
            {one.version === 0 ? t('rule.shipped') : t('rule.version', { version: one.version })}{' '}
            <span className="pb-hint">
              {t('rule.numbers', {
                skipped: one.policy.skippedRun,
                silent: one.policy.silentDays ?? '–',
                minutes: one.policy.validMinutes,
              })}{' '}
              {one.by} <InstantText at={one.at} /> {one.because}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
