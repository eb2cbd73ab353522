import { useRef, useState, type KeyboardEvent } from 'react'
import { answersAt, textAt, type Fault, type State, type Value } from '../../../../clinical/questionnaire/index.ts'
import { Card, Stack, Status, useT } from '../../../../platform/web/index.ts'
import { AnswerField, choicesAt, type Place } from './answer-field.tsx'

interface Listed {
  state: State
  /** The questions and what stands between them, in the order of the form. */
  shown: readonly Place[]
  faults: readonly Fault[]
  onAnswer: (key: string, value: Value | readonly Value[] | undefined) => void
}

/**
 * All questions one below the other. A number chooses, Enter goes on: a colleague on the telephone keeps their eyes on
 * the next question and their hands on the keys.
 */
export function QuestionList({ state, shown, faults, onAnswer }: Listed) {
  const t = useT('questionnaire')
  const list = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<string>()
  const questions = shown.filter(isQuestion)
  const goTo = (place: Place | undefined) => {
    const target =
      place &&
      list.current?.querySelector<HTMLElement>(
        `[data-question="${CSS.escape(place.key)}"] :is(input, textarea):is(:checked, :not([type=radio]), [type=radio])`,
      )
    target?.focus()
    target?.scrollIntoView({ block: 'center' })
  }
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = questions.findIndex(({ key }) => key === active)
    const place = questions[at]
    const target = event.target as HTMLElement
    const isTyping = target.matches('textarea, input:not([type=radio], [type=checkbox])')
    if (!place || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' && !target.matches('textarea, button')) {
      event.preventDefault()
      goTo(questions[at + (event.shiftKey ? -1 : 1)])
    } else if (!isTyping && /^[1-9]$/.test(event.key)) {
      const choice = choicesAt(state, place, [t('fill.yes'), t('fill.no')])[Number(event.key) - 1]
      if (!choice) return
      event.preventDefault()
      onAnswer(place.key, place.item.repeats ? toggled(answersAt(state, place.key), choice.value) : choice.value)
    }
  }
  return (
    <div
      ref={list}
      role="presentation"
      onKeyDown={press}
      onFocus={(event) => setActive(event.target.closest<HTMLElement>('[data-question]')?.dataset['question'])}
    >
      <Stack>
        {shown.map((place) =>
          isQuestion(place) ? (
            <div key={place.key} data-question={place.key}>
              <Question
                state={state}
                place={place}
                fault={faults.find(({ key }) => key === place.key)}
                onAnswer={(value) => onAnswer(place.key, value)}
              />
            </div>
          ) : (
            <p key={place.key} className="pb-hint">
              {textAt(state, place)}
            </p>
          ),
        )}
      </Stack>
    </div>
  )
}

const isQuestion = ({ item }: Place) => item.type !== 'group' && item.type !== 'display'

const toggled = (chosen: readonly Value[], value: Value): Value[] =>
  chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]

function Question({
  state,
  place,
  fault,
  onAnswer,
}: {
  state: State
  place: Place
  fault: Fault | undefined
  onAnswer: (value: Value | readonly Value[] | undefined) => void
}) {
  const t = useT('questionnaire')
  const id = `question-${place.key}`
  const limit = typeof fault?.limit === 'object' ? '' : String(fault?.limit ?? '')
  return (
    <Card>
      <Stack tight>
        <strong id={id}>
          {place.item.prefix ? `${place.item.prefix}. ` : ''}
          {textAt(state, place)}
          {!place.item.required && <span className="pb-hint"> {t('interview.optional')}</span>}
        </strong>
        {place.item.readOnly ? (
          <span>{answersAt(state, place.key).join('、')}</span>
        ) : (
          <AnswerField state={state} place={place} labelledBy={id} onAnswer={onAnswer} />
        )}
        {fault && <Status tone="danger">{t(`fill.fault.${fault.code}`, { limit, text: fault.text })}</Status>}
      </Stack>
    </Card>
  )
}
