import { Loaded, OwnPage, useLocale, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { readMyMedia } from '../contract/my.ts'
import { MediaBody } from './media-body.tsx'
import { useCounted } from './use-counted.ts'
import './media.css'

/** One card as a page of its own: where a link that was sent leads. */
export function MediaPage({ parameter: code }: { parameter: string }) {
  const t = useT('media')
  const isEnglish = useLocale() === 'en'
  const own = useOwn(readMyMedia, { params: { code } })
  useCounted(own.data?.code)
  const title = own.data && (isEnglish ? own.data.title.en : own.data.title.zh)
  return (
    <OwnPage title={title ?? t('my.title')} back="/my/media" backText={t('my.back')}>
      <Loaded of={own}>{(media) => <MediaBody media={media} />}</Loaded>
    </OwnPage>
  )
}
