import { useState } from 'react'
import { call, Loaded, Nothing, OwnPage, useLocale, useOwn, useT } from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { endOwnEntry, readOwnUnderstanding, restoreOwnEntry, type OwnEntry } from '../contract/understanding.ts'
import { ENTRY_KINDS } from '../contract/words.ts'

/** 您告诉过我们的: every line that colleagues have written down, and the way to say that it is not so. */
export function UnderstandingPage() {
  const t = useT('understanding')
  const own = useOwn(readOwnUnderstanding)
  return (
    <OwnPage title={t('my.title')}>
      <Loaded of={own}>
        {(data) =>
          data.entries.length + data.ended.length === 0 ? (
            <Nothing>{t('my.none')}</Nothing>
          ) : (
            <Said data={data} reload={own.reload} />
          )
        }
      </Loaded>
    </OwnPage>
  )
}

function Said({ data, reload }: { data: OutputOf<typeof readOwnUnderstanding>; reload: () => void }) {
  const t = useT('understanding')
  const [done, setDone] = useState('')
  const act = async (endpoint: typeof endOwnEntry | typeof restoreOwnEntry, entry: OwnEntry, words: string) => {
    try {
      await call(endpoint as typeof restoreOwnEntry, { params: { entryId: entry.id }, body: {} })
      setDone(words)
      reload()
    } catch (error) {
      setDone((error as { title: string }).title)
    }
  }
  return (
    <>
      <p>{t('my.intro')}</p>
      <p role="status">{done}</p>
      {ENTRY_KINDS.filter((kind) => data.entries.some((entry) => entry.kind === kind)).map((kind) => (
        <section key={kind} className="pp-card">
          <h2>{t(`my.kind.${kind}`)}</h2>
          {data.entries
            .filter((entry) => entry.kind === kind)
            .map((entry) => (
              <Line
                key={entry.id}
                entry={entry}
                label={t('my.end')}
                onAct={() => void act(endOwnEntry, entry, t('my.ended'))}
              />
            ))}
        </section>
      ))}
      {data.ended.length > 0 && (
        <section className="pp-card">
          <h2>{t('my.over')}</h2>
          {data.ended.map((entry) => (
            <Line
              key={entry.id}
              entry={entry}
              label={t('my.restore')}
              onAct={() => void act(restoreOwnEntry, entry, t('my.restored'))}
            />
          ))}
        </section>
      )}
    </>
  )
}

function Line({ entry, label, onAct }: { entry: OwnEntry; label: string; onAct: () => void }) {
  const t = useT('understanding')
  const locale = useLocale()
  return (
    <div className="pp-form">
      <p>{t('my.quote', { words: entry.words })}</p>
      <p className="pp-hint">
        {entry.speaker === 'family' && `${t('my.family', { relation: entry.relation })} · `}
        {t('my.heard', { date: dayWords(entry.heardOn, locale), by: entry.by })}
      </p>
      <button
        type="button"
        className="pp-button"
        data-kind="second"
        aria-label={`${label} ${entry.words}`}
        onClick={onAct}
      >
        {label}
      </button>
    </div>
  )
}

/** 2026年3月1日, Mar 1, 2026. */
function dayWords(on: string, locale: string): string {
  const day = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' })
  return day.format(new Date(`${on}T00:00:00Z`))
}
