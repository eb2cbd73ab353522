import { useLocale, useT } from '../../../platform/patient-web/index.ts'
import type { ShownMedia } from '../contract/my.ts'
import { MediaSteps } from './media-steps.tsx'
import { addressOfPicture } from './picture-address.ts'

/** What a card says: in one sentence, step by step, what is to be said first, and what it rests on. */
export function MediaBody({ media }: { media: ShownMedia }) {
  const t = useT('media')
  const isEnglish = useLocale() === 'en'
  const say = ({ zh, en }: { zh: string; en: string }) => (isEnglish ? en : zh)
  return (
    <>
      <p className="pp-media-summary">{say(media.summary)}</p>
      <MediaSteps steps={media.steps} language={isEnglish ? 'en' : 'zh'} addressOf={addressOfPicture} />
      {media.honest.length > 0 && (
        <section className="pp-media-honest">
          <h3>{t('my.honest')}</h3>
          <ul>
            {media.honest.map((line) => (
              <li key={line.zh}>{say(line)}</li>
            ))}
          </ul>
        </section>
      )}
      <p className="pp-hint">{t('my.notice')}</p>
      <p className="pp-hint">
        {t('my.source', { sources: media.sources.join(t('my.separator')) })}
        {media.reviewer && ` ${t('my.reviewed', { by: media.reviewer })}`}
      </p>
    </>
  )
}
