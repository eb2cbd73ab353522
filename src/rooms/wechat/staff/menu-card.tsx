import { Button } from 'antd'
import { useState } from 'react'
import {
  Empty,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Status,
  useAction,
  useApi,
  useConfirmReach,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { WeChatAccountView } from '../contract/account.ts'
import { publishMenu, readMenu, withdrawMenu, type MenuView } from '../contract/menu.ts'
import { MenuEditor } from './menu-editor.tsx'
import { Refused } from './refused.tsx'
import './menu.css'

/** 菜单: what followers see below the talk, drafted here and published from here. */
export function MenuCard({ account }: { account: WeChatAccountView }) {
  const t = useT('wechat')
  const [editing, setEditing] = useState(false)
  const { data, error, refetch } = useApi(readMenu, { params: { accountId: account.id } })
  return (
    <section aria-label={t('menu.title')}>
      <h3 className="pb-wechat-part">{t('menu.title')}</h3>
      <p className="pb-hint">{t('menu.hint')}</p>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && <Shown account={account} menu={data} onEdit={() => setEditing(true)} />}
      <SideDrawer
        title={t('menu.editNamed', { name: account.name })}
        open={editing && data !== undefined}
        onClose={() => setEditing(false)}
      >
        {editing && data && <MenuEditor account={account} menu={data} onDone={() => setEditing(false)} />}
      </SideDrawer>
    </section>
  )
}

function Shown({ account, menu, onEdit }: { account: WeChatAccountView; menu: MenuView; onEdit: () => void }) {
  const t = useT('wechat')
  const { draft, published } = menu
  const place = ({ at }: MenuView['faults'][number]) => {
    const [index, below] = at.split('.')
    if (!index) return t('menu.whole')
    const number = Number(index) + 1
    return below === undefined
      ? t('menu.number', { number })
      : t('menu.numberBelow', { number, below: Number(below) + 1 })
  }
  return (
    <>
      {draft.length === 0 ? (
        <Empty title={t('menu.none')} hint={t('menu.noneHint')} />
      ) : (
        <ol className="pb-wechat-menu" aria-label={t('menu.title')}>
          {draft.map((one, index) => (
            <li key={index}>
              {one.below.length > 0 && (
                <ul>
                  {one.below.map((below, place) => (
                    <li key={place}>{below.name || '…'}</li>
                  ))}
                </ul>
              )}
              <strong>{one.name || '…'}</strong>
            </li>
          ))}
        </ol>
      )}
      {menu.faults.length > 0 && (
        <div role="status">
          <Status tone="danger">{t('menu.faults')}</Status>
          <ul>
            {menu.faults.map((fault) => (
              <li key={`${fault.at} ${fault.kind}`}>
                {place(fault)} · {t(`menu.fault.${fault.kind}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p>
        {published ? (
          <>
            <Status tone={published.isDraft ? 'good' : 'due'}>
              {t(published.isDraft ? 'menu.publishedAt' : 'menu.changedSince', { by: published.by })}
            </Status>{' '}
            <InstantText at={published.at} />
          </>
        ) : (
          draft.length > 0 && <Status tone="plain">{t('menu.notPublished')}</Status>
        )}
      </p>
      <Acts account={account} menu={menu} onEdit={onEdit} />
    </>
  )
}

function Acts({ account, menu, onEdit }: { account: WeChatAccountView; menu: MenuView; onEdit: () => void }) {
  const t = useT('wechat')
  const say = useSay()
  const confirm = useConfirmReach()
  const publish = useAction(publishMenu, { invalidates: [readMenu], onDone: () => say.done(t('menu.published')) })
  const withdraw = useAction(withdrawMenu, { invalidates: [readMenu], onDone: () => say.done(t('menu.withdrawn')) })
  const params = { accountId: account.id }
  const askToPublish = async () => {
    const reach = [account.name, t('menu.publishReach')]
    if (await confirm({ title: t('menu.publishTitle'), reach, verb: t('menu.publish') }))
      publish.mutate({ params, body: { version: menu.version } })
  }
  const askToWithdraw = async () => {
    const reach = [account.name, t('menu.withdrawReach')]
    if (await confirm({ title: t('menu.withdrawTitle'), reach, verb: t('menu.withdraw'), danger: true }))
      withdraw.mutate({ params })
  }
  return (
    <>
      <Refused problem={publish.error ?? withdraw.error} />
      <Row>
        <Button onClick={onEdit}>
          {t('menu.edit')}
          <span className="pb-sr"> {account.name}</span>
        </Button>
        {menu.draft.length > 0 && !menu.published?.isDraft && (
          <Button
            type="primary"
            loading={publish.isPending}
            disabled={menu.faults.length > 0}
            onClick={() => void askToPublish()}
          >
            {t('menu.publish')}
          </Button>
        )}
        {menu.published && (
          <Button danger loading={withdraw.isPending} onClick={() => void askToWithdraw()}>
            {t('menu.withdraw')}
          </Button>
        )}
      </Row>
    </>
  )
}
