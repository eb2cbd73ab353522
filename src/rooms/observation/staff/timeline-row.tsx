import { Flag, Go, InstantText, Row, Stack, Status, useT } from '../../../platform/web/index.ts'
import type { Told } from './merge-timeline.ts'

/** One thing that happened: what kind, what, its values, who. */
export function TimelineRow({ entry }: { entry: Told }) {
  const t = useT('observation')
  const own = useT(entry.room)
  const kind = own(`timeline.kind.${entry.kind}`)
  const title = entry.title || (entry.code && own(`timeline.code.${entry.code}`)) || kind
  const more = entry.lineCount - entry.lines.length
  return (
    <article>
      <Stack tight>
        <div className="pb-chart-head">
          <Status tone={entry.tone}>{kind}</Status>
          <h3>{entry.to ? <Go to={entry.to}>{title}</Go> : title}</h3>
          {entry.code && entry.title && <span className="pb-hint">{own(`timeline.code.${entry.code}`)}</span>}
          <span className="pb-hint">
            {!entry.dateOnly && <InstantText at={entry.at} near={false} />} {entry.by}
          </span>
        </div>
        {entry.lines.length > 0 && (
          <Row>
            {entry.lines.map((line, at) => (
              // The same item may be measured several times in a day.
              <span key={at} className="pb-nowrap pb-number">
                <span className="pb-hint">{line.label}</span> {line.value}
                {line.unit && <span className="pb-unit">{line.unit}</span>} <Flag code={line.flag} short />
              </span>
            ))}
            {more > 0 && <span className="pb-hint">{t(entry.kind === 'report' ? 'timeline.normalToo' : 'timeline.moreLines', { count: more })}</span>}
          </Row>
        )}
        {entry.text && <p>{entry.text}</p>}
      </Stack>
    </article>
  )
}
