import { InstantText, Status, useT } from '../../../platform/web/index.ts'
import type { CallLine } from '../contract/session.ts'
import { clockText } from './words.tsx'

/** How the calls before went, so that nobody begins anew. */
export function LastCalls({ calls }: { calls: readonly CallLine[] }) {
  const t = useT('call-desk')
  return (
    <section aria-label={t('last.title')}>
      <h3>{t('last.title')}</h3>
      {calls.length === 0 && <p className="pb-hint">{t('last.none')}</p>}
      <ul className="cd-last">
        {calls.map((one) => (
          <li key={one.id}>
            <Status tone={one.outcome === 'reached' ? 'good' : 'plain'}>
              {one.outcome ? t(`outcomes.${one.outcome}`) : t(`state.${one.state}`)}
            </Status>{' '}
            <span className="pb-hint">
              {one.by} <InstantText at={one.at} />
              {one.talkSeconds !== null && ` · ${clockText(one.talkSeconds)}`}
            </span>
            {one.note && <div>{one.note}</div>}
          </li>
        ))}
      </ul>
    </section>
  )
}
