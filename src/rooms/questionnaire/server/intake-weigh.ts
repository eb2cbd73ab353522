import { indicatorByCode, interpret, type Sex } from '../../../clinical/index.ts'
import { answersAt, type Quantity, type State, type Value } from '../../../clinical/questionnaire/index.ts'
import { indicatorOf, isSameUnit } from './known.ts'

type Place = State['places'][number]

export interface Weighed {
  flag: 'H' | 'L' | null
  /** Out of the ordinary: a value out of range, or an option that carries points. */
  isAbnormal: boolean
}

/**
 * How an answer before a visit is to be looked at: numbers by our own range for the person's sex and age, where the
 * question asks in the unit of the indicator; options by their points.
 */
export function weigh(state: State, place: Place, person: { sex?: Sex; ageYears?: number }): Weighed {
  const values = answersAt(state, place.key)
  const flag = values.length === 1 ? flagOf(place, values[0]!, person) : null
  return { flag, isAbnormal: flag !== null || values.some((value) => pointsOf(state, value) > 0) }
}

/** Yes, or an option that is worth something: 想过，没有打算. */
export function isRaised(state: State, place: Place): boolean {
  return answersAt(state, place.key).some((value) =>
    typeof value === 'object' ? pointsOf(state, value) > 0 : value === true,
  )
}

const pointsOf = ({ form }: State, value: Value): number =>
  typeof value === 'object' ? (form.weights.get(value) ?? 0) : 0

function flagOf({ item }: Place, given: Value, person: { sex?: Sex; ageYears?: number }): 'H' | 'L' | null {
  const value = typeof given === 'object' ? (given as Quantity).value : given
  const code = indicatorOf(item)
  const indicator = code === undefined ? undefined : indicatorByCode(code)
  if (typeof value !== 'number' || indicator?.kind !== 'number') return null
  const unit = (typeof given === 'object' ? (given as Quantity).code : undefined) ?? item.units[0]?.code
  if (unit !== undefined && unit !== indicator.unit && !isSameUnit(indicator.code, unit)) return null
  const { flag } = interpret({ indicator, value, ownValue: value, ...person })
  return flag === 'H' || flag === 'L' ? flag : null
}
