import type { Value } from '../fhir.ts'
import type { Option } from '../questionnaire.ts'
import { inLanguage } from '../text.ts'
import { askerOf } from './ask.ts'
import type { Place } from './layout.ts'
import type { State } from './state.ts'
import { isObject } from './value.ts'

/** The places to draw, in order: asked and not hidden, nor within something hidden. */
export const shownPlaces = (state: State): Place[] =>
  state.places.filter((place) => state.enabled.has(place.key) && !isHidden(place))

function isHidden(place: Place): boolean {
  for (let one: Place | undefined = place; one; one = one.parent) if (one.item.hidden) return true
  return false
}

/** Places that want an answer from a person: shown questions that nothing calculates or forbids. */
export const askedPlaces = (state: State): Place[] =>
  shownPlaces(state).filter(({ item }) => item.type !== 'group' && item.type !== 'display' && !item.readOnly)

export const answersAt = (state: State, key: string): readonly Value[] => state.answers.get(key) ?? []

/** The options of a place now: its own, or those its answerExpression gives. */
export function optionsAt(state: State, place: Place): readonly Option[] {
  const { item } = place
  if (!item.optionsBy) return item.options
  const found = askerOf(state).list(item.optionsBy, place)
  return found.map((one) => {
    const value = one as Value
    const display = isObject(one) ? (one['display'] ?? one['code']) : one
    return { value, text: { text: String(display ?? '') } }
  })
}

/** The question as it reads now, in the state's language. */
export function textAt(state: State, place: Place): string {
  const { item } = place
  if (item.textBy) {
    const [found] = askerOf(state).list(item.textBy, place)
    if (typeof found === 'string') return found
  }
  return inLanguage(item.text, state.language)
}

export interface Progress {
  answered: number
  asked: number
  /** Required questions still without an answer, in order: where to go next. */
  missing: string[]
}

/** How far a person is. Questions that are not asked do not count, so the whole may grow on the way. */
export function progress(state: State): Progress {
  const asked = askedPlaces(state)
  const answered = asked.filter((place) => state.answers.has(place.key))
  const missing = asked.filter((place) => place.item.required && !state.answers.has(place.key))
  return { answered: answered.length, asked: asked.length, missing: missing.map((place) => place.key) }
}
