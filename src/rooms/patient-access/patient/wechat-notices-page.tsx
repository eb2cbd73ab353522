import { Loaded, Nothing, OwnPage, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myWeChatNotices } from '../contract/wechat.ts'

/** 微信提醒: what may still come by WeChat, and the way to the page of WeChat where one says yes. */
export function WeChatNoticesPage() {
  const t = useT('patient-access')
  const notices = useOwn(myWeChatNotices)
  return (
    <OwnPage title={t('my.wechatNotices.title')}>
      <p>{t('my.wechatNotices.text')}</p>
      <Loaded of={notices}>
        {({ page, linked, notices: rows }) =>
          !page ? (
            <Nothing>{t('my.wechatNotices.nothing')}</Nothing>
          ) : (
            <>
              {rows.map(({ title, lasting, stands, left }) => (
                <section key={title} className="pp-card">
                  <h2>{title}</h2>
                  <p>{t(`my.wechatNotices.stands.${stands}`, { count: left })}</p>
                  <p className="pp-hint">{t(lasting ? 'my.wechatNotices.lasting' : 'my.wechatNotices.once')}</p>
                </section>
              ))}
              {/MicroMessenger/i.test(navigator.userAgent) ? (
                <>
                  {!linked && <p className="pp-hint">{t('my.wechatNotices.bindFirst')}</p>}
                  <a className="pp-call" href={page}>
                    {t('my.wechatNotices.choose')}
                  </a>
                </>
              ) : (
                <p>{t('my.wechatNotices.outside')}</p>
              )}
            </>
          )
        }
      </Loaded>
    </OwnPage>
  )
}
