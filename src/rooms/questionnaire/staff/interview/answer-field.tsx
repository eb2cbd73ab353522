import { Checkbox, Input, InputNumber, Radio, Space } from 'antd'
import {
  answersAt,
  inLanguage,
  optionsAt,
  plainNumber,
  type Coding,
  type Quantity,
  type State,
  type Value,
} from '../../../../clinical/questionnaire/index.ts'
import { DateInput, KeyHint, useT } from '../../../../platform/web/index.ts'

export type Place = State['places'][number]
export interface Asked {
  state: State
  place: Place
  labelledBy: string
  onAnswer: (value: Value | readonly Value[] | undefined) => void
}

/** The field of one question at the desk, by its kind. */
export function AnswerField(asked: Asked) {
  const t = useT('questionnaire')
  const { state, place, labelledBy, onAnswer } = asked
  const [value] = answersAt(state, place.key)
  const { item } = place
  const common = { 'aria-labelledby': labelledBy }
  switch (item.type) {
    case 'choice':
    case 'open-choice':
    case 'boolean':
      return <Options {...asked} />
    case 'integer':
    case 'decimal':
    case 'quantity': {
      const [unit] = item.units
      const number = typeof value === 'object' ? (value as Quantity).value : (value as number | undefined)
      return (
        <InputNumber<number | string>
          {...common}
          style={{ width: 220 }}
          inputMode={item.type === 'integer' ? 'numeric' : 'decimal'}
          {...(unit?.unit ? { suffix: unit.unit } : {})}
          value={number ?? null}
          parser={(typed) => plainNumber(typed ?? '')}
          onChange={(given) =>
            onAnswer(
              given === null ? undefined : item.type === 'quantity' ? { ...unit, value: Number(given) } : Number(given),
            )
          }
        />
      )
    }
    case 'date':
      return <DateInput {...common} value={value as string | undefined} onChange={onAnswer} />
    case 'text':
      return (
        <Input.TextArea
          {...common}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={item.maxLength}
          value={(value as string | undefined) ?? ''}
          onChange={(event) => onAnswer(event.target.value || undefined)}
        />
      )
    case 'string':
    case 'url':
    case 'time':
    case 'dateTime':
      return (
        <Input
          {...common}
          type={item.type === 'time' ? 'time' : item.type === 'dateTime' ? 'datetime-local' : 'text'}
          maxLength={item.maxLength}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onAnswer(event.target.value || undefined)}
        />
      )
    default:
      return <span className="pb-hint">{t('interview.cannot')}</span>
  }
}

/** What can be chosen at a place, each with a key of its own; yes and no for a question of that kind. */
export function choicesAt(state: State, place: Place, yesNo: readonly [string, string]) {
  if (place.item.type === 'boolean')
    return [
      { key: 'true', text: yesNo[0], value: true as Value },
      { key: 'false', text: yesNo[1], value: false as Value },
    ]
  return optionsAt(state, place).map(({ value, text, prefix }) => ({
    key: keyOf(value),
    text: `${prefix ? `${prefix} ` : ''}${inLanguage(text, state.language)}`,
    value,
  }))
}

/** Answers are matched by system and code, never by the words shown. */
function keyOf(value: Value): string {
  if (typeof value !== 'object') return String(value)
  const { system, code, display } = value as Coding
  return `${system ?? ''}|${code ?? display ?? ''}`
}

function Options({ state, place, labelledBy, onAnswer }: Asked) {
  const t = useT('questionnaire')
  const choices = choicesAt(state, place, [t('fill.yes'), t('fill.no')])
  const chosen = answersAt(state, place.key)
  const isOpen = place.item.type === 'open-choice'
  const own = chosen.find((value): value is string => typeof value === 'string' && isOpen)
  const keys = chosen.filter((value) => value !== own).map(keyOf)
  const answerWith = (next: readonly string[], text: string | undefined) => {
    const values = next.flatMap((key) => choices.find((one) => one.key === key)?.value ?? [])
    onAnswer([...values, ...(text ? [text] : [])])
  }
  const labelOf = ({ text }: { text: string }, n: number) => (
    <>
      {n < 9 && <KeyHint keys={[String(n + 1)]} />} {text}
    </>
  )
  return (
    <Space orientation="vertical" role={place.item.repeats ? 'group' : 'radiogroup'} aria-labelledby={labelledBy}>
      {choices.map((choice, n) =>
        place.item.repeats ? (
          <Checkbox
            key={choice.key}
            checked={keys.includes(choice.key)}
            onChange={({ target }) =>
              answerWith(target.checked ? [...keys, choice.key] : keys.filter((key) => key !== choice.key), own)
            }
          >
            {labelOf(choice, n)}
          </Checkbox>
        ) : (
          <Radio
            key={choice.key}
            name={place.key}
            checked={keys.includes(choice.key)}
            onChange={() => answerWith([choice.key], undefined)}
          >
            {labelOf(choice, n)}
          </Radio>
        ),
      )}
      {isOpen && (
        <Input
          aria-label={t('fill.other')}
          placeholder={t('fill.other')}
          value={own ?? ''}
          onChange={(event) => answerWith(place.item.repeats ? keys : [], event.target.value)}
        />
      )}
    </Space>
  )
}
