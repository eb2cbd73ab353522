import type { Picture } from '../contract/words.ts'

/** A picture of a step. Never put into the page itself: within `<img>` a drawing can do nothing. */
export function StepPicture({ picture, alt, address }: { picture: Picture; alt: string; address: string }) {
  if (picture.kind === 'video')
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said stands as words below the picture
      <video className="pp-media-picture" src={address} controls playsInline preload="metadata" aria-label={alt} />
    )
  const { width, height } = picture
  return (
    <img
      className="pp-media-picture"
      src={address}
      alt={alt}
      width={width ?? undefined}
      height={height ?? undefined}
      decoding="async"
    />
  )
}
