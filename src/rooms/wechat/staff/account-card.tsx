import { Alert, Button, Typography } from 'antd'
import {
  call,
  Card,
  Facts,
  Figures,
  InstantText,
  Row,
  Stack,
  Status,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { checkWeChatAccount, type WeChatAccountView } from '../contract/account.ts'
import { useState } from 'react'
import { ContactWays } from './contact-ways.tsx'
import { MenuCard } from './menu-card.tsx'
import { StaffList } from './staff-list.tsx'
import { TemplateList } from './template-list.tsx'

/** One account: what it is, whether it works, what goes by it. */
export function AccountCard({ account, onEdit }: { account: WeChatAccountView; onEdit: () => void }) {
  const t = useT('wechat')
  const number = (text: string) => <span className="pb-number">{text}</span>
  return (
    <Card
      title={`${account.name} · ${t(`kind.${account.kind}`)}`}
      extra={
        <Row>
          <Check account={account} />
          <Button onClick={onEdit}>
            {t('account.change')}
            <span className="pb-sr"> {account.name}</span>
          </Button>
        </Row>
      }
    >
      <Stack>
        {account.standIn && <Alert type="warning" showIcon title={t('account.standIn')} />}
        {account.fault && (
          <Alert
            type="error"
            showIcon
            title={t('account.fault', { code: account.fault.code, text: account.fault.text })}
            description={t('account.faultHint')}
          />
        )}
        <Facts
          items={[
            [
              t('field.active'),
              <Status key="on" tone={account.active ? 'good' : 'due'}>
                {t(account.active ? 'account.on' : 'account.off')}
              </Status>,
            ],
            [t(account.kind === 'wecom' ? 'field.corpId' : 'field.appId'), number(account.appId)],
            ...(account.agentId ? [[t('field.agentId'), number(String(account.agentId))] as [string, never]] : []),
            [t(account.kind === 'wecom' ? 'field.corpSecret' : 'field.secret'), number(`…${account.secretEnd}`)],
            [t('field.encrypted'), t(account.encrypted ? 'field.safe' : 'field.plain')],
            [
              t('field.callback'),
              <Typography.Text key="callback" copyable={{ text: account.callback }} className="pb-number">
                {new URL(account.callback).pathname.replace(/[^/]+$/, '…')}
              </Typography.Text>,
            ],
            [
              t('field.lastEvent'),
              account.lastEventAt ? <InstantText key="last" at={account.lastEventAt} /> : t('field.never'),
            ],
            ...(account.welcome ? [[t('field.welcome'), account.welcome] as [string, string]] : []),
            [
              t('field.changed'),
              <span key="changed">
                {account.changedBy} · <InstantText at={account.changedAt} />
              </span>,
            ],
          ]}
        />
        <Outcome account={account} />
        {account.kind === 'wecom' ? <StaffList account={account} /> : <TemplateList account={account} />}
        {account.kind === 'service' && <MenuCard account={account} />}
        {account.kind === 'wecom' && <ContactWays account={account} />}
      </Stack>
    </Card>
  )
}

function Check({ account }: { account: WeChatAccountView }) {
  const t = useT('wechat')
  const say = useSay()
  const [asking, setAsking] = useState(false)
  const [refused, setRefused] = useState('')
  const check = async () => {
    setAsking(true)
    setRefused('')
    try {
      const { ok, code, text } = await call(checkWeChatAccount, { params: { accountId: account.id } })
      if (ok) say.done(t('account.checkOk'))
      else setRefused(code === 'unreachable' ? t('account.unreachable') : t('account.checkBad', { code, text }))
    } catch (error) {
      say.problem(error as Error)
    } finally {
      setAsking(false)
    }
  }
  return (
    <>
      {refused && (
        <span role="alert">
          <Status tone="danger">{refused}</Status>
        </span>
      )}
      <Button loading={asking} onClick={() => void check()}>
        {t('account.check')}
        <span className="pb-sr"> {account.name}</span>
      </Button>
    </>
  )
}

function Outcome({ account: { figures, kind } }: { account: WeChatAccountView }) {
  const t = useT('wechat')
  const names = [
    'accepted',
    'delivered',
    'refused',
    'inDoubt',
    ...(kind === 'wecom' ? ['waiting', 'staffTold', 'staffMissed'] : []),
  ] as const
  return (
    <section aria-label={t('figure.title')}>
      <p className="pb-hint">{t('figure.title')}</p>
      <Figures
        items={names.map((name) => ({
          key: name,
          label: t(`figure.${name}`),
          value: figures[name as keyof typeof figures],
        }))}
      />
    </section>
  )
}
