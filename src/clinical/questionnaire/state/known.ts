import type { Value } from '../fhir.ts'
import type { Item } from '../questionnaire.ts'
import { addDays } from './days.ts'
import type { Place } from './layout.ts'
import { asAnswers } from './settle.ts'
import type { Known, KnownObservation, State } from './state.ts'
import { sameAnswers, sameCoding, settleValue } from './value.ts'
import { askedPlaces } from './view.ts'

/** What the record answers of an item, and since when; undefined where it says nothing. */
export interface KnownAnswer {
  values: readonly Value[]
  /** Calendar date of the fact; undefined where nobody knows. */
  on?: string
}

/** Answers by linkId win over observations; of these the newest within the item's own window. */
export function knownAnswer(item: Item, known: Known): KnownAnswer | undefined {
  if (item.type === 'group' || item.type === 'display') return undefined
  const given = known.answers?.[item.linkId]
  if (given !== undefined) {
    const values = Array.isArray(given) ? [...(given as Value[])] : [given as Value]
    return values.length > 0 ? { values: settled(item, values), on: known.answeredOn?.[item.linkId] } : undefined
  }
  const newest = newestObservation(item, known)
  const values = newest ? asAnswers(item, [newest.value]) : []
  return values.length > 0 ? { values: settled(item, values), on: newest!.on } : undefined
}

const settled = (item: Item, values: readonly Value[]) => values.map((value) => settleValue(item, value))

function newestObservation({ code, observationDays }: Item, known: Known): KnownObservation | undefined {
  if (observationDays === undefined) return undefined
  const oldest = addDays(known.today, -Math.floor(observationDays))
  const fresh = (known.observations ?? []).filter(
    (one) =>
      one.on >= oldest &&
      one.on <= known.today &&
      code.some((mine) => one.code.some((other) => sameCoding(mine, other))),
  )
  return fresh.reduce<KnownObservation | undefined>((best, one) => (best && best.on >= one.on ? best : one), undefined)
}

/** The places whose answers are those of the record: what `open` filled in and nobody has changed since. */
export const fromRecord = (
  places: readonly Place[],
  answers: ReadonlyMap<string, readonly Value[]>,
  known: Known,
): Set<string> =>
  new Set(
    places.flatMap(({ key, item }) => {
      const given = answers.get(key)
      const found = given && knownAnswer(item, known)
      return found && sameAnswers(found.values, given) ? [key] : []
    }),
  )

/** Whether a place needs nobody: the record answers it, or it is worked out from what is known. */
export const isKnown = (state: State, { key, item }: Place): boolean =>
  state.answers.has(key) && (state.prefilled.has(key) || (item.calculated !== undefined && !state.edited.has(key)))

/** Places still to be put to the person: asked, and not answered by the record. */
export const placesToAsk = (state: State): Place[] => askedPlaces(state).filter((place) => !isKnown(state, place))

/** What the record answers of the questions that would be asked: to be shown with its date and a way to change it. */
export const knownPlaces = (state: State): Place[] => askedPlaces(state).filter((place) => isKnown(state, place))
