import type { Instrument } from '../core/instrument.ts'
import { chinaGrowth } from './china-growth/china-growth.ts'
import { midParentalHeight } from './mid-parental-height/mid-parental-height.ts'
import type { ReferencePack } from './reference-pack.ts'
import { whoGrowth } from './who-growth/who-growth.ts'

export { parseReferencePack, type ReferencePack } from './reference-pack.ts'
export { whoPackFromTable } from './who-growth/pack-from-table.ts'

/** The instruments of growth with the references that an operator brought: `who`, `wst-423-2022`. */
export function growthInstruments(packs: readonly ReferencePack[] = []): Instrument[] {
  const pack = (code: string) => packs.find((one) => one.code === code)
  return [midParentalHeight, chinaGrowth(pack('wst-423-2022')), whoGrowth(pack('who'))]
}

export const instruments: Instrument[] = growthInstruments()
