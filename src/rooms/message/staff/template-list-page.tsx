import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import {
  DateText,
  DraftForm,
  Empty,
  Field,
  ListPage,
  Row,
  SideDrawer,
  Status,
  useApi,
  useGo,
  useLocale,
  useSay,
  useT,
  call,
  type Column,
} from '../../../platform/web/index.ts'
import { listTemplates, saveDraft, type TemplateLine } from '../contract/template.ts'
import { templateCode } from '../contract/words.ts'
import { newTemplate } from './new-template.ts'

/** The inventory of templates: what is sent, by whom it is kept, and what is due for a look. */
export function TemplateListPage() {
  const t = useT('message')
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const [adding, setAdding] = useState(false)
  const { data } = useApi(listTemplates)
  const columns: Column<TemplateLine>[] = [
    { key: 'name', title: t('template.name'), render: (line) => line.name[language] },
    { key: 'occasion', title: t('template.occasion'), render: (line) => line.occasion[language] },
    { key: 'purpose', title: t('column.purpose'), render: (line) => t(`purpose.${line.purpose}`), widthPx: 90 },
    {
      key: 'version',
      title: t('template.version'),
      card: 'aside',
      render: (line) => (
        <Row>
          <Status tone={line.upkeep === 'expired' ? 'danger' : line.upkeep === 'due' ? 'due' : 'good'}>
            {line.upkeep === 'fine' ? versionWords(line) : t(`template.upkeep.${line.upkeep}`)}
          </Status>
          {line.hasDraft && <Status tone="low">{t('template.draft')}</Status>}
        </Row>
      ),
    },
    { key: 'owner', title: t('template.owner'), render: (line) => line.ownerName ?? '' },
    { key: 'review', title: t('template.reviewOn'), render: (line) => <DateText date={line.reviewOn} /> },
    {
      key: 'expires',
      title: t('template.expiresOn'),
      render: (line) => <DateText date={line.expiresOn} />,
      optional: true,
    },
  ]
  const versionWords = (line: TemplateLine) =>
    line.origin === 'shipped' ? t('template.shipped') : t('template.versionNumber', { version: line.version })
  return (
    <ListPage<TemplateLine>
      title={t('nav.templates')}
      hint={t('template.hint')}
      actions={
        data?.can.write && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('template.add')}
          </Button>
        )
      }
      name="message-templates"
      label={t('nav.templates')}
      rows={data?.rows ?? []}
      columns={columns}
      rowKey={({ code }) => code}
      rowName={({ name }) => name[language]}
      to={({ code }) => `/message-templates/${code}`}
      empty={<Empty title={t('template.none')} />}
    >
      <SideDrawer title={t('template.add')} open={adding} onClose={() => setAdding(false)}>
        <NewTemplate onCancel={() => setAdding(false)} />
      </SideDrawer>
    </ListPage>
  )
}

function NewTemplate({ onCancel }: { onCancel: () => void }) {
  const t = useT('message')
  const go = useGo()
  const say = useSay()
  const [form] = Form.useForm<{ code: string; zh: string; en: string }>()
  const create = async ({ code, zh, en }: { code: string; zh: string; en: string }) => {
    await call(saveDraft, { params: { code }, body: { definition: newTemplate(code, { zh, en }), revision: null } })
    say.done(t('done.draft'))
    go(`/message-templates/${code}`)
  }
  return (
    <DraftForm
      name="message-template-new"
      form={form}
      onSubmit={create}
      submit={t('template.begin')}
      onCancel={onCancel}
    >
      <Field
        name="code"
        label={t('template.code')}
        required
        extra={t('template.codeHint')}
        rules={[{ validator: checkCode(t('template.codeWrong')) }]}
      >
        <Input placeholder="spring-check" />
      </Field>
      <Field name="zh" label={t('template.nameZh')} required>
        <Input maxLength={40} />
      </Field>
      <Field name="en" label={t('template.nameEn')} required>
        <Input maxLength={60} />
      </Field>
    </DraftForm>
  )
}

const checkCode = (complaint: string) => async (_rule: unknown, value: unknown) => {
  if (value && !templateCode.safeParse(value).success) throw new Error(complaint)
}
