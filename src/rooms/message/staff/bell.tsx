import './message.css'
import { BellOutlined } from '@ant-design/icons'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { InstantText, useAction, useApi, useGo, useT } from '../../../platform/web/index.ts'
import { listNotices, readNotices, type Notice } from '../contract/notice.ts'

const LOOK_EVERY_MS = 60_000

/** 提醒: what one should know, newest first. The number is of those not read. */
export function Bell() {
  const t = useT('message')
  const [open, setOpen] = useState(false)
  const { data } = useApi(listNotices, undefined, { everyMs: LOOK_EVERY_MS })
  const unread = data?.unread ?? 0
  const label = unread > 0 ? t('bell.unread', { count: unread }) : t('bell.title')
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={<Notices rows={data?.rows ?? []} unread={unread} onGo={() => setOpen(false)} />}
    >
      <Badge count={unread} size="small" offset={[-4, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={label} aria-expanded={open} />
      </Badge>
    </Popover>
  )
}

function Notices({ rows, unread, onGo }: { rows: readonly Notice[]; unread: number; onGo: () => void }) {
  const t = useT('message')
  const go = useGo()
  const read = useAction(readNotices, { invalidates: [listNotices] })
  const follow = (notice: Notice) => {
    if (!notice.readAt) read.mutate({ body: { ids: [notice.id] } })
    onGo()
    if (notice.link) go(notice.link)
  }
  return (
    <div className="pb-notices" role="dialog" aria-label={t('bell.title')}>
      <div className="pb-notices-head">
        <strong>{t('bell.title')}</strong>
        {unread > 0 && (
          <button type="button" className="pb-link" onClick={() => read.mutate({ body: {} })}>
            {t('bell.readAll')}
          </button>
        )}
      </div>
      {rows.length === 0 && <p className="pb-hint">{t('bell.none')}</p>}
      <ul>
        {rows.map((notice) => (
          <li key={notice.id}>
            <button
              type="button"
              className={notice.readAt ? 'pb-notice' : 'pb-notice pb-notice-new'}
              onClick={() => follow(notice)}
            >
              <span>
                {!notice.readAt && <span className="pb-sr">{t('bell.new')}</span>}
                {notice.title}
              </span>
              <span className="pb-hint">
                {notice.text} <InstantText at={notice.at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
