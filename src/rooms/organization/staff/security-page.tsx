import { InputNumber, Switch } from 'antd'
import { Card, DraftForm, Field, Loading, Page, ProblemAlert, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import { changeSecurityPolicy, getSecurityPolicy } from '../contract/organization.ts'
import { securityPolicy, type SecurityPolicy } from '../contract/settings.ts'

/** Bounds as the contract has them; shown, so that nobody has to guess. */
const NUMBERS = [
  ['passwordLengthMin', 8, 32],
  ['passwordDaysMax', 7, 90],
  ['failuresMax', 3, 5],
  ['lockMinutes', 15, 1440],
  ['idleMinutes', 5, 30],
  ['sessionHours', 1, 12],
] as const satisfies [keyof SecurityPolicy, number, number][]

/** Rules for passwords, lock-out and sessions. */
export function SecurityPage() {
  const t = useT('organization')
  const { data, error, refetch } = useApi(getSecurityPolicy)
  return (
    <Page title={t('security.title')} hint={t('security.hint')} width="reading">
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <Card>
          <PolicyForm key={data.version} policy={data.policy} version={data.version} />
        </Card>
      )}
    </Page>
  )
}

function PolicyForm({ policy, version }: { policy: SecurityPolicy; version: number }) {
  const t = useT('organization')
  const say = useSay()
  const change = useAction(changeSecurityPolicy, { invalidates: [getSecurityPolicy], onDone: () => say.done(t('saved')) })
  const save = (values: SecurityPolicy) => change.mutateAsync({ body: { policy: { ...policy, ...values }, version } })
  return (
    <DraftForm<SecurityPolicy> name="security-policy" initial={policy} schema={securityPolicy} onSubmit={save} submit={t('save')}>
      {NUMBERS.map(([key, min, max]) => (
        <Field key={key} name={key} label={t(`security.${key}`)} required extra={t('security.between', { min, max })}>
          <InputNumber min={min} max={max} precision={0} />
        </Field>
      ))}
      <Field name="secondFactorForAll" label={t('security.secondFactorForAll')} required extra={t('security.secondFactorUse')} valuePropName="checked">
        <Switch />
      </Field>
    </DraftForm>
  )
}
