import { useState } from 'react'
import {
  answersAt,
  inLanguage,
  optionsAt,
  readNumber,
  type Coding,
  type Quantity,
  type State,
  type Value,
} from '../../../clinical/questionnaire/index.ts'
import { Choice, useT, readDate } from '../../../platform/patient-web/index.ts'

type Place = State['places'][number]
interface Asked {
  state: State
  place: Place
  onAnswer: (value: Value | readonly Value[] | undefined) => void
}

/** The field of one question, by its kind. */
export function QuestionField(asked: Asked) {
  const t = useT('questionnaire')
  const { state, place, onAnswer } = asked
  const [value] = answersAt(state, place.key)
  switch (place.item.type) {
    case 'choice':
    case 'open-choice':
      return <Options {...asked} />
    case 'boolean':
      return (
        <Choice
          name={place.key}
          labelledBy="question"
          several={false}
          options={[
            { key: 'true', text: t('fill.yes') },
            { key: 'false', text: t('fill.no') },
          ]}
          chosen={value === undefined ? [] : [String(value)]}
          onChange={([chosen]) => onAnswer(chosen === 'true')}
        />
      )
    case 'integer':
    case 'decimal':
      return (
        <NumberField
          {...asked}
          unit={place.item.units[0]?.unit}
          value={value as number | string | undefined}
          onNumber={onAnswer}
        />
      )
    case 'quantity': {
      const unit = place.item.units[0]
      return (
        <NumberField
          {...asked}
          unit={unit?.unit}
          value={typeof value === 'object' ? (value as Quantity).value : (value as string | undefined)}
          onNumber={(number) => onAnswer(typeof number === 'number' ? { ...unit, value: number } : number)}
        />
      )
    }
    case 'date':
      return <DateField key={place.key} value={value as string | undefined} onDate={onAnswer} />
    case 'dateTime':
    case 'time':
      return (
        <input
          className="pp-input"
          type={place.item.type === 'time' ? 'time' : 'datetime-local'}
          aria-labelledby="question"
          value={typeof value === 'string' ? value.slice(0, place.item.type === 'time' ? 5 : 16) : ''}
          onChange={(event) => onAnswer(event.target.value || undefined)}
        />
      )
    case 'text':
      return (
        <textarea
          className="pp-input"
          rows={4}
          aria-labelledby="question"
          maxLength={place.item.maxLength}
          value={(value as string | undefined) ?? ''}
          onChange={(event) => onAnswer(event.target.value || undefined)}
        />
      )
    case 'string':
    case 'url':
      return (
        <input
          className="pp-input"
          aria-labelledby="question"
          maxLength={place.item.maxLength}
          placeholder={place.item.entryFormat}
          value={(value as string | undefined) ?? ''}
          onChange={(event) => onAnswer(event.target.value || undefined)}
        />
      )
    default:
      return <p className="pp-hint">{t('fill.cannot')}</p>
  }
}

/** What names an option: answers are matched by system and code, never by the words shown. */
function keyOf(value: Value): string {
  if (typeof value !== 'object') return String(value)
  const { system, code, display } = value as Coding
  return `${system ?? ''}|${code ?? display ?? ''}`
}

function Options({ state, place, onAnswer }: Asked) {
  const t = useT('questionnaire')
  const options = optionsAt(state, place)
  const chosen = answersAt(state, place.key)
  const own = chosen.find((value): value is string => typeof value === 'string' && place.item.type === 'open-choice')
  const byKey = new Map(options.map((option) => [keyOf(option.value), option.value]))
  const answerWith = (keys: readonly string[], text: string | undefined) => {
    const values = keys.flatMap((key) => byKey.get(key) ?? [])
    onAnswer([...values, ...(text ? [text] : [])])
  }
  const keys = chosen.filter((value) => value !== own).map(keyOf)
  return (
    <>
      {place.item.repeats && <p className="pp-hint">{t('fill.several')}</p>}
      <Choice
        name={place.key}
        labelledBy="question"
        several={place.item.repeats}
        options={options.map((option) => ({
          key: keyOf(option.value),
          text: `${option.prefix ? `${option.prefix} ` : ''}${inLanguage(option.text, state.language)}`,
        }))}
        chosen={keys}
        onChange={(next) => answerWith(next, place.item.repeats ? own : undefined)}
      />
      {place.item.type === 'open-choice' && (
        <input
          className="pp-input"
          style={{ marginBlockStart: '0.6rem' }}
          aria-label={t('fill.other')}
          placeholder={t('fill.other')}
          value={own ?? ''}
          onChange={(event) => answerWith(place.item.repeats ? keys : [], event.target.value)}
        />
      )}
    </>
  )
}

/**
 * Keeps what is typed: "36." on the way to 36.5 is not an error yet. What is no number goes on as it is, so that the
 * check names it: 130斤 must not get lost because the question wants kilograms.
 */
function NumberField({
  place,
  unit,
  value,
  onNumber,
}: Asked & {
  unit?: string
  value: number | string | undefined
  onNumber: (value: number | string | undefined) => void
}) {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  return (
    <div className="pp-with-unit">
      <input
        className="pp-input"
        inputMode={place.item.type === 'integer' ? 'numeric' : 'decimal'}
        aria-labelledby="question"
        value={text}
        onChange={(event) => {
          const typed = event.target.value
          setText(typed)
          onNumber(typed.trim() === '' ? undefined : (readNumber(typed) ?? typed))
        }}
      />
      {unit && <span>{unit}</span>}
    </div>
  )
}

function DateField({ value, onDate }: { value: string | undefined; onDate: (value: string | undefined) => void }) {
  const t = useT('questionnaire')
  const [text, setText] = useState(value ?? '')
  return (
    <input
      className="pp-input"
      inputMode="numeric"
      aria-labelledby="question"
      placeholder={t('fill.birthDateHint')}
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        const typed = event.target.value
        onDate(typed.trim() === '' ? undefined : (readDate(typed) ?? typed))
      }}
    />
  )
}
