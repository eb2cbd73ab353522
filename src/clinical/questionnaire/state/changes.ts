import type { State } from './state.ts'
import { askedPlaces, textAt } from './view.ts'
import { answerWords, type YesNo } from './words.ts'

export interface Change {
  key: string
  question: string
  /** Empty where there was, or is, no answer. */
  before: string
  after: string
}

/** What differs between two filled forms of one questionnaire, question by question, in the order of the form. */
export function changesBetween(before: State, after: State, yesNo: YesNo): Change[] {
  const places = new Map([...askedPlaces(before), ...askedPlaces(after)].map((place) => [place.key, place]))
  return [...places.values()].flatMap((place) => {
    const said = (state: State) => (state.enabled.has(place.key) ? answerWords(state, place, yesNo) : '')
    const [was, is] = [said(before), said(after)]
    return was === is ? [] : [{ key: place.key, question: textAt(after, place), before: was, after: is }]
  })
}
