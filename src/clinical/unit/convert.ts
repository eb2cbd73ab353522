import { indicatorByCode, isPlausible } from '../indicator/indicator.ts'
import { bridges, type Bridge } from './bridge.ts'
import { isUnitMissing, unitByCode, unitReadings, type Unit } from './unit-table.ts'

export type Conversion =
  | {
      value: number
      unit: string
      /** The unit was missing or incomplete and was taken to be the indicator's own. */
      unitAssumed?: true
    }
  | { problem: 'unknown-unit' | 'not-convertible' }

/**
 * Brings a result to the canonical unit of its indicator. The value is not rounded (float noise beyond the twelfth
 * digit aside), but stands on a limit which it reaches in the unit it was measured in. It is not judged: ask `isPlausible`. Without a unit it is accepted only where it can be real in the
 * indicator's own unit. Unknown codes and indicators without numbers are `not-convertible`.
 */
export function convert(code: string, value: number, unit: string | undefined): Conversion {
  const indicator = indicatorByCode(code)
  if (indicator?.kind !== 'number' || !Number.isFinite(value)) return { problem: 'not-convertible' }
  if (unit === undefined || isUnitMissing(unit)) {
    return isPlausible(indicator, value)
      ? { value, unit: indicator.unit, unitAssumed: true }
      : { problem: 'unknown-unit' }
  }
  const readings = unitReadings(unit)
  if (readings.length === 0) return { problem: 'unknown-unit' }
  for (const from of readings) {
    const step = stepTo(code, from, unitByCode(indicator.unit)!)
    if (!step) continue
    const same = step.factor === 1 && step.offset === 0
    const converted = same ? value : onLimits(value, withoutNoise(value * step.factor + step.offset), step)
    return { value: converted, unit: indicator.unit, ...(step.assumed && { unitAssumed: true as const }) }
  }
  return { problem: 'not-convertible' }
}

/** Whether results of the indicator can be expressed in this printed unit at all. */
export function isConvertible(code: string, unit: string): boolean {
  const indicator = indicatorByCode(code)
  if (indicator?.kind !== 'number') return false
  const own = unitByCode(indicator.unit)!
  return unitReadings(unit).some((from) => stepTo(code, from, own) !== undefined)
}

interface Step {
  factor: number
  offset: number
  assumed?: true
  /** The bridge's limits, and how many of its own units the printed one is. */
  limits?: Bridge['limits']
  scale?: number
}

/** A value that reaches a limit in the unit it came in reaches it in ours as well. */
function onLimits(value: number, converted: number, { limits = [], scale = 1 }: Step): number {
  const measured = withoutNoise(value * scale)
  return Math.max(converted, ...limits.filter(([foreign]) => measured >= foreign).map(([, own]) => own))
}

function stepTo(code: string, from: Unit, own: Unit): Step | undefined {
  if (from.dimension === own.dimension) return { factor: from.factor / own.factor, offset: 0 }
  for (const bridge of bridges[code] ?? []) {
    const entry = unitByCode(bridge.from) ?? unitReadings(bridge.from)[0]!
    if (entry.dimension !== from.dimension) continue
    const scale = from.factor / entry.factor
    const { factor, offset = 0, assumed, limits } = bridge
    return { factor: scale * factor, offset, assumed, limits, scale }
  }
  return undefined
}

/** 4.1 × 0.01 ÷ 0.001 is 41.00000000000001 in binary; no laboratory measures twelve digits. */
export function withoutNoise(value: number): number {
  return Number(value.toPrecision(12))
}
