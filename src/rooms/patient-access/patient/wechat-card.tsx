import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { wechatLink } from '../contract/wechat.ts'

/** Only where the page is open in WeChat, and until its account is tied. */
export function WeChatCard() {
  return /MicroMessenger/i.test(navigator.userAgent) ? <Offer /> : null
}

function Offer() {
  const t = useT('patient-access')
  const { data } = useOwn(wechatLink)
  if (!data?.url || data.linked) return null
  return (
    <Card title={t('my.wechat.title')}>
      <p>{t('my.wechat.hint')}</p>
      <a className="pp-call" href={data.url}>
        {t('my.wechat.do')}
      </a>
    </Card>
  )
}
