import { minuteOfDay } from '../../../platform/clock.ts'
import { Flag, Go, Row, Stack, Status, useT, useTimeZone } from '../../../platform/web/index.ts'
import type { Told } from './merge-timeline.ts'

/** One thing that happened: what kind, what, its values, who. */
export function TimelineRow({ entry }: { entry: Told }) {
  const t = useT('observation')
  const own = useT(entry.room)
  const timeZone = useTimeZone()
  const kind = own(`timeline.kind.${entry.kind}`)
  const words = entry.code ? own(`timeline.code.${entry.code}`) : ''
  const title = entry.title || words
  const more = entry.lineCount - entry.lines.length
  return (
    <article>
      <Stack tight>
        <div className="pb-chart-head">
          {title && <Status tone={entry.tone}>{kind}</Status>}
          <h3>{entry.to ? <Go to={entry.to}>{title || kind}</Go> : title || kind}</h3>
          {words && entry.title && <span className="pb-hint">{words}</span>}
          <span className="pb-hint">
            {!entry.dateOnly && <time dateTime={entry.at}>{timeOf(entry.at, timeZone)}</time>} {entry.by}
          </span>
        </div>
        {entry.lines.length > 0 && (
          <Row>
            {entry.lines.map((line, at) => (
              // The same item may be measured several times in a day.
              <span key={at} className="pb-number">
                <span className="pb-hint">{line.label}</span> {line.value}
                {line.unit && <span className="pb-unit">{line.unit}</span>} <Flag code={line.flag} short />
              </span>
            ))}
            {more > 0 && (
              <span className="pb-hint">
                {t(entry.kind === 'report' ? 'timeline.normalToo' : 'timeline.moreLines', { count: more })}
              </span>
            )}
          </Row>
        )}
        {entry.text && <p>{entry.text}</p>}
      </Stack>
    </article>
  )
}

/** The day stands above: 08:05. */
function timeOf(at: string, timeZone: string): string {
  const minute = minuteOfDay(new Date(at), timeZone)
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
