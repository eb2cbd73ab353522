import { Button } from 'antd'
import { useState } from 'react'
import { Card, Empty, Loading, Page, ProblemAlert, SideDrawer, useApi, useT } from '../../../platform/web/index.ts'
import { listWeChatAccounts, type WeChatAccountView } from '../contract/account.ts'
import { AccountCard } from './account-card.tsx'
import { AccountForm } from './account-form.tsx'

/** 微信与企业微信: by whose accounts messages go, their templates, and how they are doing. */
export function AccountsPage() {
  const t = useT('wechat')
  const { data, error, isLoading, refetch } = useApi(listWeChatAccounts, {})
  const [editing, setEditing] = useState<WeChatAccountView | 'new'>()
  const close = () => setEditing(undefined)
  return (
    <Page
      title={t('nav.wechat')}
      hint={t('account.hint')}
      actions={
        <Button type="primary" onClick={() => setEditing('new')} disabled={!data}>
          {t('account.add')}
        </Button>
      }
    >
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {isLoading && <Loading />}
      {data?.rows.length === 0 && (
        <Card>
          <Empty title={t('account.none')} hint={t('account.noneHint')} />
        </Card>
      )}
      {data?.rows.map((account) => (
        <AccountCard key={account.id} account={account} onEdit={() => setEditing(account)} />
      ))}
      <SideDrawer
        title={editing && editing !== 'new' ? t('account.changeNamed', { name: editing.name }) : t('account.add')}
        open={editing !== undefined}
        onClose={close}
      >
        {editing && <AccountForm account={editing === 'new' ? null : editing} onDone={close} />}
      </SideDrawer>
    </Page>
  )
}
