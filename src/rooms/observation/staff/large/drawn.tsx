import { memo } from 'react'
import { useT } from '../../../../platform/web/index.ts'
import { Band } from '../figure/band.tsx'
import { bandOf, linePath, linesOf } from '../figure/figure-point.ts'
import { Mark } from '../figure/mark.tsx'
import { dayOf, type Extent } from '../figure/scale.ts'
import { wordsOf } from '../value-words.ts'
import { Axes } from './axes.tsx'
import { EventLanes } from './event-lanes.tsx'
import type { AxisEvent } from './events.ts'
import type { Frame } from './frame.ts'
import type { LargePoint } from './large-point.ts'

export interface DrawnProps {
  name: string
  /** Of each indicator in the picture. */
  names: readonly string[]
  points: readonly LargePoint[]
  events: readonly AxisEvent[]
  /** Days on which the method changed. */
  brokenOn: readonly string[]
  days: Extent
  frame: Frame
}

/** More than so many points are drawn fine. */
const DENSE = 80

/** All of a large picture that stays while one point after another is read off. */
export const Drawn = memo(function Drawn({ names, points, events, brokenOn, days, frame }: DrawnProps) {
  const t = useT('observation')
  const { x, y, values, left, right, top, bottom, lanesTop, named } = frame
  return (
    <>
      <Axes x={x} y={y} days={days} values={values} left={left} right={right} bottom={bottom} />
      {names.map((name, indicator) => {
        const own = points.filter((point) => point.indicator === indicator)
        return <Band key={name} parts={bandOf(own, { days, values })} x={x} y={y} />
      })}
      {named.map(({ event, from }) =>
        event.kind === 'condition' || dayOf(event.on) < days.min ? null : (
          <line key={event.id} className="pb-event-line" x1={from} x2={from} y1={top} y2={bottom} />
        ),
      )}
      {brokenOn.map((on) => (
        <line key={on} className="pb-broken-line" x1={x(dayOf(on))} x2={x(dayOf(on))} y1={top} y2={bottom}>
          <title>{t('figure.broken', { date: on })}</title>
        </line>
      ))}
      {linesOf(points).map((line) => {
        const { indicator, line: key } = line[0] as LargePoint
        const second = indicator > 0 ? ' pb-figure-second' : ''
        return <path key={key} className={`pb-figure-line${second}`} d={linePath(line, x, y)} />
      })}
      {points.map((point) => (
        <Mark
          key={point.shown.id}
          x={x(point.day)}
          y={y(point.value)}
          side={point.side}
          size={points.length > DENSE ? 1.8 : 3.6}
          open={point.line === null}
        />
      ))}
      {names.map((name, indicator) => {
        const last = points.findLast((point) => point.indicator === indicator)
        if (!last) return null
        const [endX, endY] = [x(last.day) + 10, y(last.value) + 4]
        return (
          <text key={name} x={endX} y={endY} className="pb-figure-end">
            {wordsOf(last.shown)}
            {names.length > 1 && (
              <tspan x={endX} dy={15} className="pb-figure-name">
                {name}
              </tspan>
            )}
          </text>
        )
      })}
      <EventLanes named={named} events={events} x={x} days={days} top={lanesTop} />
    </>
  )
})
