import {
  answersAt,
  answerWords,
  askedPlaces,
  textAt,
  type State,
  type YesNo,
} from '../../../../clinical/questionnaire/index.ts'

export interface Change {
  key: string
  question: string
  /** Empty where there was, or is, no answer. */
  before: string
  after: string
}

/** What differs between two versions of the same answers, question by question, in the order of the form. */
export function changesBetween(before: State, after: State, yesNo: YesNo): Change[] {
  const places = new Map([...askedPlaces(before), ...askedPlaces(after)].map((place) => [place.key, place]))
  return [...places.values()].flatMap((place) => {
    const said = (state: State) => (state.enabled.has(place.key) ? answerWords(state, place, yesNo) : '')
    const [was, is] = [said(before), said(after)]
    return was === is ? [] : [{ key: place.key, question: textAt(after, place), before: was, after: is }]
  })
}

/** Whether anything was answered at all. */
export const isEmpty = (state: State): boolean =>
  askedPlaces(state).every(({ key }) => answersAt(state, key).length === 0)
