import { useId, useState } from 'react'
import { useT } from '../../../platform/patient-web/index.ts'
import type { MyPlanView } from '../contract/check-in.ts'
import { OUTCOMES, type Outcome } from '../contract/words.ts'
import { placeOf, type Ticks } from './use-ticks.ts'

type Action = MyPlanView['plans'][number]['days'][number]['actions'][number]

interface Props {
  planId: MyPlanView['plans'][number]['id']
  on: string
  action: Action
  ticks: Ticks
}

/** One thing to do: what and how, and the buttons; when it is ticked, what was said and the way to change it. */
export function ActionCard({ planId, on, action, ticks }: Props) {
  const t = useT('care-plan')
  const title = useId()
  const [again, setAgain] = useState(false)
  const place = { planId, actionKey: action.key, on }
  const waiting = ticks.kept.get(placeOf(place))
  const given = waiting ?? action.given
  const tick = (what: { outcome?: Outcome | null; value?: number | null; words?: string }) => {
    setAgain(false)
    return ticks.tick(place, { outcome: what.outcome ?? null, value: what.value ?? null, words: what.words ?? '' })
  }
  return (
    <section className="pp-card" data-tone={given ? undefined : 'todo'} aria-labelledby={title}>
      <h2 id={title}>{action.title}</h2>
      <p className="pp-hint">
        {action.cadenceWords}
        {action.words && ` · ${action.words}`}
      </p>
      {given && !again ? (
        <div className="mp-given">
          <span role="status">
            ✓ {given.outcome ? t(`my.outcome.${given.outcome}`) : t('my.noted')}
            {given.value !== null && ` · ${given.value}${action.ask.kind === 'number' ? ` ${action.ask.unit}` : ''}`}
            {given.words && ` · ${given.words}`}
            {waiting && ticks.isStuck && <span className="pp-hint"> {t('my.waiting')}</span>}
          </span>
          <span>
            <button type="button" className="pp-quiet" onClick={() => setAgain(true)}>
              {t('my.change')}
            </button>
            <button type="button" className="pp-quiet" onClick={() => void ticks.undo(given.clientId)}>
              {t('my.undo')}
            </button>
          </span>
        </div>
      ) : (
        <Ask action={action} labelledBy={title} onTick={tick} />
      )}
    </section>
  )
}

interface AskProps {
  action: Action
  labelledBy: string
  onTick: (what: { outcome?: Outcome; value?: number; words?: string }) => Promise<void>
}

function Ask({ action, labelledBy, onTick }: AskProps) {
  const t = useT('care-plan')
  const [text, setText] = useState('')
  const { ask } = action
  if (ask.kind === 'outcome')
    return (
      <div className="mp-buttons" role="group" aria-labelledby={labelledBy}>
        {OUTCOMES.map((outcome) => (
          <button
            key={outcome}
            type="button"
            className="pp-button"
            data-kind={outcome === 'done' ? undefined : 'second'}
            onClick={() => void onTick({ outcome })}
          >
            {t(`my.button.${outcome}`)}
          </button>
        ))}
      </div>
    )
  const number = Number(text.replace('，', '.').replace(',', '.'))
  const isWhole =
    ask.kind === 'words' ? text.trim() !== '' : text.trim() !== '' && Number.isFinite(number) && number >= 0
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault()
        if (isWhole) void onTick(ask.kind === 'words' ? { words: text.trim() } : { value: number })
      }}
    >
      <div className="pp-with-unit">
        <input
          className="pp-input"
          aria-label={ask.kind === 'number' ? `${action.title} ${ask.label}` : action.title}
          inputMode={ask.kind === 'number' ? 'decimal' : 'text'}
          placeholder={ask.kind === 'number' ? ask.label : t('my.wordsHint')}
          maxLength={300}
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
        {ask.kind === 'number' && <span>{ask.unit}</span>}
      </div>
      <div className="mp-buttons">
        <button type="submit" className="pp-button" disabled={!isWhole}>
          {t('my.note')}
        </button>
        <button
          type="button"
          className="pp-button"
          data-kind="second"
          onClick={() => void onTick({ outcome: 'not-done' })}
        >
          {t('my.button.not-done')}
        </button>
      </div>
    </form>
  )
}
