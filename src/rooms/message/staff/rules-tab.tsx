import { Form, Input } from 'antd'
import {
  Card,
  DraftForm,
  Facts,
  Field,
  InstantText,
  Loading,
  ProblemAlert,
  Stack,
  useAction,
  useApi,
  useLocale,
  useSay,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import { changeRules, getRules, type MessagePolicy } from '../contract/rule.ts'
import { PURPOSES } from '../contract/words.ts'
import { CapFields, DayFields, HourFields, OtherFields } from './rules-fields.tsx'
import { RulesPreview } from './rules-preview.tsx'

type Values = MessagePolicy & { because: string }

/** The rules in force, what they would have held, and those before; set by who may, read by the others. */
export function RulesTab() {
  const t = useT('message')
  const { data, error, refetch } = useApi(getRules)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const { current, history } = data
  return (
    <Stack>
      <p className="pb-hint">
        {current.version === 0
          ? t('rules.shipped')
          : t('rules.version', { version: current.version, by: current.by, because: current.because })}{' '}
        {current.at && <InstantText at={current.at} />}
      </p>
      {data.can.write ? (
        <RulesForm key={current.version} current={current} reasons={data.shipped.reasons} />
      ) : (
        <Card title={t('rules.tab.rules')}>
          <Facts items={factsOf(current.policy, t)} />
        </Card>
      )}
      {history.length > 0 && (
        <Card title={t('rules.history')}>
          <ol className="pb-plain-list">
            {history.map((one) => (
              <li key={one.version}>
                {t('rules.version', { version: one.version, by: one.by, because: one.because })}{' '}
                <InstantText at={one.at} />
              </li>
            ))}
          </ol>
        </Card>
      )}
    </Stack>
  )
}

type Reasons = Record<string, { zh: string; en: string }>

function RulesForm({ current, reasons }: { current: { version: number; policy: MessagePolicy }; reasons: Reasons }) {
  const t = useT('message')
  const say = useSay()
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const [form] = Form.useForm<Values>()
  const change = useAction(changeRules, { invalidates: [getRules], onDone: () => say.done(t('rules.saved')) })
  const why = (part: string) => (
    <p className="pb-hint" style={{ margin: '0 0 12px' }}>
      {reasons[part]?.[language]}
    </p>
  )
  const save = ({ because, ...policy }: Values) =>
    change.mutateAsync({ body: { policy, because, version: current.version } })
  return (
    <div style={{ maxWidth: 820 }}>
      <DraftForm<Values>
        name={`message-rules-${current.version}`}
        initial={current.policy as Values}
        schema={changeRules.body!.shape.policy}
        submit={t('rules.save')}
        form={form}
        onSubmit={save}
      >
        <Stack>
          <Card title={t('rules.hours')}>
            {why('hours')}
            <HourFields t={t} />
          </Card>
          <Card title={t('rules.days')}>
            {why('days')}
            <DayFields t={t} />
          </Card>
          <Card title={t('rules.caps')}>
            {why('caps')}
            <CapFields t={t} />
          </Card>
          <OtherFields t={t} why={why} />
          <RulesPreview form={form} />
          <Field name="because" label={t('rules.because')} required>
            <Input maxLength={300} />
          </Field>
        </Stack>
      </DraftForm>
    </div>
  )
}

/** The rules as lines to read. */
function factsOf(policy: MessagePolicy, t: T): [string, string][] {
  const cap = (scope: keyof MessagePolicy['caps']) =>
    (['day', 'week', 'month'] as const)
      .filter((span) => policy.caps[scope][span] !== null)
      .map((span) => `${policy.caps[scope][span]} / ${t(`rules.cap.${span}`)}`)
      .join(' · ') || '–'
  return [
    ...PURPOSES.map((purpose): [string, string] => [
      `${t('rules.hours')} · ${t(`purpose.${purpose}`)}`,
      `${policy.hours[purpose].from}–${policy.hours[purpose].to} · ${t(`rules.day.${policy.days[purpose]}`)}`,
    ]),
    ...policy.channelHours.map((one): [string, string] => [
      `${t(`purpose.${one.purpose}`)} · ${t(`channel.${one.channel}`)}`,
      `${one.from}–${one.to}`,
    ]),
    [`${t('rules.caps')} · ${t('rules.cap.all')}`, cap('all')],
    [`${t('rules.caps')} · ${t('purpose.care')}`, cap('care')],
    [`${t('rules.caps')} · ${t('purpose.promotion')}`, cap('promotion')],
    [t('rules.share'), `${policy.share.percent} % · ${t('days', { count: policy.share.days })}`],
    [t('rules.holdout'), `${policy.holdoutPercent}`],
    [t('rules.secondApproval'), policy.secondApproval.map((leak) => t(`reason.${leak}`)).join('、') || '–'],
    [t('rules.bounceDays'), t('days', { count: policy.bounceDays })],
  ]
}
