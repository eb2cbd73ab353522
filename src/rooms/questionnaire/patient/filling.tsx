import { useState } from 'react'
import {
  answersAt,
  askedPlaces,
  progress,
  textAt,
  validate,
  type Fault,
} from '../../../clinical/questionnaire/index.ts'
import { Screen, useLocale, useT } from '../../../platform/patient-web/index.ts'
import { Done } from './done.tsx'
import type { Looked, Opened } from './fill-page.tsx'
import { QuestionField } from './question-field.tsx'
import { useFilling } from './use-filling.ts'

/** One question at a time, the next at the thumb; at the end one look back, then it is handed in. */
export function Filling({
  token,
  looked,
  opened,
  birthDate,
}: {
  token: string
  looked: Looked
  opened: Opened
  birthDate?: string
}) {
  const t = useT('questionnaire')
  const locale = useLocale()
  const filling = useFilling({ token, opened, birthDate, language: locale })
  const { state } = filling
  const asked = askedPlaces(state)
  const [at, setAt] = useState(() =>
    firstOpen(
      asked.map(({ key }) => key),
      (key) => state.answers.has(key),
    ),
  )
  const [shown, setShown] = useState<Fault>()
  if (filling.answer) return <Done looked={looked} answer={filling.answer} />
  const place = asked[at]
  const { answered } = progress(state)
  const faultAt = (key: string) => validate(state).find((fault) => fault.key === key && fault.severity === 'error')
  const go = (to: number) => {
    setShown(undefined)
    setAt(to)
    window.scrollTo({ top: 0 })
  }
  const next = () => {
    const fault = place && faultAt(place.key)
    if (fault) setShown(fault)
    else go(at + 1)
  }
  const faults = place ? [] : validate(state).filter((fault) => fault.severity === 'error')
  return (
    <Screen
      organization={looked.organization}
      progress={asked.length === 0 ? 1 : answered / asked.length}
      actions={
        <>
          <button type="button" className="pp-button" data-kind="second" disabled={at === 0} onClick={() => go(at - 1)}>
            {t('fill.back')}
          </button>
          {place ? (
            <button type="button" className="pp-button" onClick={next}>
              {t(!place.item.required && answersAt(state, place.key).length === 0 ? 'fill.skip' : 'fill.next')}
            </button>
          ) : (
            <button
              type="button"
              className="pp-button"
              disabled={filling.sending || faults.length > 0}
              onClick={() => void filling.submit()}
            >
              {t(filling.sending ? 'fill.sending' : 'fill.submit')}
            </button>
          )}
        </>
      }
    >
      {place ? (
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
              setShown(undefined)
              filling.give(place.key, value)
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
      ) : (
        <section>
          <h1>{t(faults.length > 0 ? 'fill.missing' : 'fill.review', { count: faults.length })}</h1>
          <p>{t('fill.reviewHint')}</p>
          {faults[0] && (
            <button
              type="button"
              className="pp-button"
              data-kind="second"
              onClick={() =>
                go(
                  Math.max(
                    0,
                    asked.findIndex(({ key }) => key === faults[0]!.key),
                  ),
                )
              }
            >
              {t('fill.goThere')}
            </button>
          )}
          {filling.failed && (
            <p className="pp-fault" role="alert">
              {filling.failed}
            </p>
          )}
        </section>
      )}
      <p className="pp-hint" role="status">
        {filling.kept === 'server' ? t('fill.kept') : filling.kept === 'here' ? t('fill.keptHere') : ''}
      </p>
    </Screen>
  )
}

const firstOpen = (keys: readonly string[], isAnswered: (key: string) => boolean) => {
  const open = keys.findIndex((key) => !isAnswered(key))
  return open < 0 ? keys.length : open
}

const wordOf = (limit: Fault['limit']) => (typeof limit === 'object' ? '' : limit === undefined ? '' : String(limit))

/** Names of the groups around a question, and what is said right before it: 在过去两个星期，您有多经常…… */
function contextOf(place: ReturnType<typeof askedPlaces>[number], state: Parameters<typeof textAt>[0]): string[] {
  const texts: string[] = []
  for (let one = place.parent; one; one = one.parent) texts.unshift(textAt(state, one))
  const mine = state.places.indexOf(place)
  const before = state.places
    .slice(0, mine)
    .findLast(({ item, parent }) => item.type === 'display' && parent?.key === place.parent?.key && !item.hidden)
  if (before && state.enabled.has(before.key)) texts.push(textAt(state, before))
  return texts.filter(Boolean)
}
