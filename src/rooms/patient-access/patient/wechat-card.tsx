import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { wechatLink } from '../contract/wechat.ts'

/** Only where the page is open in WeChat: to tie its account, and then to say which notices may come. */
export function WeChatCard() {
  return /MicroMessenger/i.test(navigator.userAgent) ? <Offer /> : null
}

function Offer() {
  const t = useT('patient-access')
  const { data } = useOwn(wechatLink)
  if (!data?.url) return null
  if (data.linked)
    return (
      <Card title={t('my.wechatNotices.title')} to="/my/wechat-notices" more={t('my.wechatNotices.choose')}>
        <p>{t('my.wechatNotices.text')}</p>
      </Card>
    )
  return (
    <Card title={t('my.wechat.title')}>
      <p>{t('my.wechat.hint')}</p>
      <a className="pp-call" href={data.url}>
        {t('my.wechat.do')}
      </a>
    </Card>
  )
}
