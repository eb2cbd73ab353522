import { Status, useT } from '../../../platform/web/index.ts'
import type { MediaSummary } from '../contract/items.ts'
import { Thumbnail } from './picture.tsx'
import { stateTone, stateWords, useBilingual } from './words.ts'

/** One card of the library by its first picture. The whole of it opens. */
export function LibraryCard({ card, onOpen }: { card: MediaSummary; onOpen: (id: string) => void }) {
  const t = useT('media')
  const words = useBilingual()
  const { code, version, title, summary, kind, steps, cover } = card
  return (
    <button
      type="button"
      onClick={() => onOpen(`${code}.${version}`)}
      style={{
        display: 'flex',
        flexDirection: 'column',
        padding: 0,
        border: '1px solid var(--pb-line)',
        borderRadius: 10,
        background: 'var(--pb-card)',
        color: 'var(--pb-text)',
        font: 'inherit',
        textAlign: 'start',
        overflow: 'hidden',
        cursor: 'pointer',
      }}
    >
      <Thumbnail pictureKey={cover.key} kind={cover.kind} alt="" />
      <span style={{ display: 'grid', gap: 4, padding: 12 }}>
        <strong>{words(title)}</strong>
        <span className="pb-hint">{words(summary)}</span>
        <span style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'center' }}>
          <Status tone={stateTone(card)}>{stateWords(t, card)}</Status>
          <span className="pb-hint">
            {t(`kind.${kind}`)} · {t('library.steps', { count: steps })}
          </span>
        </span>
      </span>
    </button>
  )
}
