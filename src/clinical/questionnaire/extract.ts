import type { Coding, Value } from './fhir.ts'
import type { Item } from './questionnaire.ts'
import type { Place, State } from './state/index.ts'

/** An answer that is to be kept as an observation of its own. */
export interface Extracted {
  linkId: string
  /** Key of the place it was given at: two copies of a group give two observations. */
  key: string
  code: readonly Coding[]
  value: Value
}

/**
 * Answers that the form marks with `observationExtract`, on the item itself or on a group around it, and that carry a
 * code. What is not asked gives nothing; what was taken from the record and not touched is there already.
 */
export function toObservations(state: State): Extracted[] {
  return state.places
    .filter((place) => isNew(state, place))
    .flatMap(({ item, key }) =>
      (state.answers.get(key) ?? []).map((value) => ({ linkId: item.linkId, key, code: item.code, value })),
    )
}

const isNew = (state: State, { item, key }: Place) =>
  state.enabled.has(key) && !state.prefilled.has(key) && item.code.length > 0 && extracts(item)

const extracts = (item: Item): boolean => item.extracts || (item.parent !== undefined && extracts(item.parent))
