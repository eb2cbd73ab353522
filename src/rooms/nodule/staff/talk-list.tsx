import { InstantText, Stack, Status, useT } from '../../../platform/web/index.ts'
import type { NoduleView } from '../contract/words.ts'
import { useBilingual } from './words.tsx'

/** What was talked about: worries in the person's words, and whether they told it back. */
export function TalkList({ nodule }: { nodule: NoduleView }) {
  const t = useT('nodule')
  const words = useBilingual()
  if (nodule.talks.length === 0) return null
  return (
    <section aria-label={t('talk.past')}>
      <h3>{t('talk.past')}</h3>
      <Stack tight>
        {nodule.talks.map((talk) => (
          <div key={talk.id}>
            <span className="pb-hint">
              <InstantText at={talk.at} /> {talk.byName}
            </span>{' '}
            {talk.worries.map((worry) => (
              <span key={worry.code}>
                <strong>{words(worry.label)}</strong>
                {worry.words && ` “${worry.words}”`}{' '}
              </span>
            ))}
            {talk.taughtBack ? (
              <Status tone="good">“{talk.theirWords}”</Status>
            ) : (
              <Status tone="due">{t('talk.notTaught')}</Status>
            )}
            {talk.note && <p className="pb-hint">{talk.note}</p>}
          </div>
        ))}
      </Stack>
    </section>
  )
}
