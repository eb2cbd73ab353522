import { useState } from 'react'
import { Loaded, Nothing, OwnPage, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { readMyDiary, type OwnEntry } from '../contract/mood-diary.ts'
import { CallMe, HelpNow } from './help.tsx'
import { MoodCourse } from './mood-course.tsx'
import { MoodForm, type Diary } from './mood-form.tsx'
import { MoodList } from './mood-list.tsx'
import { Sharing } from './sharing.tsx'

/** 情绪日记: write, look back, decide who reads. */
export function MoodPage() {
  const t = useT('mood-diary')
  const diary = useOwn(readMyDiary)
  return (
    <OwnPage title={t('my.mood.title')}>
      <Loaded of={diary}>
        {(data) =>
          data.forGuardian ? (
            <Nothing>{t('my.mood.forGuardian')}</Nothing>
          ) : (
            <Pages diary={data} reload={diary.reload} />
          )
        }
      </Loaded>
    </OwnPage>
  )
}

function Pages({ diary, reload }: { diary: Diary; reload: () => void }) {
  const t = useT('mood-diary')
  const [editing, setEditing] = useState<OwnEntry>()
  const [done, setDone] = useState<{ words: string; help: boolean }>()
  const isWriting = !done || editing !== undefined
  const after = (words: string, help = false) => {
    setEditing(undefined)
    setDone({ words, help })
    reload()
  }
  return (
    <>
      {done && !editing && (
        <section role="status" className="pp-card pp-form">
          <p>{done.words}</p>
          {done.help && <HelpNow />}
          <button type="button" className="pp-button pp-wide" data-kind="second" onClick={() => setDone(undefined)}>
            {t('my.mood.another')}
          </button>
        </section>
      )}
      {isWriting && (
        <MoodForm
          key={editing?.id ?? 'new'}
          diary={diary}
          entry={editing}
          onKept={(help) => after(t(editing ? 'my.mood.changed' : 'my.mood.saved'), help)}
          onLeave={editing && (() => setEditing(undefined))}
        />
      )}
      <MoodCourse entries={diary.entries} today={diary.today} />
      <MoodList
        entries={diary.entries}
        onEdit={(entry) => {
          setEditing(entry)
          scrollTo({ top: 0 })
        }}
        onRemoved={() => after(t('my.mood.removed'))}
      />
      {diary.entries.length > 0 && <Sharing diary={diary} onShared={reload} />}
      <CallMe />
    </>
  )
}
