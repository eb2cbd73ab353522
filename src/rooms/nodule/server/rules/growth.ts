import { daysBetween } from '../../../../platform/clock.ts'
import type { GrowthView, Organ } from '../../contract/words.ts'
import { ballMm3, meanMm, volumeOf, type Axes } from './size.ts'

export interface SizedScan extends Axes {
  on: string
  /** Of a lung nodule, mm of its solid part: 0 in pure ground glass; null where it was not measured, absent where it is no matter. */
  solidMm?: number | null
}

/**
 * A difference below this is within what two readings of the same nodule differ by. Lung: Fleischner Society, Bankier AA
 * et al. Radiology 2017;285:584-600, and MacMahon H et al. Radiology 2017;284:228-243. Thyroid: Tessler FN et al.
 * J Am Coll Radiol 2017;14:587-595 (at least 2 mm in two dimensions). Breast: taken as the same, no limit of its own found.
 * From memory, still to be compared with print.
 */
export const ERROR_MM = 2

/** Lung-RADS 2022: more than this of mean diameter within twelve months. */
const LUNG_RADS_MM = 1.5
const YEAR_DAYS = 366

/**
 * A scan against the one before it; null where a size is missing or both are of one day. Within the error of measuring
 * nothing is called growth, and no doubling time is told.
 */
export function growthBetween(organ: Organ, before: SizedScan, after: SizedScan): GrowthView | null {
  const days = daysBetween(before.on, after.on)
  const [was, is] = comparable(before, after)
  if (was === null || is === null || days <= 0) return null
  const changeMm = Math.round((is - was) * 10) / 10
  const solidChangeMm = solidChange(before, after)
  // What is dangerous in a part-solid nodule is its solid part: it may grow while the whole stays as it is.
  const decisive = Math.abs(changeMm) < ERROR_MM && (solidChangeMm ?? 0) > 0 ? solidChangeMm! : changeMm
  const withinError = Math.abs(decisive) < ERROR_MM
  return {
    days,
    changeMm,
    solidChangeMm,
    changePct: Math.round((changeMm / was) * 100),
    volumePct: volumePct(before, after),
    verdict: withinError ? 'within-error' : decisive > 0 ? 'larger' : 'smaller',
    errorMm: ERROR_MM,
    doubling: organ === 'lung' && changeMm >= ERROR_MM ? doublingDays(was, is, days) : null,
    criterion: criterionOf(organ, before, after, Math.max(changeMm, solidChangeMm ?? 0), days),
  }
}

/** Mean diameters, if both scans give both axes; else the long axis of both. */
function comparable(before: Axes, after: Axes): [number | null, number | null] {
  const both = before.shortMm !== null && after.shortMm !== null
  return both ? [meanMm(before), meanMm(after)] : [before.longMm, after.longMm]
}

/** mm by which the solid part has changed; null where one of the two was not measured, or there is none in either. */
function solidChange(before: SizedScan, after: SizedScan): number | null {
  const [was, is] = [before.solidMm, after.solidMm]
  if (typeof was !== 'number' || typeof is !== 'number' || (was === 0 && is === 0)) return null
  return Math.round((is - was) * 10) / 10
}

/** Only volumes that were reckoned alike are compared. */
function volumePct(before: Axes, after: Axes): number | null {
  const [was, is] = [volumeOf(before), volumeOf(after)]
  if (!was || !is || was.from !== is.from) return null
  if (was.from === 'mean' && (before.shortMm === null) !== (after.shortMm === null)) return null
  return Math.round((is.mm3 / was.mm3 - 1) * 100)
}

/**
 * Days · ln 2 / ln (V2 / V1), of balls of these diameters; with what it would be if the change were an error of measuring
 * larger or smaller. Without an upper end where the smaller change is none.
 */
export function doublingDays(
  wasMm: number,
  isMm: number,
  days: number,
): { days: number; fromDays: number; toDays: number | null } | null {
  const of = (mm: number) => (days * Math.LN2) / Math.log(ballMm3(mm) / ballMm3(wasMm))
  if (isMm <= wasMm) return null
  const slowMm = isMm - ERROR_MM
  return {
    days: Math.round(of(isMm)),
    fromDays: Math.round(of(isMm + ERROR_MM)),
    toDays: slowMm > wasMm ? Math.round(of(slowMm)) : null,
  }
}

function criterionOf(organ: Organ, before: Axes, after: Axes, changeMm: number, days: number): GrowthView['criterion'] {
  if (organ === 'lung') return { key: 'lung-rads', met: changeMm > LUNG_RADS_MM && days <= YEAR_DAYS }
  if (organ === 'breast') return null
  // A fifth and 2 mm more in two dimensions, or half as much again in volume.
  const grown = (['longMm', 'shortMm', 'depthMm'] as const).filter((axis) => {
    const [was, is] = [before[axis], after[axis]]
    return was !== null && is !== null && is - was >= ERROR_MM && is >= was * 1.2
  })
  const [was, is] = [volumeOf(before), volumeOf(after)]
  const volume = was?.from === 'axes' && is?.from === 'axes' && is.mm3 >= was.mm3 * 1.5
  return { key: 'thyroid', met: grown.length >= 2 || volume }
}

export type LungStatus = 'baseline' | 'growing' | 'growingSolid' | 'slowlyGrowing' | 'stable'

/**
 * How a lung nodule compares with the scans before it, in the words of Lung-RADS; what a person has chosen comes first.
 * All of them count: a millimetre a year is within the error each time, and is growth over three years.
 * @param former earlier scans that stand and show the nodule
 * @returns undefined where a solid part was not measured, so that nobody can say that it is stable
 */
export function statusOf(former: readonly SizedScan[], after: SizedScan): LungStatus | undefined {
  if (former.length === 0) return 'baseline'
  const seen = former.map((before) => against(before, after))
  for (const worst of ['growingSolid', 'growing', 'slowlyGrowing'] as const) if (seen.includes(worst)) return worst
  return seen.includes(undefined) ? undefined : 'stable'
}

function against(before: SizedScan, after: SizedScan): LungStatus | undefined {
  const withinYear = daysBetween(before.on, after.on) <= YEAR_DAYS
  const solid = solidChange(before, after)
  // A solid part where there was none is new, whatever its size.
  if (solid !== null && ((before.solidMm === 0 && after.solidMm! > 0) || solid > LUNG_RADS_MM))
    return withinYear ? 'growingSolid' : 'slowlyGrowing'
  const [was, is] = comparable(before, after)
  if (was !== null && is !== null && is - was > LUNG_RADS_MM) return withinYear ? 'growing' : 'slowlyGrowing'
  const isUnknown = solid === null && (before.solidMm === null || after.solidMm === null)
  return isUnknown ? undefined : 'stable'
}
