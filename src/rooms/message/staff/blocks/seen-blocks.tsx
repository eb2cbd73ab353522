import type { OutputOf } from '../../../../platform/contract/index.ts'
import { Status, useLocale, useT } from '../../../../platform/web/index.ts'
import type { previewAsPerson } from '../../contract/block-mail.ts'

type Seen = OutputOf<typeof previewAsPerson>['blocks']

const TONES = { open: 'good', login: 'low', hidden: 'plain' } as const

/** Which of the blocks for a segment somebody reads, and by what. */
export function SeenBlocks({ blocks }: { blocks: Seen }) {
  const t = useT('message')
  const language = useLocale() === 'en' ? 'en' : 'zh'
  if (blocks.length === 0) return null
  return (
    <ul className="pb-plain-list" aria-label={t('audience.seen')}>
      {blocks.map(({ number, shown, segment, sentence }) => (
        <li key={number}>
          <Status tone={TONES[shown]}>{t(`audience.shown.${shown}`, { number })}</Status>
          <div className="pb-hint">
            {segment && sentence
              ? t(shown === 'hidden' ? 'audience.notIn' : 'audience.isIn', {
                  name: segment[language],
                  who: sentence[language],
                })
              : t('audience.goneHint')}
          </div>
        </li>
      ))}
    </ul>
  )
}
