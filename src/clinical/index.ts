/** The door of the clinical library: everything other rooms may use. */
export {
  dictionaryVersion,
  indicatorByCode,
  indicators,
  isPlausible,
  panelComponents,
  panels,
  type Indicator,
  type LoincCode,
  type NumberIndicator,
  type OrdinalIndicator,
  type OrdinalStep,
  type Panel,
  type ReferenceInterval,
  type Sex,
  type Specimen,
  type TextIndicator,
} from './indicator/indicator.ts'
export { isHepatitisB, tellsOfHepatitisB, withoutHepatitisB } from './indicator/hepatitis-b.ts'
export { isOwnOnly, tellsOfOwnOnly } from './indicator/own-only.ts'
export { isLoinc } from './indicator/loinc.ts'
export { resolveIndicator, type PrintedItem, type Resolution } from './indicator/resolve.ts'
export { convert, isConvertible, type Conversion } from './unit/convert.ts'
export { normaliseUnit } from './unit/unit-table.ts'
export { ordinalRank, readOrdinal } from './result/ordinal.ts'
export { parseRange, rangeFor, type ParsedRange, type Range } from './result/parse-range.ts'
export { parseResult, type Comparator, type NotDoneReason, type ParsedResult } from './result/parse-result.ts'
export {
  bloodPressureGrade,
  type BloodPressureClass,
  type BloodPressureGrade,
} from './interpretation/blood-pressure.ts'
export {
  bmiCategory,
  bodyMassIndex,
  waistCategory,
  type BmiCategory,
  type WaistCategory,
} from './interpretation/body.ts'
export { flag, flagOrdinal, readFlag, type Flag } from './interpretation/flag.ts'
export { fastingGlucoseClass, toleranceGlucoseClass, type GlucoseClass } from './interpretation/glucose.ts'
export { interpret, referenceFor, type Interpretation, type OwnReference } from './interpretation/reference.ts'
export * as threshold from './interpretation/threshold.ts'
export { bloodPressureTarget } from './interpretation/threshold.ts'
export { dayNumber } from './trend/day.ts'
export { exceedsVariation, referenceChange, type ReferenceChange } from './trend/reference-change.ts'
export { isExact, trend, type Trend, type TrendPoint, type TrendSeries } from './trend/trend.ts'
export { courseWord, trendWords, type CourseWord, type TrendWords } from './trend/words.ts'
export type { InputFault, Refusal } from './instrument/core/check.ts'
export type { InputSpec, InputSpecs } from './instrument/core/input.ts'
export {
  evaluate,
  type Band,
  type Computed,
  type Evaluated,
  type Instrument,
  type InstrumentCard,
  type Words,
} from './instrument/core/instrument.ts'
export { refusalWords } from './instrument/core/refusal-words.ts'
export * as growth from './instrument/growth/index.ts'
export {
  growthInstruments,
  parseReferencePack,
  whoPackFromTable,
  type ReferencePack,
} from './instrument/growth/index.ts'
export { instrumentByCode, instruments } from './instrument/registry.ts'
