import { useRef, useState, type KeyboardEvent } from 'react'
import { useT } from '../../../platform/patient-web/index.ts'
import type { Look } from '../contract/look.ts'
import type { ShownMedia } from '../contract/my.ts'
import { positionOf } from './position.ts'
import { StepPicture } from './step-picture.tsx'

export interface MediaStepsProps {
  steps: ShownMedia['steps']
  language: 'zh' | 'en'
  theme?: 'light' | 'dark'
  addressOf: (key: string, look: Look) => string
}

const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * Steps side by side, to be swiped, walked with the arrow keys or with two buttons below. All stand in the document, one
 * after the other, for whoever listens; what moves can be stopped, and does not start where the system asks for less.
 */
export function MediaSteps({ steps, language, theme = 'light', addressOf }: MediaStepsProps) {
  const t = useT('media')
  const strip = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const [calm] = useState(isCalm)
  const [moves, setMoves] = useState(!calm)
  const count = steps.length
  const go = (to: number) => {
    const { current } = strip
    current?.scrollTo({ left: to * current.clientWidth, behavior: calm ? 'auto' : 'smooth' })
  }
  const walk = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    go(Math.min(count - 1, Math.max(0, at + step)))
  }
  const hasMotion = !calm && steps.some(({ picture }) => picture.kind === 'drawing' && picture.moves)
  return (
    <div className="pp-media">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys */}
      <div
        ref={strip}
        className="pp-media-strip"
        role="group"
        tabIndex={0}
        aria-label={t('my.steps', { count })}
        onScroll={({ currentTarget }) => setAt(positionOf(currentTarget.scrollLeft, currentTarget.clientWidth, count))}
        onKeyDown={walk}
      >
        {steps.map(({ picture, alt, caption }, n) => (
          <figure key={`${picture.key}${n}`} className="pp-media-step">
            <StepPicture
              picture={picture}
              alt={alt[language]}
              address={addressOf(picture.key, { theme, language, moves })}
            />
            <figcaption>
              {count > 1 && <span className="pp-media-number">{n + 1}</span>}
              <span>{caption[language]}</span>
            </figcaption>
          </figure>
        ))}
      </div>
      {(count > 1 || hasMotion) && (
        <div className="pp-media-bar">
          {count > 1 && (
            <>
              <button type="button" className="pp-media-step-button" disabled={at === 0} onClick={() => go(at - 1)}>
                <span aria-hidden="true">‹</span> {t('my.previous')}
              </button>
              <span className="pp-media-position" role="status">
                <span aria-hidden="true">
                  {at + 1} / {count}
                </span>
                <span className="pp-sr">{t('my.position', { n: at + 1, count })}</span>
              </span>
              <button
                type="button"
                className="pp-media-step-button"
                disabled={at === count - 1}
                onClick={() => go(at + 1)}
              >
                {t('my.next')} <span aria-hidden="true">›</span>
              </button>
            </>
          )}
          {hasMotion && (
            <button type="button" className="pp-quiet pp-media-motion" onClick={() => setMoves(!moves)}>
              {t(moves ? 'my.pause' : 'my.play')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
