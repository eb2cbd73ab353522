import { evaluate, type Evaluated, type Instrument } from './instrument.ts'

/** The answer to input that is known to be whole; throws a RangeError that holds the refusal as JSON. */
export function answer(instrument: Instrument, given: Readonly<Record<string, unknown>>): Evaluated {
  const result = evaluate(instrument, given)
  if (result.refused) throw new RangeError(`${instrument.card.code}: ${JSON.stringify(result.refused)}`)
  return result
}
