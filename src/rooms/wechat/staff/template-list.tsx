import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import {
  DataTable,
  Empty,
  SideDrawer,
  Status,
  useAction,
  useConfirmReach,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { listWeChatAccounts, type WeChatAccountView } from '../contract/account.ts'
import { dropPlatformTemplate, listPlatformTemplates, type PlatformTemplate } from '../contract/template.ts'
import { TemplateForm } from './template-form.tsx'

/** What WeChat has approved for this account. */
export function TemplateList({ account }: { account: WeChatAccountView }) {
  const t = useT('wechat')
  const [editing, setEditing] = useState<PlatformTemplate | 'new'>()
  const close = () => setEditing(undefined)
  return (
    <section aria-label={t('template.title')}>
      <DataTable<PlatformTemplate>
        name="wechat-templates"
        label={t('template.title')}
        rows={account.templates}
        toolbar={
          <Button icon={<PlusOutlined />} onClick={() => setEditing('new')}>
            {t('template.add')}
            <span className="pb-sr"> {account.name}</span>
          </Button>
        }
        columns={[
          { key: 'title', title: t('template.name'), render: ({ title }) => title },
          { key: 'channel', title: t('template.channel'), render: ({ channel }) => t(`channel.${channel}`) },
          {
            key: 'fields',
            title: t('template.fields'),
            render: ({ fields }) => fields.map(({ label }) => label).join(' · '),
          },
          {
            key: 'id',
            title: t('template.id'),
            render: ({ templateId }) => <span className="pb-number">{templateId}</span>,
          },
          {
            key: 'state',
            title: t('template.state'),
            card: 'aside',
            render: ({ fault }) => (
              <Status tone={fault ? 'danger' : 'good'}>
                {fault ? t('template.fault', { code: fault.code, text: fault.text }) : t('template.fine')}
              </Status>
            ),
          },
        ]}
        rowKey={({ templateId }) => templateId}
        rowName={({ title }) => title}
        onOpen={(template) => setEditing(template)}
        empty={<Empty title={t('template.none')} hint={t('template.noneHint')} />}
      />
      <SideDrawer
        title={t(editing === 'new' ? 'template.add' : 'template.change')}
        open={editing !== undefined}
        onClose={close}
      >
        {editing && (
          <>
            <p className="pb-hint">{t('template.hint')}</p>
            <TemplateForm account={account} template={editing === 'new' ? null : editing} onDone={close} />
            {editing !== 'new' && <Drop template={editing} onDone={close} />}
          </>
        )}
      </SideDrawer>
    </section>
  )
}

function Drop({ template, onDone }: { template: PlatformTemplate; onDone: () => void }) {
  const t = useT('wechat')
  const say = useSay()
  const confirm = useConfirmReach()
  const drop = useAction(dropPlatformTemplate, {
    invalidates: [listWeChatAccounts, listPlatformTemplates],
    onDone: () => {
      say.done(t('template.dropped'))
      onDone()
    },
  })
  const ask = async () => {
    const reach = [template.title, t('template.dropReach')]
    if (await confirm({ title: t('template.dropTitle'), reach, verb: t('template.drop'), danger: true }))
      drop.mutate(
        { params: { accountId: template.accountId, templateId: template.templateId } },
        { onError: say.problem },
      )
  }
  return (
    <Button danger loading={drop.isPending} onClick={() => void ask()} style={{ marginBlockStart: 12 }}>
      {t('template.drop')}
    </Button>
  )
}
