import { Timeline } from 'antd'
import { InstantText, useT, type T } from '../../../platform/web/index.ts'
import type { AlertView } from '../contract/words.ts'

/** Each try to reach the person, with what they read back. */
export function Attempts({ alert }: { alert: AlertView }) {
  const t = useT('alert')
  if (alert.attempts.length === 0 && ['raised', 'closed'].includes(alert.state)) return null
  return (
    <section aria-label={t('drawer.attempts')}>
      <h3 style={{ marginBottom: 8 }}>{t('drawer.attempts')}</h3>
      {alert.attempts.length === 0 && <p className="pb-hint">{t('drawer.noAttempts')}</p>}
      <ul className="pb-plain-list">
        {alert.attempts.map((one) => (
          <li key={one.id} style={{ marginBottom: 8 }}>
            <div>
              {t(`outcome.${one.outcome}`)} ·{' '}
              {t('attempt.line', {
                relation: t(`relation.${one.relation}`),
                name: one.personName ? ` ${one.personName}` : '',
                phone: one.phoneMasked,
              })}
            </div>
            {one.readBack && <div>{t('attempt.readBackWords', { words: one.readBack })}</div>}
            {one.note && <div>{one.note}</div>}
            <div className="pb-hint">
              {one.byName} <InstantText at={one.at} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Everything that happened, newest first. */
export function AlertLog({ alert }: { alert: AlertView }) {
  const t = useT('alert')
  return (
    <section aria-label={t('drawer.log')}>
      <h3 style={{ marginBottom: 12 }}>{t('drawer.log')}</h3>
      <Timeline
        items={alert.events.toReversed().map((event) => ({
          key: event.version,
          content: (
            <>
              <div>{sentence(t, event)}</div>
              {event.kind === 'corrected' && (
                <div>{t(event.detail['still'] === 'yes' ? 'log.correctedStill' : 'log.correctedFine')}</div>
              )}
              {event.told.length > 0 && <div>{t('log.told', { names: toldNames(t, event) })}</div>}
              {event.note && <div style={{ overflowWrap: 'anywhere' }}>{event.note}</div>}
              <div className="pb-hint">
                <InstantText at={event.at} />
              </div>
            </>
          ),
        }))}
      />
    </section>
  )
}

type Event = AlertView['events'][number]

function toldNames(t: T, { told }: Event): string {
  return told.map(({ name, why }) => `${name}（${t(`why.${why}`)}）`).join('、')
}

function sentence(t: T, { kind, byName, detail }: Event): string {
  if (kind === 'raised' && byName) return t('log.raisedBy', { by: byName })
  const word = (room: string, key: string) => (typeof detail[key] === 'string' ? t(`${room}.${detail[key]}`) : '')
  return t(`log.${kind}`, {
    by: byName || t('log.house'),
    before: detail['before'] ?? '',
    reading: detail['reading'] ?? '',
    phone: detail['phone'] ?? '',
    relation: word('relation', 'relation'),
    outcome: word('outcome', 'outcome'),
    result: word('result', 'result'),
  })
}
