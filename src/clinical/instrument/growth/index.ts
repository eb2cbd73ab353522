import type { Instrument } from '../core/instrument.ts'
import { chinaGrowth } from './china-growth/china-growth.ts'
import { midParentalHeight } from './mid-parental-height/mid-parental-height.ts'
import type { ReferencePack } from './reference-pack.ts'
import { whoGrowth } from './who-growth/who-growth.ts'

export { ageBetween, birthdayOn, type Age } from './age.ts'
export { zongLi2013 } from './china-growth/china-growth.ts'
export { linesCrossed, MAIN_PERCENTILES, percentileLines, zOfPercentile, type PercentileLines } from './lines.ts'
export { percentileOf } from './lms.ts'
export { packDoubts, type PackDoubt } from './pack-doubts.ts'
export {
  betweenPrinted,
  heightFor,
  placeIn,
  positionIn,
  type GrowthSex,
  type Placed,
  type Position,
  type Unplaced,
} from './place.ts'
export { nameOf, parseReferencePack, type Measure, type ReferencePack } from './reference-pack.ts'
export { latestVelocity, velocities, velocityOf, VELOCITY_MIN_DAYS, type HeightOn, type Velocity } from './velocity.ts'
export { whoPackFromTable } from './who-growth/pack-from-table.ts'

/** The instruments of growth with the references that an operator brought: `who`, `wst-423-2022`. */
export function growthInstruments(packs: readonly ReferencePack[] = []): Instrument[] {
  const pack = (code: string) => packs.find((one) => one.code === code)
  return [midParentalHeight, chinaGrowth(pack('wst-423-2022')), whoGrowth(pack('who'))]
}

export const instruments: Instrument[] = growthInstruments()
