import { answerWords, knownAnswer, textAt, type State } from '../../../clinical/questionnaire/index.ts'
import { useT } from '../../../platform/patient-web/index.ts'

/** What the record has answered already: shown with its date and a way to change it, never asked (S1-17). */
export function KnownList({
  state,
  places,
  onChange,
}: {
  state: State
  places: readonly State['places'][number][]
  onChange: (key: string) => void
}) {
  const t = useT('questionnaire')
  return (
    <section aria-labelledby="known">
      <h2 id="known" className="pp-known-title">
        {t('fill.known.title')}
      </h2>
      <p className="pp-hint">{t('fill.known.hint')}</p>
      <ul className="pp-known">
        {places.map((place) => {
          const on = knownAnswer(place.item, state.known)?.on
          const answer = answerWords(state, place, [t('fill.yes'), t('fill.no')])
          return (
            <li key={place.key}>
              <span>
                <span className="pp-known-question">{textAt(state, place)}</span>
                <span>{on ? t('fill.known.answer', { answer, date: on }) : answer}</span>
              </span>
              <button type="button" className="pp-quiet" onClick={() => onChange(place.key)}>
                {t('fill.known.change')}
                <span className="pp-sr">{textAt(state, place)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
