import { Button } from 'antd'
import { useT } from '../../../platform/web/index.ts'
import type { AppointmentLine } from '../contract/appointment.ts'
import type { Act, Mark } from '../contract/words.ts'
import { useMark } from './use-acts.ts'

/** What may be done with it now; the next step stands first. */
export function ActButtons({
  line,
  name,
  only,
  onAsk,
}: {
  line: AppointmentLine
  /** Whom a screen reader is told of. */
  name: string
  only?: readonly Act[]
  /** For what asks something first. */
  onAsk?: (act: 'move' | 'cancel') => void
}) {
  const t = useT('appointment')
  const mark = useMark()
  const acts = line.can.filter((act) => !only || only.includes(act))
  return (
    <span className="pb-row">
      {acts.map((act) => (
        <Button
          key={act}
          size="small"
          disabled={mark.isPending}
          onClick={() => (act === 'move' || act === 'cancel' ? onAsk?.(act) : void mark.run(line, act as Mark))}
        >
          {t(act === 'booked' ? (line.status === 'cancelled' ? 'act.restore' : 'act.takeBack') : `act.${act}`)}
          <span className="pb-sr">{name}</span>
        </Button>
      ))}
    </span>
  )
}
