import { useState } from 'react'
import { call, useT } from '../../../platform/patient-web/index.ts'
import { shareDiary } from '../contract/mood-diary.ts'
import { ReadersChoice, type Diary } from './mood-form.tsx'

/** Takes back, or gives, all that was written so far. */
export function Sharing({ diary, onShared }: { diary: Diary; onShared: () => void }) {
  const t = useT('mood-diary')
  const [readers, setReaders] = useState(diary.readers)
  const [said, setSaid] = useState('')
  const share = async () => {
    try {
      const { changed } = await call(shareDiary, { body: { readers } })
      setSaid(t('my.mood.share.done', { count: changed }))
      onShared()
    } catch (error) {
      setSaid((error as { title: string }).title)
    }
  }
  return (
    <details className="pp-card">
      <summary id="mood-share">{t('my.mood.share.title')}</summary>
      <div className="pp-form">
        <p>{t('my.mood.share.text')}</p>
        <ReadersChoice diary={diary} labelledBy="mood-share" chosen={readers} onChoose={setReaders} />
        <button type="button" className="pp-button pp-wide" data-kind="second" onClick={() => void share()}>
          {t('my.mood.share.apply')}
        </button>
        <p role="status">{said}</p>
      </div>
    </details>
  )
}
