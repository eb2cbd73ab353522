import { useT } from '../../../../platform/web/index.ts'
import type { Extent, Scale } from '../figure/scale.ts'
import { spanOf, type AxisEvent } from './events.ts'
import { lanesHeightPx, ROW_PX, TICKED, type NamedEvent } from './lane-layout.ts'

/** What happened, below the values and on the same axis: names with bars, then a row of ticks for visits and for care. */
export function EventLanes({
  named,
  events,
  x,
  days,
  top,
}: {
  named: readonly NamedEvent[]
  events: readonly AxisEvent[]
  x: Scale
  days: Extent
  top: number
}) {
  const t = useT('observation')
  const namedHeight = lanesHeightPx(named, [])
  const rows = TICKED.map((kind) => ({ kind, same: events.filter((one) => one.kind === kind) })).filter(
    ({ same }) => same.length > 0,
  )
  return (
    <g aria-hidden="true">
      {named.map(({ event, row, from, to, nameX }) => (
        <g key={`${event.kind} ${event.id}`} className={`pb-event pb-event-${event.kind}`}>
          <title>{`${event.on} ${event.title}`}</title>
          <text x={nameX} y={top + row * ROW_PX + 14}>
            {event.title}
          </text>
          {to > from ? (
            <rect x={from} y={top + row * ROW_PX + 18} width={to - from} height={4} rx={2} />
          ) : (
            <path d={diamond(from, top + row * ROW_PX + 20)} />
          )}
        </g>
      ))}
      {rows.map(({ kind, same }, row) => {
        const middle = top + namedHeight + row * ROW_PX + 20
        return (
          <g key={kind} className={`pb-event pb-event-${kind}`}>
            <text x={x(days.min)} y={middle - 6} className="pb-event-row">
              {t(`event.row.${kind}`, { count: same.length })}
            </text>
            {same.map((event) => (
              <circle key={event.id} cx={x(spanOf(event, days).from)} cy={middle} r={3}>
                <title>{`${event.on} ${event.title}`}</title>
              </circle>
            ))}
          </g>
        )
      })}
    </g>
  )
}

const diamond = (x: number, y: number): string => `M${x - 4},${y}L${x},${y - 4}L${x + 4},${y}L${x},${y + 4}Z`
