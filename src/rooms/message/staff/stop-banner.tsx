import { Alert } from 'antd'
import { Go, useApi, useCan, useT } from '../../../platform/web/index.ts'
import { listStops } from '../contract/stop.ts'

/** Says above what people look at that messages do not go out, to those who may see why. */
export function StopBanner() {
  return useCan('message.rule.read') ? <Banner /> : null
}

function Banner() {
  const t = useT('message')
  const { data } = useApi(listStops, undefined, { everyMs: 60_000 })
  const open = data?.open ?? []
  if (open.length === 0) return null
  const isAll = open.some(({ kind }) => kind === 'restored')
  return (
    <Alert
      type={isAll ? 'error' : 'warning'}
      showIcon
      title={isAll ? t('stop.banner.restored') : t('stop.banner.other', { count: open.length })}
      action={<Go to="/message-rules?tab=stops">{t('stop.banner.look')}</Go>}
    />
  )
}
