import { useId, useState } from 'react'
import { useT } from '../../../platform/patient-web/index.ts'
import type { MyMedicineView } from '../contract/my.ts'
import { SKIP_REASONS } from '../contract/words.ts'
import { placeOf, type Said, type Takes } from './use-takes.ts'

type Dose = MyMedicineView['days'][number]['doses'][number]

export const timeOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** One dose: what and how much, and the two buttons; once noted, what was said and the way back. */
export function DoseCard({ on, dose, takes }: { on: string; dose: Dose; takes: Takes }) {
  const t = useT('medication')
  const title = useId()
  const [isAsking, setAsking] = useState(false)
  const place = { scheduleId: dose.scheduleId, on, minute: dose.minute }
  const waiting = takes.kept.get(placeOf(place))
  const given = waiting ?? dose.given
  const say = (said: Said) => {
    setAsking(false)
    return takes.take(place, said)
  }
  return (
    <section className="pp-card" data-tone={given ? undefined : 'todo'} aria-labelledby={title}>
      <h2 id={title}>
        <span className="mm-time">{timeOf(dose.minute)}</span> {dose.name}
      </h2>
      <p className="pp-hint">
        {dose.dose}
        {dose.words && ` · ${dose.words}`}
      </p>
      {given && !isAsking && (
        <div className="mm-given" data-outcome={given.outcome}>
          <span role="status">
            {t(`my.outcome.${given.outcome}`)}
            {given.reason && ` · ${t(`my.reason.${given.reason}`)}`}
            {given.words && ` · ${given.words}`}
            {!waiting && dose.given?.toldTo && (
              <span className="pp-hint"> {t('my.told', { name: dose.given.toldTo })}</span>
            )}
            {waiting && takes.isStuck && <span className="pp-hint"> {t('my.waiting')}</span>}
          </span>
          <button type="button" className="pp-quiet" onClick={() => void takes.undo(given.clientId)}>
            {t('my.undo')}
          </button>
        </div>
      )}
      {!given && !isAsking && (
        <div className="mm-buttons" role="group" aria-labelledby={title}>
          <button
            type="button"
            className="pp-button"
            onClick={() => void say({ outcome: 'taken', reason: null, words: '' })}
          >
            {t('my.button.taken')}
          </button>
          <button type="button" className="pp-button" data-kind="second" onClick={() => setAsking(true)}>
            {t('my.button.skipped')}
          </button>
        </div>
      )}
      {isAsking && <WhySkipped labelledBy={title} onSay={say} onBack={() => setAsking(false)} />}
      {takes.problem?.place === placeOf(place) && (
        <p className="pp-fault" role="alert">
          {takes.problem.text}
        </p>
      )}
    </section>
  )
}

/** Nobody is scolded: a reason is one press. */
function WhySkipped({
  labelledBy,
  onSay,
  onBack,
}: {
  labelledBy: string
  onSay: (said: Said) => Promise<void>
  onBack: () => void
}) {
  const t = useT('medication')
  return (
    <div role="group" aria-labelledby={labelledBy}>
      <p>{t('my.why')}</p>
      <div className="mm-reasons">
        {SKIP_REASONS.map((reason) => (
          <button
            key={reason}
            type="button"
            className="pp-button"
            data-kind="second"
            onClick={() => void onSay({ outcome: 'skipped', reason, words: '' })}
          >
            {t(`my.reason.${reason}`)}
          </button>
        ))}
      </div>
      <p className="pp-hint">{t('my.unwellHint')}</p>
      <button type="button" className="pp-quiet" onClick={onBack}>
        {t('my.back')}
      </button>
    </div>
  )
}
