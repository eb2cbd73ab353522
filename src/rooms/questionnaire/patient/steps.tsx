import { useState, type MouseEvent, type ReactNode } from 'react'
import {
  answersAt,
  askedPlaces,
  textAt,
  validate,
  type Fault,
  type State,
  type Value,
} from '../../../clinical/questionnaire/index.ts'
import { useT } from '../../../platform/patient-web/index.ts'
import { QuestionField } from './question-field.tsx'

type Place = State['places'][number]

/** Where somebody is among the questions: one at a time, and behind the last one a look back. */
export function useSteps(state: State, start: 'first' | 'open' = 'open') {
  const asked = askedPlaces(state)
  const [at, setAt] = useState(() => (start === 'open' ? firstOpen(state, asked) : 0))
  const [shown, setShown] = useState<Fault>()
  const place: Place | undefined = asked[at]
  const errors = () => validate(state).filter(({ severity }) => severity === 'error')
  const go = (to: number) => {
    setShown(undefined)
    setAt(to)
  }
  return {
    asked,
    at,
    place,
    /** What keeps the answers from being handed in; looked for only at the end. */
    faults: place ? [] : errors(),
    shown,
    forgive: () => setShown(undefined),
    go,
    goTo: (key: string) =>
      go(
        Math.max(
          0,
          asked.findIndex((one) => one.key === key),
        ),
      ),
    back: () => go(at - 1),
    /** Stays where it is, and says why, when the answer is not right yet. */
    next: (): boolean => {
      const fault = place && errors().find(({ key }) => key === place.key)
      if (fault) setShown(fault)
      else go(at + 1)
      return !fault
    },
  }
}

export type Steps = ReturnType<typeof useSteps>

const firstOpen = (state: State, asked: readonly Place[]) => {
  const open = asked.findIndex(({ key }) => !state.answers.has(key))
  return open < 0 ? asked.length : open
}

/** The question with its field; behind the last one, what is still missing. */
export function StepBody({
  state,
  steps,
  onAnswer,
  failed,
}: {
  state: State
  steps: Steps
  onAnswer: (key: string, value: Value | readonly Value[] | undefined) => void
  /** Why handing in did not work. */
  failed?: string
}) {
  const t = useT('questionnaire')
  const { place, shown, faults } = steps
  if (!place)
    return (
      <section>
        <h1>{t(faults.length > 0 ? 'fill.missing' : 'fill.review', { count: faults.length })}</h1>
        <p>{t('fill.reviewHint')}</p>
        {faults[0] && (
          <button type="button" className="pp-button" data-kind="second" onClick={() => steps.goTo(faults[0]!.key)}>
            {t('fill.goThere')}
          </button>
        )}
        {failed && (
          <p className="pp-fault" role="alert">
            {failed}
          </p>
        )}
      </section>
    )
  return (
    <>
      {contextOf(place, state).map((text) => (
        <p key={text} className="pp-context">
          {text}
        </p>
      ))}
      <h1 id="question">
        {place.item.prefix ? `${place.item.prefix}. ` : ''}
        {textAt(state, place)}
      </h1>
      <QuestionField
        key={place.key}
        state={state}
        place={place}
        onAnswer={(value) => {
          steps.forgive()
          onAnswer(place.key, value)
        }}
      />
      {shown && (
        <p className="pp-fault" role="alert">
          {t(`fill.fault.${shown.code}`, { limit: wordOf(shown.limit), text: shown.text })}
        </p>
      )}
      <p className="pp-hint">
        {state.prefilled.has(place.key) ? t('fill.prefilled') : place.item.required ? '' : t('fill.optional')}
      </p>
    </>
  )
}

/** Back and on, at the thumb; behind the last question, what hands it in. */
export function StepButtons({ state, steps, end }: { state: State; steps: Steps; end: ReactNode }) {
  const t = useT('questionnaire')
  const { place, at } = steps
  // Of the document it is drawn in: the desk's preview is another one.
  const top = ({ currentTarget }: MouseEvent) => currentTarget.ownerDocument.defaultView?.scrollTo({ top: 0 })
  const back = (event: MouseEvent) => {
    steps.back()
    top(event)
  }
  const next = (event: MouseEvent) => {
    if (steps.next()) top(event)
  }
  const isSkip = place && !place.item.required && answersAt(state, place.key).length === 0
  return (
    <>
      <button type="button" className="pp-button" data-kind="second" disabled={at === 0} onClick={back}>
        {t('fill.back')}
      </button>
      {place ? (
        <button type="button" className="pp-button" onClick={next}>
          {t(isSkip ? 'fill.skip' : 'fill.next')}
        </button>
      ) : (
        end
      )}
    </>
  )
}

const wordOf = (limit: Fault['limit']) => (typeof limit === 'object' ? '' : limit === undefined ? '' : String(limit))

/** Names of the groups around a question, and what is said right before it: 在过去两个星期，您有多经常…… */
function contextOf(place: Place, state: State): string[] {
  const texts: string[] = []
  for (let one = place.parent; one; one = one.parent) texts.unshift(textAt(state, one))
  const mine = state.places.indexOf(place)
  const before = state.places
    .slice(0, mine)
    .findLast(({ item, parent }) => item.type === 'display' && parent?.key === place.parent?.key && !item.hidden)
  if (before && state.enabled.has(before.key)) texts.push(textAt(state, before))
  return texts.filter(Boolean)
}
