import { Alert, Button, Typography } from 'antd'
import { useState } from 'react'
import {
  Card,
  DataTable,
  Empty,
  Facts,
  Figures,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  SideDrawer,
  useApi,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { getSmsAccount, listUnplaced, type AccountView } from '../contract/account.ts'
import { AccountForm } from './account-form.tsx'

type Unplaced = OutputOf<typeof listUnplaced>['rows'][number]

/** 短信设置: by whose account short messages go, what became of them, and what was called back and belongs to nothing. */
export function AccountPage() {
  const t = useT('sms')
  const { data, error, isLoading, refetch } = useApi(getSmsAccount, {})
  const [editing, setEditing] = useState(false)
  const account = data?.account
  return (
    <Page
      title={t('nav.sms')}
      hint={t('account.hint')}
      actions={
        <Button type="primary" onClick={() => setEditing(true)} disabled={!data}>
          {t(account ? 'account.change' : 'account.enter')}
        </Button>
      }
    >
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {isLoading && <Loading />}
      {data && (account ? <Account account={account} /> : <None />)}
      {data && account && <Outcome figures={data.figures} />}
      {data && account && <UnplacedCard />}
      <SideDrawer
        title={t(account ? 'account.change' : 'account.enter')}
        open={editing}
        onClose={() => setEditing(false)}
      >
        {editing && <AccountForm account={account ?? null} onDone={() => setEditing(false)} />}
      </SideDrawer>
    </Page>
  )
}

function None() {
  const t = useT('sms')
  return (
    <Card>
      <Empty title={t('account.none')} hint={t('account.noneHint')} />
    </Card>
  )
}

function Account({ account }: { account: AccountView }) {
  const t = useT('sms')
  const secret = (url: string) => (
    <Typography.Text copyable={{ text: url }} className="pb-number">
      {url.replace(/\/sms\/[^/]+/, '/sms/…')}
    </Typography.Text>
  )
  return (
    <Card title={t('account.title')}>
      {account.standIn && <Alert type="warning" showIcon title={t('account.standIn')} style={{ marginBlockEnd: 16 }} />}
      <Facts
        items={[
          [t('field.provider'), t(`provider.${account.provider}`)],
          [t('field.active'), t(account.active ? 'account.on' : 'account.off')],
          [
            t('field.keyId'),
            <span key="id" className="pb-number">
              {account.keyId}
            </span>,
          ],
          [
            t('field.keySecret'),
            <span key="secret" className="pb-number">
              …{account.secretEnd}
            </span>,
          ],
          ...(account.appId ? [[t('field.appId'), account.appId] as [string, string]] : []),
          [t('field.signName'), `【${account.signName}】`],
          ...(account.promotionSignName
            ? [[t('field.promotionSignName'), `【${account.promotionSignName}】`] as [string, string]]
            : []),
          ...(account.codeTemplate
            ? [[t('field.codeTemplate'), `${account.codeTemplate} ${account.codeText}`] as [string, string]]
            : []),
          [t('callback.receipts'), secret(account.callbacks.receipts)],
          [t('callback.replies'), secret(account.callbacks.replies)],
          [
            t('field.changed'),
            <>
              {account.changedBy} · <InstantText at={account.changedAt} />
            </>,
          ],
        ]}
      />
    </Card>
  )
}

function Outcome({ figures }: { figures: OutputOf<typeof getSmsAccount>['figures'] }) {
  const t = useT('sms')
  const names = ['sent', 'segments', 'delivered', 'undelivered', 'inDoubt'] as const
  return (
    <Card title={t('figure.title')}>
      <Figures items={names.map((name) => ({ key: name, label: t(`figure.${name}`), value: figures[name] }))} />
    </Card>
  )
}

function UnplacedCard() {
  const t = useT('sms')
  const { data, error, refetch } = useApi(listUnplaced, {})
  return (
    <Card flush title={t('unplaced.title')}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <DataTable<Unplaced>
        name="sms-unplaced"
        label={t('unplaced.title')}
        rows={data?.rows ?? []}
        columns={[
          { key: 'kind', title: t('unplaced.kind'), render: ({ kind }) => t(`unplaced.what.${kind}`) },
          { key: 'why', title: t('unplaced.why'), render: ({ why }) => whyOf(t, why) },
          {
            key: 'phone',
            title: t('unplaced.phone'),
            render: ({ phoneMasked }) => <span className="pb-number">{phoneMasked ?? '—'}</span>,
          },
          { key: 'at', title: t('unplaced.at'), render: ({ at }) => <InstantText at={at} />, card: 'aside' },
        ]}
        rowKey={({ id }) => id}
        rowName={({ kind }) => t(`unplaced.what.${kind}`)}
        empty={<Empty title={t('unplaced.empty')} hint={t('unplaced.emptyHint')} />}
      />
    </Card>
  )
}

function whyOf(t: T, why: string): string {
  if (why === 'unknown' || why === 'nobody') return t(`unplaced.reason.${why}`)
  return t(`unplaced.reason.${why === 'number' ? 'number' : 'form'}`)
}
