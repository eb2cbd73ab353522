import {
  bodyMassIndex,
  convert,
  flag as flagOf,
  indicatorByCode,
  isPlausible,
  referenceFor,
  type NumberIndicator,
  type Sex,
} from '../../../../clinical/index.ts'
import type { Locale, ProblemValues } from '../../../../platform/contract/index.ts'
import type { Flag } from '../../contract/record.ts'
import { lifestyleOf, nameOf, printUnit } from '../name.ts'

export interface RawReading {
  code: string
  value?: number
  text?: string
  unit?: string
}

/** A reading in its indicator's own unit, judged by our own interval since no laboratory gave one. */
export interface CheckedReading {
  code: string
  value: number | null
  valueText: string | null
  unit: string | null
  flag: Flag | null
  original: Record<string, unknown> | null
}

export interface ReadingRefusal {
  refusal:
    | 'ValueImplausible'
    | 'ValueImplausibleUnit'
    | 'UnitUnknown'
    | 'IndicatorUnknown'
    | 'IndicatorDerived'
    | 'PressureSwapped'
    | 'PressureHalf'
  values: ProblemValues
  field: 'value' | 'unit' | 'code' | 'text'
}

type Person = { sex?: Sex; ageYears?: number }

/** Checks one reading and brings it to its indicator's unit; what cannot be real is refused with a way to mend it. */
export function checkReading(raw: RawReading, person: Person, locale: Locale): CheckedReading | ReadingRefusal {
  const asked = lifestyleOf(raw.code)
  if (asked) {
    const option = asked.options.find(({ code }) => code === raw.text)
    if (!option) return { refusal: 'IndicatorUnknown', values: { code: raw.text ?? '' }, field: 'text' }
    return {
      code: raw.code,
      value: null,
      valueText: option.code,
      unit: null,
      flag: (option.flag as Flag | undefined) ?? null,
      original: null,
    }
  }
  const indicator = indicatorByCode(raw.code)
  if (!indicator) return { refusal: 'IndicatorUnknown', values: { code: raw.code }, field: 'code' }
  const name = nameOf(raw.code, locale)
  if (indicator.derived || raw.code === 'bmi') return { refusal: 'IndicatorDerived', values: { name }, field: 'code' }
  if (indicator.kind !== 'number')
    return checkText(indicator.kind === 'ordinal' ? indicator.normalStep : undefined, raw)
  if (raw.value === undefined)
    return { refusal: 'ValueImplausible', values: rangeOf(indicator, name, '', '', locale), field: 'value' }
  return checkNumber(indicator, raw as RawReading & { value: number }, name, person, locale)
}

function checkText(normalStep: string | undefined, raw: RawReading): CheckedReading | ReadingRefusal {
  if (!raw.text) return { refusal: 'IndicatorUnknown', values: { code: raw.code }, field: 'text' }
  const normal = normalStep === 'negative' && /^(阴性?|negative|-|—)$/i.test(raw.text)
  return {
    code: raw.code,
    value: null,
    valueText: raw.text,
    unit: null,
    flag: normalStep ? (normal ? 'N' : 'A') : null,
    original: null,
  }
}

function checkNumber(
  indicator: NumberIndicator,
  raw: RawReading & { value: number },
  name: string,
  person: Person,
  locale: Locale,
): CheckedReading | ReadingRefusal {
  const unit = raw.unit || indicator.unit
  const converted = convert(indicator.code, raw.value, unit)
  const printed = (code: string) => printUnit(code, locale) || code
  if ('problem' in converted)
    return {
      refusal: 'UnitUnknown',
      values: { name, unit, units: indicator.printedUnits.map(printed).join('、') },
      field: 'unit',
    }
  if (!isPlausible(indicator, converted.value)) {
    const other = indicator.printedUnits.find((one) => one !== unit && fits(indicator, raw.value, one))
    const values = rangeOf(indicator, name, raw.value, printed(unit), locale)
    return other
      ? { refusal: 'ValueImplausibleUnit', values: { ...values, otherUnit: printed(other) }, field: 'unit' }
      : { refusal: 'ValueImplausible', values, field: 'value' }
  }
  const own = referenceFor(indicator, person.sex, person.ageYears)
  const same = converted.value === raw.value && unit === indicator.unit
  return {
    code: indicator.code,
    value: converted.value,
    valueText: null,
    unit: indicator.unit,
    flag: (own && flagOf(converted.value, own)) ?? null,
    original: same ? null : { value: raw.value, unit },
  }
}

function fits(indicator: NumberIndicator, value: number, unit: string): boolean {
  const tried = convert(indicator.code, value, unit)
  return 'value' in tried && isPlausible(indicator, tried.value)
}

function rangeOf(
  indicator: NumberIndicator,
  name: string,
  value: number | string,
  unit: string,
  locale: Locale,
): ProblemValues {
  const { low, high } = indicator.plausible
  return { name, value, unit: unit || printUnit(indicator.unit, locale), low, high }
}

/** The two pressures of one reading belong together, the systolic above the diastolic. */
export function checkPressures(readings: readonly CheckedReading[]): ReadingRefusal | undefined {
  const of = (code: string) => readings.find((one) => one.code === code)?.value ?? null
  const [sbp, dbp] = [of('sbp'), of('dbp')]
  if (sbp === null && dbp === null) return undefined
  if (sbp === null || dbp === null) return { refusal: 'PressureHalf', values: {}, field: 'value' }
  return sbp > dbp ? undefined : { refusal: 'PressureSwapped', values: { sbp, dbp }, field: 'value' }
}

/** Body mass index of a weight and a height, judged like any reading; undefined when it could not be real. */
export function deriveBmi(weightKg: number, heightCm: number, person: Person): CheckedReading | undefined {
  const indicator = indicatorByCode('bmi') as NumberIndicator
  const value = bodyMassIndex(heightCm, weightKg)
  if (!isPlausible(indicator, value)) return undefined
  const own = referenceFor(indicator, person.sex, person.ageYears)
  return {
    code: 'bmi',
    value,
    valueText: null,
    unit: indicator.unit,
    flag: (own && flagOf(value, own)) ?? null,
    original: null,
  }
}
