import { useEffect, useRef, type MouseEvent } from 'react'
import { createPortal } from 'react-dom'
import { Loaded, useLocale, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { readMyMedia } from '../contract/my.ts'
import { MediaBody } from './media-body.tsx'
import { useCounted } from './use-counted.ts'

/**
 * A card over the page, from below. The browser's own dialog keeps the focus inside and gives it back; the way back of the
 * phone closes it like the button does.
 */
export function MediaSheet({ code, onClose }: { code: string; onClose: () => void }) {
  const t = useT('media')
  const isEnglish = useLocale() === 'en'
  const dialog = useRef<HTMLDialogElement>(null)
  const own = useOwn(readMyMedia, { params: { code } })
  useCounted(own.data?.code)
  useEffect(() => {
    const sheet = dialog.current!
    sheet.showModal()
    history.pushState({ sheet: code }, '')
    const onBack = () => {
      sheet.close()
      onClose()
    }
    addEventListener('popstate', onBack)
    return () => removeEventListener('popstate', onBack)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- opened once; it is made anew for another card
  }, [])
  const leave = () => history.back()
  const leaveByGround = (event: MouseEvent) => {
    if (event.target === dialog.current) leave()
  }
  return createPortal(
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape and the button do the same
    <dialog
      ref={dialog}
      className="pp-sheet"
      aria-labelledby="media-title"
      onCancel={(event) => {
        event.preventDefault()
        leave()
      }}
      onClick={leaveByGround}
    >
      <div className="pp-sheet-inner">
        <header className="pp-sheet-head">
          <h2 id="media-title">{own.data ? (isEnglish ? own.data.title.en : own.data.title.zh) : t('my.title')}</h2>
          <button type="button" className="pp-quiet" onClick={leave}>
            {t('my.close')}
          </button>
        </header>
        <Loaded of={own}>{(media) => <MediaBody media={media} />}</Loaded>
      </div>
    </dialog>,
    document.body,
  )
}
