import type { Bilingual } from '../../../platform/contract/index.ts'
import { useT } from '../../../platform/web/index.ts'
import type { CallSession } from '../contract/session.ts'
import { useSaid } from './words.tsx'

export interface CallScriptCardProps {
  session: CallSession
  /** On a phone: its first sentence, the rest by a touch. */
  isFolded: boolean
}

/** What was approved to be said, in the order of a talk; and what is not said. */
export function CallScriptCard({ session: { script }, isFolded }: CallScriptCardProps) {
  const t = useT('call-desk')
  const said = useSaid()
  if (!script) return null
  const list = (title: string, texts: readonly Bilingual[]) =>
    texts.length > 0 && (
      <>
        <h4>{title}</h4>
        <ul>
          {texts.map((text) => (
            <li key={text.zh}>{said(text)}</li>
          ))}
        </ul>
      </>
    )
  const rest = (
    <>
      {list(t('script.say'), script.say)}
      {list(t('script.ask'), script.ask)}
      {list(t('script.avoid'), script.avoid)}
      {script.closing && <p>{said(script.closing)}</p>}
    </>
  )
  return (
    <section aria-label={t('script.title')} className="cd-script">
      <h3>{t('script.title')}</h3>
      {script.opening && <p>{said(script.opening)}</p>}
      {isFolded ? (
        <details className="cd-more">
          <summary>{t('script.more')}</summary>
          {rest}
        </details>
      ) : (
        rest
      )}
    </section>
  )
}
