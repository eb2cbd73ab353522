import { useState } from 'react'
import { useLocale, useT, type MoreAboutAsked } from '../../../platform/patient-web/index.ts'
import { findMedia } from './find-media.ts'
import { MediaSheet } from './media-sheet.tsx'
import { useMediaIndex } from './use-media-index.ts'
import './media.css'

/** 看图了解: beside a result or a word, where there is a card on it; it opens over the page that one reads. */
export function LookLink(asked: MoreAboutAsked) {
  const t = useT('media')
  const isEnglish = useLocale() === 'en'
  const index = useMediaIndex()
  const [open, setOpen] = useState(false)
  const found = index && findMedia(index.rows, asked)
  if (!found) return null
  return (
    <>
      <button type="button" className="pp-look" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <rect x="3" y="5" width="18" height="14" rx="3" />
          <path d="M4 17l5-5 4 4 3-3 4 4" />
          <circle cx="15.5" cy="9.5" r="1.5" />
        </svg>
        {t('my.link')}
        <span className="pp-sr">{isEnglish ? found.title.en : found.title.zh}</span>
      </button>
      {open && <MediaSheet code={found.code} onClose={() => setOpen(false)} />}
    </>
  )
}
