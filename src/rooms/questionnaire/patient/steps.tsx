import { useState, type MouseEvent, type ReactNode } from 'react'
import {
  answersAt,
  askedPlaces,
  isKnown,
  knownPlaces,
  textAt,
  validate,
  type Fault,
  type State,
  type Value,
} from '../../../clinical/questionnaire/index.ts'
import { useT } from '../../../platform/patient-web/index.ts'
import { QuestionField } from './question-field.tsx'
import { Review } from './review.tsx'

type Place = State['places'][number]

/**
 * Where somebody is among the questions: one at a time, and behind the last one a look back. What the record had answered
 * when the form was opened is no step; it waits at the end, with a way to change it (S1-17).
 */
export function useSteps(state: State, start: 'first' | 'open' = 'open') {
  const [atFirst] = useState<ReadonlySet<string>>(() => new Set(knownPlaces(state).map(({ key }) => key)))
  const [reopened, setReopened] = useState<ReadonlySet<string>>(new Set())
  const stepsWith = (open: ReadonlySet<string>) =>
    askedPlaces(state).filter(({ key }) => !atFirst.has(key) || open.has(key))
  const asked = stepsWith(reopened)
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
    /** Answered by the record, and not changed since. */
    known: askedPlaces(state).filter((place) => atFirst.has(place.key) && isKnown(state, place)),
    at,
    place,
    /** What keeps the answers from being handed in; looked for only at the end. */
    faults: place ? [] : errors(),
    shown,
    forgive: () => setShown(undefined),
    go,
    goTo: (key: string) => {
      const open = atFirst.has(key) ? new Set([...reopened, key]) : reopened
      setReopened(open)
      go(
        Math.max(
          0,
          stepsWith(open).findIndex((one) => one.key === key),
        ),
      )
    },
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
  if (!place) return <Review state={state} errors={faults} known={steps.known} failed={failed} onGo={steps.goTo} />
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
      {steps.at === 0 && steps.known.length > 0 && (
        <p className="pp-hint">{t('fill.known.count', { count: steps.known.length })}</p>
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
