import type { Coding, Quantity, Value } from '../fhir.ts'
import { inLanguage } from '../text.ts'
import type { Place } from './layout.ts'
import type { State } from './state.ts'
import { sameValue } from './value.ts'
import { answersAt, optionsAt } from './view.ts'

/** Yes and no in the reader's language: the engine has no words of its own. */
export type YesNo = readonly [yes: string, no: string]

/** The answers at a place as people read them, in the state's language; empty where there is none. */
export const answerWords = (state: State, place: Place, yesNo: YesNo): string =>
  answersAt(state, place.key)
    .map((value) => valueWords(state, place, value, yesNo))
    .filter(Boolean)
    .join('、')

function valueWords(state: State, place: Place, value: Value, [yes, no]: YesNo): string {
  if (typeof value === 'boolean') return value ? yes : no
  const option = optionsAt(state, place).find((one) => sameValue(one.value, value))
  if (option) return inLanguage(option.text, state.language)
  const [unit] = place.item.units
  if (typeof value === 'number') return withUnit(value, unit?.unit)
  if (typeof value !== 'object') return value
  const quantity = value as Quantity
  if (quantity.value !== undefined) return withUnit(quantity.value, quantity.unit)
  const coding = value as Coding
  return coding.display ?? coding.code ?? ''
}

const withUnit = (value: number, unit: string | undefined) =>
  unit ? `${Math.round(value * 100) / 100} ${unit}` : String(Math.round(value * 100) / 100)
