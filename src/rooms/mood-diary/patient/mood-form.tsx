import { useState, type FormEvent } from 'react'
import { call, Choice, useLocale, useT, type T } from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { changeMood, type OwnEntry, type readMyDiary, writeMood } from '../contract/mood-diary.ts'
import { BACK_DAYS, NOTE_MOST, READERS, type Readers } from '../contract/words.ts'
import { backFrom, dayWords, MOODS } from './day.ts'

export type Diary = OutputOf<typeof readMyDiary>

/** One day: a word for it, the night, and what one likes to add. */
export function MoodForm({
  diary,
  entry,
  onKept,
  onLeave,
}: {
  diary: Diary
  /** What is changed; without it a new one is written. */
  entry?: OwnEntry | undefined
  onKept: (help: boolean) => void
  onLeave?: (() => void) | undefined
}) {
  const t = useT('mood-diary')
  const locale = useLocale()
  const [key] = useState(diary.key)
  const [on, setOn] = useState(entry?.on ?? diary.today)
  const [mood, setMood] = useState(entry?.mood)
  const [sleep, setSleep] = useState(entry?.sleepHours?.toString() ?? '')
  const [note, setNote] = useState(entry?.note ?? '')
  const [readers, setReaders] = useState<Readers>(entry?.readers ?? diary.readers)
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (mood === undefined) return
    setBusy(true)
    setFault('')
    try {
      const said = { mood, sleepHours: hoursOf(sleep), note, readers }
      const { help } = entry
        ? await call(changeMood, { params: { moodEntryId: entry.id }, body: { ...said, revision: entry.revision } })
        : await call(writeMood, { body: { ...said, key, on } })
      onKept(help)
    } catch (error) {
      setFault((error as { title: string }).title)
      setBusy(false)
    }
  }
  const isToday = on === diary.today
  return (
    <form className="pp-card pp-form" onSubmit={(event) => void submit(event)} noValidate>
      <h2 id="mood-how">{isToday ? t('my.mood.how') : t('my.mood.howOn', { day: dayWords(on, locale) })}</h2>
      <Choice
        name="mood"
        labelledBy="mood-how"
        several={false}
        options={MOODS.map((value) => ({ key: String(value), text: t(`my.mood.word.${value}`) }))}
        chosen={mood === undefined ? [] : [String(mood)]}
        onChange={([chosen]) => setMood(Number(chosen))}
      />
      <p>
        <label htmlFor="mood-sleep">{t('my.mood.sleep')}</label>
        <span className="pp-with-unit">
          <input
            id="mood-sleep"
            className="pp-input"
            type="number"
            inputMode="decimal"
            min={0}
            max={24}
            step={0.5}
            value={sleep}
            onChange={(event) => setSleep(event.target.value)}
          />
          <span>{t('my.mood.hours')}</span>
        </span>
      </p>
      <p>
        <label htmlFor="mood-note">{t('my.mood.note')}</label>
        <textarea
          id="mood-note"
          className="pp-input"
          rows={4}
          maxLength={NOTE_MOST}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </p>
      {!entry && (
        <p>
          <label htmlFor="mood-day">{t('my.mood.day')}</label>
          <input
            id="mood-day"
            className="pp-input"
            type="date"
            min={backFrom(diary.today, BACK_DAYS)}
            max={diary.today}
            value={on}
            onChange={(event) => setOn(event.target.value || diary.today)}
          />
        </p>
      )}
      <h3 id="mood-readers">{t('my.mood.readers')}</h3>
      <ReadersChoice diary={diary} labelledBy="mood-readers" chosen={readers} onChoose={setReaders} />
      <p className="pp-hint">{t('my.mood.safety')}</p>
      <p className="pp-fault" role="alert">
        {fault}
      </p>
      <button type="submit" className="pp-button pp-wide" disabled={busy || mood === undefined}>
        {t(entry ? 'my.mood.saveChange' : 'my.mood.save')}
      </button>
      {onLeave && (
        <button type="button" className="pp-button pp-wide" data-kind="second" onClick={onLeave}>
          {t('my.mood.cancel')}
        </button>
      )}
    </form>
  )
}

/** Half hours: what is typed finer is rounded; nonsense is left out by the field itself. */
function hoursOf(text: string): number | null {
  const hours = Math.round(Number(text) * 2) / 2
  return text.trim() === '' || !Number.isFinite(hours) ? null : hours
}

/** Only people who are there can be chosen; what was chosen before stays to be seen. */
export function ReadersChoice({
  diary,
  labelledBy,
  chosen,
  onChoose,
}: {
  diary: Pick<Diary, 'counsellor' | 'doctor'>
  labelledBy: string
  chosen: Readers
  onChoose: (readers: Readers) => void
}) {
  const t = useT('mood-diary')
  const there: Record<Readers, boolean> = {
    self: true,
    counsellor: diary.counsellor !== null,
    team: diary.doctor !== null,
  }
  return (
    <Choice
      name={labelledBy}
      labelledBy={labelledBy}
      several={false}
      options={READERS.filter((one) => there[one] || one === chosen).map((one) => ({
        key: one,
        text: readerWords(t, one, diary),
      }))}
      chosen={[chosen]}
      onChange={([one]) => onChoose(one as Readers)}
    />
  )
}

function readerWords(t: T, readers: Readers, { counsellor, doctor }: Pick<Diary, 'counsellor' | 'doctor'>): string {
  if (readers === 'team')
    return t(counsellor ? 'my.mood.reader.team' : 'my.mood.reader.teamDoctor', { name: doctor ?? '' })
  return t(`my.mood.reader.${readers}`, { name: counsellor ?? '' })
}
