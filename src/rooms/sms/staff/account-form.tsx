import { Button, Checkbox, Form, Input, Select, Switch } from 'antd'
import { Field, ProblemAlert, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { SMS_PROVIDERS, type SmsProviderName } from '../../../platform/sms/provider.ts'
import { getSmsAccount, setSmsAccount, type AccountView } from '../contract/account.ts'

interface Values {
  provider: SmsProviderName
  keyId: string
  keySecret: string
  appId: string
  region: string
  signName: string
  promotionSignName: string
  codeTemplate: string
  codeText: string
  active: boolean
  renewCallbacks: boolean
}

const EMPTY: Values = {
  provider: 'aliyun',
  keyId: '',
  keySecret: '',
  appId: '',
  region: '',
  signName: '',
  promotionSignName: '',
  codeTemplate: '',
  codeText: '',
  active: true,
  renewCallbacks: false,
}

/** The account at the provider. The secret goes in and never comes out: left empty it stays as it is. */
export function AccountForm({ account, onDone }: { account: AccountView | null; onDone: () => void }) {
  const t = useT('sms')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const provider = Form.useWatch('provider', form) ?? account?.provider ?? 'aliyun'
  const save = useAction(setSmsAccount, {
    invalidates: [getSmsAccount],
    onDone: () => {
      say.done(t('account.saved'))
      onDone()
    },
  })
  const isKept = account !== null && account.provider === provider
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={{ ...EMPTY, ...account }}
      onFinish={(values) => save.mutate({ body: { ...EMPTY, ...values, version: account?.version ?? null } })}
    >
      <ProblemAlert problem={save.error} />
      <Field name="provider" label={t('field.provider')} required>
        <Select options={SMS_PROVIDERS.map((value) => ({ value, label: t(`provider.${value}`) }))} />
      </Field>
      <Field name="keyId" label={t(`key.${provider}.id`)} required>
        <Input maxLength={128} autoComplete="off" />
      </Field>
      <Field
        name="keySecret"
        label={t(`key.${provider}.secret`)}
        required={!isKept}
        extra={isKept ? t('field.secretKept', { end: account.secretEnd }) : t('field.secretHint')}
      >
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Field>
      {provider === 'tencent' && (
        <>
          <Field name="appId" label={t('field.appId')} required>
            <Input maxLength={20} inputMode="numeric" />
          </Field>
          <Field name="region" label={t('field.region')}>
            <Input maxLength={20} placeholder="ap-guangzhou" />
          </Field>
        </>
      )}
      <Field name="signName" label={t('field.signName')} required extra={t('field.signNameHint')}>
        <Input maxLength={20} />
      </Field>
      <Field name="promotionSignName" label={t('field.promotionSignName')} extra={t('field.promotionSignNameHint')}>
        <Input maxLength={20} />
      </Field>
      <Field name="codeTemplate" label={t('field.codeTemplate')} extra={t('field.codeTemplateHint')}>
        <Input maxLength={40} placeholder={provider === 'aliyun' ? 'SMS_123456789' : '123456'} />
      </Field>
      <Field name="codeText" label={t('field.codeText')} extra={t('field.codeTextHint')}>
        <Input.TextArea autoSize maxLength={200} />
      </Field>
      <Field name="active" label={t('field.active')} required valuePropName="checked" extra={t('field.activeHint')}>
        <Switch />
      </Field>
      {account && (
        <Field
          name="renewCallbacks"
          label={t('callback.title')}
          valuePropName="checked"
          extra={t('callback.renewHint')}
        >
          <Checkbox>{t('callback.renew')}</Checkbox>
        </Field>
      )}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t('account.save')}
      </Button>
    </Form>
  )
}
