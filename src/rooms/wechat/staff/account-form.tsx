import { Button, Checkbox, Form, Input, InputNumber, Select, Switch } from 'antd'
import { Field, ProblemAlert, useAction, useSay, useT } from '../../../platform/web/index.ts'
import {
  addWeChatAccount,
  changeWeChatAccount,
  listWeChatAccounts,
  type WeChatAccountView,
} from '../contract/account.ts'
import { listPlatformTemplates } from '../contract/template.ts'
import { WECHAT_KINDS, type WeChatKind } from '../contract/words.ts'

interface Values {
  kind: WeChatKind
  name: string
  appId: string
  agentId: number | null
  secret: string
  token: string
  aesKey: string
  welcome: string
  active: boolean
  renewCallback: boolean
}

const EMPTY: Values = {
  kind: 'service',
  name: '',
  appId: '',
  agentId: null,
  secret: '',
  token: '',
  aesKey: '',
  welcome: '',
  active: true,
  renewCallback: false,
}

/** An account. What is secret goes in and never comes out: left empty it stays as it is. */
export function AccountForm({ account, onDone }: { account: WeChatAccountView | null; onDone: () => void }) {
  const t = useT('wechat')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('kind', form) ?? account?.kind ?? 'service'
  const done = {
    invalidates: [listWeChatAccounts, listPlatformTemplates],
    onDone: () => {
      say.done(t('account.saved'))
      onDone()
    },
  }
  const add = useAction(addWeChatAccount, done)
  const change = useAction(changeWeChatAccount, done)
  const save = (given: Values) => {
    const { renewCallback, kind: of, appId, ...values } = { ...EMPTY, ...given }
    if (!account) return add.mutate({ body: { ...values, kind: of, appId } })
    return change.mutate({
      params: { accountId: account.id },
      body: { ...values, version: account.version, renewCallback },
    })
  }
  const isCorp = kind === 'wecom'
  const kept = account ? t('field.kept') : t('field.secretHint')
  return (
    <Form<Values> form={form} layout="vertical" initialValues={{ ...EMPTY, ...account }} onFinish={save}>
      <ProblemAlert problem={add.error ?? change.error} />
      {!account && (
        <>
          <Field name="kind" label={t('field.kind')} required>
            <Select options={WECHAT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
          </Field>
          <Field name="appId" label={t(isCorp ? 'field.corpId' : 'field.appId')} required>
            <Input maxLength={42} autoComplete="off" />
          </Field>
        </>
      )}
      <Field name="name" label={t('field.name')} required extra={t('field.nameHint')}>
        <Input maxLength={40} />
      </Field>
      {isCorp && (
        <Field name="agentId" label={t('field.agentId')} required>
          <InputNumber min={1} precision={0} controls={false} style={{ width: 160 }} />
        </Field>
      )}
      <Field
        name="secret"
        label={t(isCorp ? 'field.corpSecret' : 'field.secret')}
        required={!account}
        extra={account ? t('field.secretKept', { end: account.secretEnd }) : t('field.secretHint')}
      >
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Field>
      <Field name="token" label={t('field.token')} required={!account} extra={kept}>
        <Input.Password maxLength={32} autoComplete="new-password" />
      </Field>
      <Field
        name="aesKey"
        label={t('field.aesKey')}
        required={!account && isCorp}
        extra={account?.encrypted ? t('field.kept') : t(isCorp ? 'field.aesKeyNeeded' : 'field.aesKeyHint')}
      >
        <Input.Password maxLength={43} autoComplete="new-password" />
      </Field>
      {isCorp && (
        <Field name="welcome" label={t('field.welcome')} extra={t('field.welcomeHint')}>
          <Input.TextArea maxLength={600} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Field>
      )}
      <Field name="active" label={t('field.active')} required valuePropName="checked" extra={t('field.activeHint')}>
        <Switch />
      </Field>
      {account && (
        <Field name="renewCallback" label={t('field.callback')} valuePropName="checked" extra={t('field.renewHint')}>
          <Checkbox>{t('field.renew')}</Checkbox>
        </Field>
      )}
      <Button type="primary" htmlType="submit" loading={add.isPending || change.isPending}>
        {t('account.save')}
      </Button>
    </Form>
  )
}
