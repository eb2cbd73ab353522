import { Input, InputNumber } from 'antd'
import { Card, DraftForm, Field, Loading, ProblemAlert, Row, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import { changeSettings, getSettings } from '../contract/organization.ts'
import { settings, type Settings } from '../contract/settings.ts'
import { TimeInput } from './time-input.tsx'

/** By which hours and limits the house works. */
export function HouseRules() {
  const { data, error, refetch } = useApi(getSettings)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return <RulesForm key={data.version} given={data.settings} version={data.version} />
}

function RulesForm({ given, version }: { given: Settings; version: number }) {
  const t = useT('organization')
  const say = useSay()
  const change = useAction(changeSettings, { invalidates: [getSettings], onDone: () => say.done(t('saved')) })
  const save = (values: Settings) => change.mutateAsync({ body: { settings: { ...given, ...values }, version } })
  const span = (name: 'callHours', hint: string) => (
    <>
      <Row>
        <Field name={[name, 'from']} label={t(`hours.${name}.from`)} required>
          <TimeInput />
        </Field>
        <Field
          name={[name, 'to']}
          label={t('hours.to')}
          required
          dependencies={[[name, 'from']]}
          rules={[
            ({ getFieldValue }) => ({
              validator: async (_rule, to: string | undefined) => {
                if (to && to <= (getFieldValue([name, 'from']) as string)) throw new Error(t('hours.order'))
              },
            }),
          ]}
        >
          <TimeInput />
        </Field>
      </Row>
      <p className="pb-hint" style={{ margin: '-8px 0 24px' }}>
        {hint}
      </p>
    </>
  )
  const limit = (key: keyof Settings['messageLimits'], max: number) => (
    <Field name={['messageLimits', key]} label={t(`limits.${key}`)} required>
      <InputNumber min={1} max={max} precision={0} />
    </Field>
  )
  return (
    <div style={{ maxWidth: 760 }}>
      <Card>
        <DraftForm<Settings> name="house-rules" initial={given} schema={settings} onSubmit={save} submit={t('save')}>
          <Field name="digestAt" label={t('hours.digestAt')} required extra={t('hours.digestUse')}>
            <TimeInput />
          </Field>
          {span('callHours', t('hours.callHours.use'))}
          {/* When and how often people are written to stands in the rules of sending (room message). */}
          <p className="pb-hint">{t('hours.messages')}</p>
          {limit('mailsPerMinute', 1_000_000)}
          <Field name="webAddress" label={t('mail.webAddress')} extra={t('mail.webAddressUse')}>
            <Input placeholder="https://care.example.cn" />
          </Field>
          <Field name="mailFrom" label={t('mail.from')} extra={t('mail.fromUse')}>
            <Input type="email" />
          </Field>
        </DraftForm>
      </Card>
    </div>
  )
}
