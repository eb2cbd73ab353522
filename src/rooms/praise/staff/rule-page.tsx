import { Form, Input, InputNumber, Switch } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  Card,
  DraftForm,
  Field,
  Go,
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
import { changePraiseRule, getPraiseRule, type PraisePolicy } from '../contract/praise.ts'
import { MILESTONES, type Milestone } from '../contract/words.ts'

type Rule = OutputOf<typeof getPraiseRule>
interface Values extends PraisePolicy {
  because: string
}

/** 鼓励规则: what is praised here, with the way to the words. */
export function RulePage() {
  const t = useT('praise')
  const { data, error, refetch } = useApi(getPraiseRule)
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

function RuleForm({ rule }: { rule: Rule }) {
  const t = useT('praise')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const { policy, version } = rule.current
  const save = useAction(changePraiseRule, {
    invalidates: [getPraiseRule],
    onDone: () => say.done(t('rule.saved')),
  })
  const submit = ({ because, ...rest }: Values) => save.mutateAsync({ body: { policy: rest, version, because } })
  return (
    <DraftForm<Values>
      name={`praise-rule-${version}`}
      form={form}
      keepDraft={false}
      initial={policy}
      submit={t('rule.save')}
      onSubmit={submit}
    >
      <Stack>
        {MILESTONES.map((one) => (
          <MilestoneCard key={one} milestone={one} rule={rule} />
        ))}
        <Field name="because" label={t('rule.because')} required>
          <Input maxLength={300} />
        </Field>
      </Stack>
    </DraftForm>
  )
}

function MilestoneCard({ milestone, rule }: { milestone: Milestone; rule: Rule }) {
  const t = useT('praise')
  const given = rule.given.find((one) => one.milestone === milestone)!
  return (
    <Card
      title={t(`milestone.${milestone}`)}
      extra={<Go to={`/message-templates/${given.template}`}>{t('rule.words')}</Go>}
    >
      <p className="pb-hint">
        {t(`about.${milestone}`)} {t('rule.given', { count: given.count })}
      </p>
      <Field name={[milestone, 'on']} label={t('rule.on')} required valuePropName="checked">
        <Switch aria-label={t(`milestone.${milestone}`)} />
      </Field>
      {milestone === 'days-in-a-row' && (
        <Field name={[milestone, 'days']} label={t('rule.days')} required>
          <InputNumber min={3} max={21} precision={0} />
        </Field>
      )}
    </Card>
  )
}

function History({ rule: { current, history } }: { rule: Rule }) {
  const t = useT('praise')
  return (
    <Card title={t('rule.history')}>
      <Stack tight>
        {[current, ...history].map((one) => (
          <div key={one.version}>
            {one.version === 0 ? t('rule.shipped') : t('rule.version', { version: one.version })}{' '}
            <span className="pb-hint">
              {MILESTONES.filter((each) => one.policy[each].on)
                .map((each) => t(`milestone.${each}`))
                .join(t('rule.and'))}{' '}
              {one.by} <InstantText at={one.at} /> {one.because}
            </span>
          </div>
        ))}
      </Stack>
    </Card>
  )
}
