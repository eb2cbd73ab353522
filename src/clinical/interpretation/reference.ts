import type { Indicator, ReferenceInterval, Sex } from '../indicator/indicator.ts'
import type { Range } from '../result/parse-range.ts'
import type { Comparator } from '../result/parse-result.ts'
import { flag, type Flag } from './flag.ts'

/** An interval of our dictionary; `ours` so that no page takes it for the laboratory's. */
export interface OwnReference extends Range {
  ours: true
  source: string
}

/**
 * Our own interval in the canonical unit for this person, or undefined where we have none that is certain to fit:
 * children (intervals are of adults), ages outside the standard, or a sex or age that matters and is not known.
 * Pregnancy is not covered.
 */
export function referenceFor(
  indicator: Indicator,
  sex: Sex | undefined,
  ageYears: number | undefined,
): OwnReference | undefined {
  if (ageYears !== undefined && ageYears < 18) return undefined
  if (indicator.onlySex && sex && indicator.onlySex !== sex) return undefined
  const fitting = indicator.reference.filter((interval) => {
    const sexFits = !interval.sex || interval.sex === sex
    const ageFits = interval.ageFrom === undefined || isAged(interval, ageYears)
    return sexFits && ageFits
  })
  const [found] = fitting
  if (!found || fitting.length > 1) return undefined
  const { low, high, highExclusive, source } = found
  return { low, high, ...(highExclusive && { highExclusive: true as const }), source, ours: true }
}

function isAged(interval: ReferenceInterval, ageYears: number | undefined): boolean {
  if (ageYears === undefined) return false
  // An interval for 20–59 holds until the 60th birthday
  return ageYears >= (interval.ageFrom ?? 0) && ageYears < (interval.ageTo ?? Infinity) + 1
}

export interface Interpretation {
  flag: Flag | undefined
  /** The range the flag was read against, where it was. */
  range?: Range | OwnReference
  by: 'laboratory-flag' | 'laboratory-range' | 'own-range' | 'nothing'
}

/**
 * The laboratory's flag wins over its interval, and its interval over ours. `value` and `laboratoryRange` are as
 * printed; `ownValue` is the value in our canonical unit, needed for our interval only.
 */
export function interpret(result: {
  indicator?: Indicator
  value: number
  comparator?: Comparator
  laboratoryFlag?: Flag
  laboratoryRange?: Range
  ownValue?: number
  sex?: Sex
  ageYears?: number
}): Interpretation {
  const { laboratoryFlag, laboratoryRange } = result
  if (laboratoryFlag) return { flag: laboratoryFlag, range: laboratoryRange, by: 'laboratory-flag' }
  if (laboratoryRange) {
    return {
      flag: flag(result.value, laboratoryRange, result.comparator),
      range: laboratoryRange,
      by: 'laboratory-range',
    }
  }
  const own = result.indicator && referenceFor(result.indicator, result.sex, result.ageYears)
  if (!own || result.ownValue === undefined) return { flag: undefined, by: 'nothing' }
  return { flag: flag(result.ownValue, own, result.comparator), range: own, by: 'own-range' }
}
