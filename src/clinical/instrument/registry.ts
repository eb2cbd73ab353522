import { instruments as circulation } from './circulation/index.ts'
import type { Instrument } from './core/instrument.ts'
import { instruments as growth } from './growth/index.ts'
import { instruments as metabolism } from './metabolism/index.ts'
import { instruments as nodule } from './nodule/index.ts'
import { instruments as scale } from './scale/index.ts'

/** Every instrument, by field of medicine. */
export const instruments: readonly Instrument[] = [...circulation, ...metabolism, ...scale, ...nodule, ...growth]

const byCode = new Map(instruments.map((one) => [one.card.code, one]))

export function instrumentByCode(code: string): Instrument | undefined {
  return byCode.get(code)
}
