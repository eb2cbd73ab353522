import { lmsAt, restrictedZOf, zOf } from '../lms.ts'
import { findTable, type Measure, type ReferencePack, type ReferenceTable } from '../reference-pack.ts'
import card from './model.json' with { type: 'json' }

export type Z = number | null

/** z of a measure; `null` without it or where the pack has nothing for this age or length. */
export function zAt(
  pack: ReferencePack,
  measure: Measure,
  sex: string,
  at: { by: ReferenceTable['by']; x: number | undefined },
  value: number | undefined,
): Z {
  if (value === undefined || at.x === undefined) return null
  const lms = lmsAt(findTable(pack, measure, sex, at.by), at.x)
  if (!lms) return null
  return measure === 'weight' || measure === 'bmi' ? restrictedZOf(value, lms) : zOf(value, lms)
}

/** Length below 731 days, height from then on; 0.7 cm lies between the two. */
export function lengthOrHeightCm(cm: number, measured: 'lying' | 'standing', ageDays: number): number {
  const isLying = ageDays < card.standingFromDay
  if (isLying === (measured === 'lying')) return cm
  return isLying ? cm + card.lyingAddsCm : cm - card.lyingAddsCm
}

export function bmiOf(weightKg: number | undefined, heightCm: number | undefined): number | undefined {
  return weightKg === undefined || heightCm === undefined ? undefined : weightKg / (heightCm / 100) ** 2
}

/** The z that lies furthest out decides. */
export function bandOf(all: Z[]): { band: string; caveats: string[] } {
  const furthest = Math.max(0, ...all.map((z) => Math.abs(z ?? 0)))
  const band = furthest <= 2 ? 'within' : furthest <= 3 ? 'apart' : 'far'
  return { band, caveats: ['one-point', ...(furthest > 6 ? ['implausible'] : [])] }
}
