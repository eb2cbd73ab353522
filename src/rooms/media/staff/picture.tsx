import { useIsDark, useLocale } from '../../../platform/web/index.ts'
import { nameOfLook, type Look } from '../contract/look.ts'
import { showPicture } from '../contract/pictures.ts'

/** Where the pages of staff fetch a picture. */
export function addressOfPicture(key: string, look: Look): string {
  return `/api${showPicture.path.replace(':key', key).replace(':look', nameOfLook(look))}`
}

/** A picture that stands still, in the reader's theme and language: in the library and in lists. */
export function Thumbnail({ pictureKey, kind, alt }: { pictureKey: string; kind: string; alt: string }) {
  const isDark = useIsDark()
  const locale = useLocale()
  const address = addressOfPicture(pictureKey, {
    theme: isDark ? 'dark' : 'light',
    language: locale === 'en' ? 'en' : 'zh',
    moves: false,
  })
  const style = { display: 'block', width: '100%', aspectRatio: '4 / 3', objectFit: 'contain' as const }
  if (kind === 'video') return <video src={address} style={style} preload="metadata" muted aria-label={alt} />
  return <img src={address} alt={alt} style={style} loading="lazy" decoding="async" />
}
