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
  /** One's own call: it is before one's eyes already. */
  onShow: () => void
}

/** People to call, in the order in which they are called; each may be taken out of turn. */
export function QueueList({ title, hint, lines, empty, onTake, onShow }: QueueListProps) {
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
            <Line line={line} onTake={onTake} onShow={onShow} />
          </li>
        ))}
      </ol>
    </section>
  )
}

type LineProps = { line: QueueLine } & Pick<QueueListProps, 'onTake' | 'onShow'>

/**
 * Whom a colleague has on the telephone cannot be taken, but stays within reach of the keyboard: whoever hears the list
 * read out is to hear who calls them.
 */
function Line({ line, onTake, onShow }: LineProps) {
  const t = useT('call-desk')
  const said = useSaid()
  const { patient, taken } = line
  const isOthers = taken !== null && !taken.isMine
  const onClick = () => {
    if (taken?.isMine) onShow()
    else if (!isOthers) onTake(line.subject)
  }
  return (
    <button
      type="button"
      className="cd-line"
      aria-current={taken?.isMine ? 'true' : undefined}
      aria-disabled={isOthers || undefined}
      onClick={onClick}
    >
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
      {taken && <Status tone={taken.isMine ? 'good' : 'plain'}>{t(takenKey(taken), { name: taken.by })}</Status>}
    </button>
  )
}

/** In the words of the list: who calls them, and whether somebody has answered. */
export const takenKey = ({ isMine, isTalking }: NonNullable<QueueLine['taken']>) =>
  isMine ? (isTalking ? 'queue.mineTalking' : 'queue.mine') : isTalking ? 'queue.takenTalking' : 'queue.taken'
