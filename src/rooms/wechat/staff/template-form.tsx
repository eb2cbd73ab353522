import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input, Select } from 'antd'
import { Columns, Field, ProblemAlert, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { listWeChatAccounts, type WeChatAccountView } from '../contract/account.ts'
import { listPlatformTemplates, putPlatformTemplate, type PlatformTemplate } from '../contract/template.ts'
import { KIND_OF, TEMPLATE_CHANNELS, type TemplateChannel } from '../contract/words.ts'

interface Values {
  templateId: string
  channel: TemplateChannel
  title: string
  category: string
  lasting: boolean
  fields: { key: string; label: string; allowed: string }[]
}

/** A template as the platform's back end lists it. */
export function TemplateForm({
  account,
  template,
  onDone,
}: {
  account: WeChatAccountView
  template: PlatformTemplate | null
  onDone: () => void
}) {
  const t = useT('wechat')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const offered = TEMPLATE_CHANNELS.filter((channel) => KIND_OF[channel] === account.kind)
  const channel = Form.useWatch('channel', form) ?? template?.channel ?? offered[0]
  const put = useAction(putPlatformTemplate, {
    invalidates: [listWeChatAccounts, listPlatformTemplates],
    onDone: () => {
      say.done(t('template.saved'))
      onDone()
    },
  })
  const initial = template
    ? { ...template, fields: template.fields.map((field) => ({ ...field, allowed: field.allowed.join('\n') })) }
    : { channel: offered[0], fields: [{ key: 'thing1', label: '', allowed: '' }] }
  const save = ({ templateId, fields, category = '', lasting = false, ...values }: Values) => {
    const read = fields.map(({ allowed = '', ...field }) => ({
      ...field,
      allowed: allowed
        .split('\n')
        .map((one) => one.trim())
        .filter(Boolean),
    }))
    put.mutate({
      params: { accountId: account.id, templateId: template?.templateId ?? templateId.trim() },
      body: { ...values, category, lasting, fields: read },
    })
  }
  return (
    <Form<Values> form={form} layout="vertical" initialValues={initial} onFinish={save}>
      <ProblemAlert problem={put.error} />
      {!template && (
        <Field name="templateId" label={t('template.id')} required>
          <Input maxLength={64} autoComplete="off" />
        </Field>
      )}
      <Field name="title" label={t('template.name')} required>
        <Input maxLength={40} />
      </Field>
      <Field name="channel" label={t('template.channel')} required>
        <Select options={offered.map((value) => ({ value, label: t(`channel.${value}`) }))} />
      </Field>
      <Field name="category" label={t('template.category')}>
        <Input maxLength={40} />
      </Field>
      {channel !== 'wechat-template' && (
        <Form.Item name="lasting" valuePropName="checked" extra={t('template.lastingHint')}>
          <Checkbox>{t('template.lasting')}</Checkbox>
        </Form.Item>
      )}
      <FieldList />
      <Button
        type="primary"
        htmlType="submit"
        loading={put.isPending}
        style={{ display: 'block', marginBlockStart: 20 }}
      >
        {t('template.save')}
      </Button>
    </Form>
  )
}

function FieldList() {
  const t = useT('wechat')
  const fields = (Form.useWatch('fields') ?? []) as Values['fields']
  return (
    <Form.List name="fields">
      {(lines, { add, remove }) => (
        <>
          {lines.map(({ key, name }) => (
            <Columns key={key} minPx={140}>
              <Field name={[name, 'key']} label={t('template.key')} required>
                <Input placeholder="thing1" maxLength={24} autoComplete="off" />
              </Field>
              <Field name={[name, 'label']} label={t('template.label')} required>
                <Input maxLength={30} />
              </Field>
              {/^(enum|const)/.test(fields[name]?.key ?? '') && (
                <Field
                  name={[name, 'allowed']}
                  label={t('template.allowed')}
                  required
                  extra={t('template.allowedHint')}
                >
                  <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
                </Field>
              )}
              <Form.Item required label={<span className="pb-sr">{t('template.removeField')}</span>}>
                <Button icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label={t('template.removeField')} />
              </Form.Item>
            </Columns>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ key: '', label: '', allowed: '' })}>
            {t('template.addField')}
          </Button>
        </>
      )}
    </Form.List>
  )
}
