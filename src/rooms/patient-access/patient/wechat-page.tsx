import { useEffect, useState } from 'react'
import { call, Go, Heading, Screen, useT } from '../../../platform/patient-web/index.ts'
import { linkWeChat } from '../contract/wechat.ts'

/** The way back from WeChat: its code is handed in once, and the address forgets it. */
export function WeChatPage() {
  const t = useT('patient-access')
  const [state, setState] = useState<'doing' | 'done' | 'failed'>('doing')
  useEffect(() => {
    const query = new URLSearchParams(window.location.search)
    window.history.replaceState(null, '', window.location.pathname)
    const body = { code: query.get('code') ?? '', state: query.get('state') ?? '' }
    call(linkWeChat, { body }).then(
      () => setState('done'),
      () => setState('failed'),
    )
  }, [])
  return (
    <Screen>
      <section className="pp-notice" aria-live="polite">
        <Heading>{t(state === 'done' ? 'my.wechat.done' : 'my.wechat.title')}</Heading>
        <p role={state === 'failed' ? 'alert' : undefined}>
          {t(state === 'done' ? 'my.wechat.doneHint' : `my.wechat.${state}`)}
        </p>
        {state !== 'doing' && (
          <Go to="/my" className="pp-more">
            {t('my.wechat.home')}
          </Go>
        )}
      </section>
    </Screen>
  )
}
