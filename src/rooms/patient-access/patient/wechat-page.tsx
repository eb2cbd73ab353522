import { useEffect, useState } from 'react'
import { call, Go, Heading, Screen, useT } from '../../../platform/patient-web/index.ts'
import { linkWeChat, wechatLink } from '../contract/wechat.ts'

/** `linked`: it was so before; `astray`: nobody was brought here by WeChat. */
type State = 'doing' | 'done' | 'linked' | 'astray' | 'failed'

const TITLES: Partial<Record<State, string>> = { done: 'my.wechat.done', linked: 'my.wechat.done' }
const TEXTS: Record<State, string> = {
  doing: 'my.wechat.doing',
  done: 'my.wechat.doneHint',
  linked: 'my.wechat.doneHint',
  astray: 'my.wechat.astray',
  failed: 'my.wechat.failed',
}

/** The way back from WeChat: its code is handed in once, and the address forgets it. */
export function WeChatPage() {
  const t = useT('patient-access')
  const [state, setState] = useState<State>('doing')
  useEffect(() => {
    const query = new URLSearchParams(window.location.search)
    window.history.replaceState(null, '', window.location.pathname)
    void arrive(query.get('code'), query.get('state')).then(setState)
  }, [])
  return (
    <Screen>
      <section className="pp-notice" aria-live="polite">
        <Heading>{t(TITLES[state] ?? 'my.wechat.title')}</Heading>
        <p role={state === 'failed' ? 'alert' : undefined}>{t(TEXTS[state])}</p>
        {state !== 'doing' && (
          <Go to="/my" className="pp-more">
            {t('my.wechat.home')}
          </Go>
        )}
      </section>
    </Screen>
  )
}

/** Without a code there is nothing to hand in: looked at again after it was tied, kept as a bookmark, or typed. */
function arrive(code: string | null, state: string | null): Promise<State> {
  if (code && state)
    return call(linkWeChat, { body: { code, state } }).then(
      () => 'done',
      () => 'failed',
    )
  return call(wechatLink).then(
    ({ linked }) => (linked ? 'linked' : 'astray'),
    () => 'astray',
  )
}
