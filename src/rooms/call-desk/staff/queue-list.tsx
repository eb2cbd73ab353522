import { InstantText, RelativeDay, Status, useT } from '../../../platform/web/index.ts'
import type { QueueLine } from '../contract/desk.ts'
import type { Subject } from '../contract/words.ts'
import { BecauseText, useSaid, Who } from './words.tsx'

export interface QueueListProps {
  title: string
  hint?: string
  lines: readonly QueueLine[]
  empty?: string
  onTake: (subject: Subject) => void
}

/** People to call, in the order in which they are called; each may be taken out of turn. */
export function QueueList({ title, hint, lines, empty, onTake }: QueueListProps) {
  return (
    <section aria-label={title}>
      <h2>
        {title} <span className="pb-hint pb-number">{lines.length}</span>
      </h2>
      {hint && <p className="pb-hint">{hint}</p>}
      {lines.length === 0 && empty && <p className="pb-hint">{empty}</p>}
      <ol className="cd-lines">
        {lines.map((line) => (
          <li key={`${line.subject.kind} ${line.subject.id}`}>
            <Line line={line} onTake={onTake} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Line({ line, onTake }: { line: QueueLine; onTake: (subject: Subject) => void }) {
  const t = useT('call-desk')
  const said = useSaid()
  const { patient } = line
  return (
    <button type="button" className="cd-line" disabled={line.takenBy !== null} onClick={() => onTake(line.subject)}>
      <span className="cd-line-head">
        <strong>{patient.name}</strong>
        <span className="pb-hint">
          <Who patient={patient} />
        </span>
        <BecauseText because={line.because} />
      </span>
      <span>{said(line.title) || t('subject.task')}</span>
      <span className="pb-hint">
        {line.waitsUntil && line.hold === null ? (
          <>
            <InstantText at={line.waitsUntil} /> {t('queue.again')}
          </>
        ) : (
          <>
            {t('queue.until')} <RelativeDay date={line.untilOn} />
          </>
        )}
        {line.tries > 0 && ` · ${t('queue.tries', { count: line.tries })}`}
        {line.more > 0 && ` · ${t('queue.more', { count: line.more })}`}
      </span>
      {line.hold && <Status tone="due">{t(`hold.${line.hold}`)}</Status>}
      {line.takenBy && <Status>{t('queue.taken', { name: line.takenBy })}</Status>}
    </button>
  )
}
