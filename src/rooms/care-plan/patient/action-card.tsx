import { useId, useState } from 'react'
import { useT, type T } from '../../../platform/patient-web/index.ts'
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
  // Kept beside the fields, so that what was refused stands there to be mended.
  const [texts, setTexts] = useState(['', ''])
  const place = { planId, actionKey: action.key, on }
  const waiting = ticks.kept.get(placeOf(place))
  const given = waiting ?? action.given
  const tick = ({ outcome, value, second, words = '' }: Said) => {
    setAgain(false)
    return ticks.tick(place, { outcome: outcome ?? null, value: value ?? null, second: second ?? null, words })
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
            {numbersOf(action.ask, given)}
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
        <Ask action={action} labelledBy={title} texts={texts} onChange={setTexts} onTick={tick} />
      )}
      {ticks.problem?.place === placeOf(place) && (
        <p className="pp-fault" role="alert">
          {ticks.problem.text}
        </p>
      )}
    </section>
  )
}

interface Said {
  outcome?: Outcome
  value?: number
  second?: number
  words?: string
}

/** What was noted in numbers: “ · 71.5 公斤”, “ · 128/82 mmHg”. */
function numbersOf(ask: Action['ask'], { value, second }: { value: number | null; second?: number | null }): string {
  if (value === null) return ''
  if (ask.kind === 'pressure') return ` · ${value}/${second ?? '–'} mmHg`
  return ` · ${value}${ask.kind === 'number' ? ` ${ask.unit}` : ''}`
}

interface AskProps {
  action: Action
  labelledBy: string
  texts: readonly string[]
  onChange: (texts: string[]) => void
  onTick: (what: Said) => Promise<void>
}

function Ask({ action, labelledBy, texts, onChange, onTick }: AskProps) {
  const t = useT('care-plan')
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
  const fields = fieldsOf(action, t)
  const [first = '', last = ''] = texts
  const isWhole = fields.every((field, at) => (field.isNumber ? isNumber(texts[at]!) : texts[at]!.trim() !== ''))
  const said = (): Said => {
    if (ask.kind === 'words') return { words: first.trim() }
    return ask.kind === 'pressure' ? { value: numberOf(first), second: numberOf(last) } : { value: numberOf(first) }
  }
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault()
        if (isWhole) void onTick(said())
      }}
    >
      {fields.map((field, at) => (
        <div key={field.label} className="mp-field">
          {/* Two numbers have to be told apart also when they stand there. */}
          {fields.length > 1 && (
            <div className="pp-hint" aria-hidden>
              {field.placeholder}
            </div>
          )}
          <div className="pp-with-unit">
            <input
              className="pp-input"
              aria-label={field.label}
              inputMode={field.isNumber ? 'decimal' : 'text'}
              placeholder={field.placeholder}
              maxLength={300}
              value={texts[at]}
              onChange={(e) => onChange(texts.map((text, n) => (n === at ? e.target.value : text)))}
            />
            {field.unit && <span>{field.unit}</span>}
          </div>
        </div>
      ))}
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

interface AskedField {
  label: string
  placeholder: string
  unit: string
  isNumber: boolean
}

function fieldsOf({ title, ask }: Action, t: T): AskedField[] {
  if (ask.kind === 'pressure')
    return (['systolic', 'diastolic'] as const).map((which) => ({
      label: `${title} ${t(`my.${which}`)}`,
      placeholder: t(`my.${which}`),
      unit: 'mmHg',
      isNumber: true,
    }))
  if (ask.kind === 'number')
    return [{ label: `${title} ${ask.label}`, placeholder: ask.label, unit: ask.unit, isNumber: true }]
  return [{ label: title, placeholder: t('my.wordsHint'), unit: '', isNumber: false }]
}

/** A comma of either keyboard is a point. */
const numberOf = (text: string) => Number(text.replace('，', '.').replace(',', '.'))
const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(numberOf(text)) && numberOf(text) >= 0
