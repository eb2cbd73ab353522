import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { SMS_PROVIDERS, type SmsProviderName } from '../../../platform/sms/provider.ts'
import { variablesOf } from '../../../platform/sms/template.ts'
import { Card, Field, Row, useApi, useT } from '../../../platform/web/index.ts'
import { listPlatformTemplates, type PlatformTemplate } from '../../wechat/contract/template.ts'
import { TEMPLATE_CHANNELS } from '../../wechat/contract/words.ts'
import type { TemplateDefinition } from '../contract/template.ts'

type Sms = TemplateDefinition['sms'][number]
type WeChat = TemplateDefinition['wechat'][number]

/** What the providers of SMS and WeChat have approved for this template, and what fills it. */
export function TemplateOutward({ builtIn }: { builtIn: readonly { name: string }[] }) {
  const t = useT('message')
  const variables = (Form.useWatch('variables', { preserve: true }) ?? []) as { name?: string; dataClass?: string }[]
  // Neither provider of SMS lets an address stand in a variable.
  const own = variables.filter(({ name, dataClass }) => name && dataClass !== 'link').map(({ name }) => name!)
  const offered = [...own, ...builtIn.map(({ name }) => name).filter((name) => name !== 'link')]
  return (
    <Card title={t('template.outward')}>
      <p className="pb-hint">{t('template.outwardHint')}</p>
      <SmsList offered={offered} />
      <WeChatList sample={`{{ ${offered[0] ?? 'name'} }}`} />
      <p className="pb-hint">{t('template.textHint')}</p>
    </Card>
  )
}

function SmsList({ offered }: { offered: readonly string[] }) {
  const t = useT('message')
  const written = (Form.useWatch('sms', { preserve: true }) ?? []) as Partial<Sms>[]
  return (
    <Form.List name="sms">
      {(lines, { add, remove }) => (
        <>
          {lines.map(({ key, name }) => {
            const { provider = 'aliyun', text = '' } = written[name] ?? {}
            return (
              <section
                key={key}
                className="pb-variable"
                aria-label={`${t('template.smsTitle')} ${t(`part.${provider}`)}`}
              >
                <Heading title={`${t('template.smsTitle')} · ${t(`part.${provider}`)}`} onRemove={() => remove(name)} />
                <Field name={[name, 'code']} label={t('template.smsCode')} required>
                  <Input maxLength={40} autoComplete="off" />
                </Field>
                <Field name={[name, 'text']} label={t('template.smsText')} required extra={t('template.smsTextHint')}>
                  <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
                </Field>
                {variablesOf({ provider, text }).map((variable) => (
                  <Field
                    key={variable}
                    name={[name, 'values', variable]}
                    label={t('template.smsValue', { name: variable })}
                    required
                  >
                    <Select options={offered.map((value) => ({ value, label: value }))} />
                  </Field>
                ))}
              </section>
            )
          })}
          <Row>
            {SMS_PROVIDERS.filter((provider) => !written.some((one) => one?.provider === provider)).map(
              (provider: SmsProviderName) => (
                <Button
                  key={provider}
                  icon={<PlusOutlined />}
                  onClick={() => add({ provider, code: '', text: '', values: {} })}
                >
                  {t('template.smsAdd', { provider: t(`part.${provider}`) })}
                </Button>
              ),
            )}
          </Row>
        </>
      )}
    </Form.List>
  )
}

function WeChatList({ sample }: { sample: string }) {
  const t = useT('message')
  const written = (Form.useWatch('wechat', { preserve: true }) ?? []) as Partial<WeChat>[]
  const { data } = useApi(listPlatformTemplates, {})
  return (
    <Form.List name="wechat">
      {(lines, { add, remove }) => (
        <>
          {lines.map(({ key, name }) => {
            const { channel = 'wechat-template', templateId } = written[name] ?? {}
            const offered = (data?.rows ?? []).filter((row) => row.channel === channel)
            return (
              <section key={key} className="pb-variable" aria-label={t(`channel.${channel}`)}>
                <Heading title={t(`channel.${channel}`)} onRemove={() => remove(name)} />
                {data && offered.length === 0 && <p className="pb-due">{t('template.wechatNone')}</p>}
                <Field name={[name, 'templateId']} label={t('template.wechatPick')} required>
                  <Select options={offered.map((row) => ({ value: row.templateId, label: row.title }))} />
                </Field>
                <Fields at={name} template={offered.find((row) => row.templateId === templateId)} sample={sample} />
                {channel === 'mini-notice' && (
                  <Field name={[name, 'page']} label={t('template.page')}>
                    <Input maxLength={200} placeholder="pages/plan" autoComplete="off" />
                  </Field>
                )}
              </section>
            )
          })}
          <Row>
            {TEMPLATE_CHANNELS.filter((channel) => !written.some((one) => one?.channel === channel)).map((channel) => (
              <Button
                key={channel}
                icon={<PlusOutlined />}
                onClick={() => add({ channel, templateId: undefined, values: {}, page: '' })}
              >
                {t('template.wechatAdd', { channel: t(`channel.${channel}`) })}
              </Button>
            ))}
          </Row>
        </>
      )}
    </Form.List>
  )
}

/** One line for each field that the platform lists; its name says what it may hold. */
function Fields({ at, template, sample }: { at: number; template: PlatformTemplate | undefined; sample: string }) {
  const t = useT('message')
  return template?.fields.map(({ key, label, allowed }) => (
    <Field
      key={key}
      name={[at, 'values', key]}
      label={t('template.wechatField', { label, name: key })}
      required
      extra={allowed.length > 0 ? undefined : t('template.wechatFieldHint', { sample })}
    >
      {allowed.length > 0 ? (
        <Select options={allowed.map((value) => ({ value, label: value }))} />
      ) : (
        <Input maxLength={200} autoComplete="off" />
      )}
    </Field>
  ))
}

function Heading({ title, onRemove }: { title: string; onRemove: () => void }) {
  const t = useT('message')
  return (
    <Row>
      <h3 style={{ fontSize: 14, margin: 0 }}>{title}</h3>
      <Button size="small" icon={<DeleteOutlined />} onClick={onRemove}>
        {t('template.removeWords')}
        <span className="pb-sr"> {title}</span>
      </Button>
    </Row>
  )
}
