import { ConfigProvider, Form, Input, InputNumber, Radio, Select, Switch } from 'antd'
import {
  Card,
  Columns,
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
import type { OutputOf } from '../../../platform/contract/index.ts'
import { DAY_RULES } from '../../message/contract/rule.ts'
import { TimeInput } from '../../organization/staff/time-input.tsx'
import { changeCallRules, getCallRules, LADDER_OUTCOMES, type CallPolicy } from '../contract/rule.ts'
import { getDesk } from '../contract/desk.ts'
import { useSaid } from './words.tsx'

type Rules = OutputOf<typeof getCallRules>

/** 外呼规则: when people may be called, and when again. */
export function RulesPage() {
  const t = useT('call-desk')
  const { data, error, refetch } = useApi(getCallRules)
  return (
    <Page title={t('rules.title')} hint={t('rules.hint')}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} />}
      {data && (
        <Stack>
          {!data.can.write && <p className="pb-hint">{t('rules.readOnly')}</p>}
          <ConfigProvider componentDisabled={!data.can.write}>
            <RulesForm key={data.current.version} rules={data} />
          </ConfigProvider>
          <History rules={data} />
        </Stack>
      )}
    </Page>
  )
}

interface Values extends Omit<CallPolicy, 'hours'> {
  own: boolean
  hours: { from: string; to: string }
  because?: string
}

function RulesForm({ rules }: { rules: Rules }) {
  const t = useT('call-desk')
  const said = useSaid()
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const { policy, version } = rules.current
  const own = (Form.useWatch('own', form) as boolean | undefined) ?? policy.hours !== null
  const save = useAction(changeCallRules, {
    invalidates: [getCallRules, getDesk],
    onDone: () => say.done(t('rules.saved')),
  })
  const { reasons } = rules.shipped
  const submit = ({ own: hasOwn, hours, because = '', ...rest }: Values) =>
    save.mutateAsync({ body: { policy: { ...rest, hours: hasOwn ? hours : null }, version, because } })
  return (
    <DraftForm<Values>
      name={`call-rules-${version}`}
      form={form}
      initial={{ ...policy, own: policy.hours !== null, hours: policy.hours ?? rules.organizationHours }}
      submit={t('rules.save')}
      onSubmit={submit}
      keepDraft={false}
    >
      <Stack>
        <Card title={t('rules.hours')}>
          <p className="pb-hint">{said(reasons.hours)}</p>
          <Field name="own" label={t('rules.own')} required valuePropName="checked">
            <Switch />
          </Field>
          {own ? (
            <Columns minPx={160}>
              <Field name={['hours', 'from']} label={t('rules.from')} required>
                <TimeInput />
              </Field>
              <Field name={['hours', 'to']} label={t('rules.to')} required>
                <TimeInput />
              </Field>
            </Columns>
          ) : (
            <p>{t('rules.organization', rules.organizationHours)}</p>
          )}
          <Field name="days" label={t('rules.days')} required from={said(reasons.days)}>
            <Radio.Group options={DAY_RULES.map((value) => ({ value, label: t(`rules.day.${value}`) }))} />
          </Field>
        </Card>
        <Ladder policy={policy} hint={said(reasons.ladder)} />
        <Card title={t('rules.limits')}>
          <Columns minPx={220}>
            <Field name="taskTries" label={t('rules.taskTries')} required from={said(reasons.taskTries)}>
              <InputNumber min={1} max={10} precision={0} />
            </Field>
            <Field name="claimMinutes" label={t('rules.claimMinutes')} required from={said(reasons.claimMinutes)}>
              <InputNumber min={2} max={60} precision={0} />
            </Field>
            <Field name="talkMinutes" label={t('rules.talkMinutes')} required>
              <InputNumber min={10} max={240} precision={0} />
            </Field>
          </Columns>
        </Card>
        {rules.can.write && (
          <Field name="because" label={t('rules.because')} required>
            <Input maxLength={300} />
          </Field>
        )}
      </Stack>
    </DraftForm>
  )
}

function Ladder({ policy, hint }: { policy: CallPolicy; hint: string }) {
  const t = useT('call-desk')
  return (
    <Card title={t('rules.ladder')}>
      <p className="pb-hint">{hint}</p>
      {LADDER_OUTCOMES.map((outcome) => (
        <section key={outcome} aria-label={t(`outcomes.${outcome}`)}>
          <h3>{t(`outcomes.${outcome}`)}</h3>
          <Columns minPx={180}>
            {policy.ladder[outcome].map((rung, index) =>
              'afterMinutes' in rung ? (
                <Field
                  key={`${outcome} ${index}`}
                  name={['ladder', outcome, index, 'afterMinutes']}
                  label={`${t('rules.nth', { count: index + 1 })} · ${t('rules.minutesLater')}`}
                  required
                >
                  <InputNumber min={5} max={1440} precision={0} />
                </Field>
              ) : (
                <Field
                  key={`${outcome} ${index}`}
                  name={['ladder', outcome, index, 'nextDay']}
                  label={t('rules.nth', { count: index + 1 })}
                  required
                >
                  <Select
                    options={(['other-half', 'same-time'] as const).map((value) => ({
                      value,
                      label: t(`rules.rungDay.${value}`),
                    }))}
                  />
                </Field>
              ),
            )}
          </Columns>
        </section>
      ))}
      <h3>{t('rules.halves')}</h3>
      <Columns minPx={160}>
        <Field name={['halves', 'morning']} label={t('rules.morning')} required>
          <TimeInput />
        </Field>
        <Field name={['halves', 'afternoon']} label={t('rules.afternoon')} required>
          <TimeInput />
        </Field>
      </Columns>
      <p className="pb-hint">{t('rules.then')}</p>
    </Card>
  )
}

function History({ rules: { current, history } }: { rules: Rules }) {
  const t = useT('call-desk')
  const all = [current, ...history]
  return (
    <Card title={t('rules.history')}>
      <ul className="cd-last">
        {all.map((one) => (
          <li key={one.version}>
            {one.version === 0 ? t('rules.shipped') : t('rules.version', { version: one.version })}{' '}
            <span className="pb-hint">
              {one.by} <InstantText at={one.at} /> {one.because}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
