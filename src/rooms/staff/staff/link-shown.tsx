import { Alert, Button, Input, Space } from 'antd'
import { InstantText, useSay, useT } from '../../../platform/web/index.ts'

export interface ShownLink {
  token: string
  expiresAt: string
  isMailed: boolean
}

/** A link that is shown this once. */
export function LinkShown({ link, name }: { link: ShownLink; name: string }) {
  const t = useT('staff')
  const say = useSay()
  const address = `${location.origin}/invitation#${link.token}`
  const copy = async () => {
    await navigator.clipboard.writeText(address)
    say.done(t('link.copied'))
  }
  return (
    <Alert
      type="info"
      title={t(link.isMailed ? 'link.mailed' : 'link.handOver', { name })}
      description={
        <>
          <Space.Compact style={{ width: '100%', margin: '8px 0' }}>
            <Input readOnly value={address} aria-label={t('link.label')} onFocus={(event) => event.target.select()} />
            {/* The clipboard exists only over https and on this machine; else one copies by hand. */}
            {navigator.clipboard && <Button onClick={() => void copy()}>{t('link.copy')}</Button>}
          </Space.Compact>
          <span className="pb-hint">
            {t('link.once')} <InstantText at={link.expiresAt} />
          </span>
        </>
      }
    />
  )
}
