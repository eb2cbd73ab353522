import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { DateText, useT } from '../../../../platform/web/index.ts'
import { Mark } from '../figure/mark.tsx'
import { useValueWords } from '../use-value-words.ts'
import { ValueText } from '../value-text.tsx'
import { rangeWords } from '../value-words.ts'
import { Drawn, type DrawnProps } from './drawn.tsx'
import { frameOf } from './frame.ts'
import { nearest, type LargePoint } from './large-point.ts'
import { useWidthPx } from './use-width.ts'

/** One course, large: each point with its own interval, what happened on the same axis, any point to be read off. */
export function CourseFigure(props: Omit<DrawnProps, 'frame'>) {
  const { name, names, points, events, days } = props
  const t = useT('observation')
  const [place, width] = useWidthPx()
  const [chosen, setChosen] = useState<number>()
  const at = Math.min(chosen ?? points.length - 1, points.length - 1)
  const frame = useMemo(() => frameOf({ points, events, days }, width), [points, events, days, width])
  const { x, y, heightPx } = frame
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    setChosen(Math.max(0, Math.min(points.length - 1, at + step)))
  }
  const onPointer = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const places = points.map(({ day, value }) => ({ x: x(day), y: y(value) }))
    setChosen(nearest(places, event.clientX - box.left, event.clientY - box.top))
  }
  const point = points[at]
  return (
    <div>
      <Readout point={point} name={names.length > 1 ? names[point?.indicator ?? 0] : undefined} />
      <div
        ref={place}
        className="pb-large"
        role="group"
        tabIndex={0}
        aria-label={t('figure.keys', { name })}
        onKeyDown={onKeyDown}
        style={{ minHeight: heightPx }}
      >
        {width > 0 && (
          <svg
            width={width}
            height={heightPx}
            role="img"
            aria-label={t('figure.label', { name, count: points.length })}
            onPointerMove={onPointer}
            onPointerDown={onPointer}
          >
            <Drawn {...props} frame={frame} />
            {point && (
              <Mark x={x(point.day)} y={y(point.value)} side={point.side} size={5.5} open={point.line === null} />
            )}
          </svg>
        )}
      </div>
    </div>
  )
}

/** The point that is meant, in words: value, day, interval of that day, where it is from. */
function Readout({ point, name }: { point: LargePoint | undefined; name: string | undefined }) {
  const t = useT('observation')
  const words = useValueWords()
  if (!point) return null
  const { shown, low, high } = point
  const range = rangeWords({ low, high, rangeText: shown.rangeText })
  return (
    <p className="pb-readout" aria-live="polite">
      <strong>
        {name} <ValueText shown={shown} />
      </strong>
      <DateText date={words.day(shown.at)} />
      {range && (
        <span>
          {t('figure.range', { range })}
          {shown.low === null && shown.high === null && t('value.ours')}
        </span>
      )}
      <span>{words.source(shown)}</span>
    </p>
  )
}
