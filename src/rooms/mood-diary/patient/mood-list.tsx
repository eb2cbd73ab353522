import { useState } from 'react'
import { call, Nothing, useLocale, useT } from '../../../platform/patient-web/index.ts'
import { removeMood, type OwnEntry } from '../contract/mood-diary.ts'
import { dayWords } from './day.ts'

export function MoodList({
  entries,
  onEdit,
  onRemoved,
}: {
  entries: readonly OwnEntry[]
  onEdit: (entry: OwnEntry) => void
  onRemoved: () => void
}) {
  const t = useT('mood-diary')
  return (
    <section className="pp-card">
      <h2>{t('my.mood.list')}</h2>
      {entries.length === 0 && <Nothing>{t('my.mood.none')}</Nothing>}
      <ul className="pp-entries">
        {entries.map((entry) => (
          <li key={entry.id}>
            <Entry entry={entry} onEdit={onEdit} onRemoved={onRemoved} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Entry({
  entry,
  onEdit,
  onRemoved,
}: {
  entry: OwnEntry
  onEdit: (entry: OwnEntry) => void
  onRemoved: () => void
}) {
  const t = useT('mood-diary')
  const locale = useLocale()
  const [sure, setSure] = useState(false)
  const [fault, setFault] = useState('')
  const remove = () =>
    call(removeMood, { params: { moodEntryId: entry.id } }).then(onRemoved, (error: unknown) =>
      setFault((error as { title: string }).title),
    )
  const said = [t(`my.mood.word.${entry.mood}`)]
  if (entry.sleepHours !== null) said.push(t('my.mood.slept', { hours: entry.sleepHours }))
  return (
    <div>
      <p>
        <strong>{dayWords(entry.on, locale)}</strong> {said.join(' · ')}
      </p>
      {entry.note && <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{entry.note}</p>}
      <p className="pp-hint">{t(`my.mood.short.${entry.readers}`)}</p>
      <div className="pp-acts">
        {sure ? (
          <>
            <button type="button" className="pp-quiet" onClick={() => void remove()}>
              {t('my.mood.removeSure')}
            </button>
            <button type="button" className="pp-quiet" onClick={() => setSure(false)}>
              {t('my.mood.keep')}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="pp-quiet" onClick={() => onEdit(entry)}>
              {t('my.mood.edit')}
            </button>
            <button type="button" className="pp-quiet" onClick={() => setSure(true)}>
              {t('my.mood.remove')}
            </button>
          </>
        )}
      </div>
      {fault && (
        <p className="pp-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
