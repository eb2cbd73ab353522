import dictionary from './dictionary.json' with { type: 'json' }

export type Sex = 'male' | 'female'

/** What the sample is; `body` stands for vital signs and measures taken on the person. */
export type Specimen = 'blood' | 'serum' | 'plasma' | 'urine' | 'stool' | 'body'

/** Steps of a strip or an antibody test, from none to most. */
export type OrdinalStep = 'negative' | 'trace' | 'weak' | 'positive' | '1+' | '2+' | '3+' | '4+'

/** An interval of healthy adults. No age means: all adults. Bounds belong to the interval unless marked exclusive. */
export interface ReferenceInterval {
  sex?: Sex
  ageFrom?: number
  ageTo?: number
  low?: number
  high?: number
  highExclusive?: boolean
  source: string
  /** `m`: known from memory, to be confirmed in print. */
  check?: 'm'
}

export interface LoincCode {
  code: string
  /** The code leaves open what the indicator states (fasting, formula), so it is never more than likely. */
  loose?: boolean
  check?: 'm'
}

interface IndicatorBase {
  /** Peiban's own short code, such as `sbp`, `fpg`, `hba1c`; stable for ever. */
  code: string
  nameZh: string
  nameEn: string
  abbr?: string
  panel: string
  specimen: Specimen
  /** Where good lies: inside the interval, or anything low enough, or anything high enough. */
  direction: 'range' | 'lower' | 'higher'
  reference: ReferenceInterval[]
  /** First is the main code. */
  loinc: LoincCode[]
  /** Printed names that can mean nothing else. */
  names: string[]
  /** Names that other tests or specimens also print: only with a fitting unit or specimen. */
  sharedNames?: string[]
  /** Names that say less than the indicator (血糖 does not say fasting): never more than likely. */
  vagueNames?: string[]
  /** Names that mean another quantity when the unit is a mass (urea in mg/dL is not urea nitrogen). */
  notInMassUnit?: string[]
  /** Worked out from other results rather than measured. */
  derived?: boolean
  /** Extra protection by law, such as hepatitis B results. */
  sensitive?: boolean
  onlySex?: Sex
  /** One plain sentence each of what it tells (这项指标看什么): at most 40 characters in Chinese, no terms of art. */
  meaningZh: string
  meaningEn: string
}

export interface NumberIndicator extends IndicatorBase {
  kind: 'number'
  /** Canonical UCUM unit; all stored values of the indicator are in it. */
  unit: string
  /** Units laboratories print for it, the canonical one first. */
  printedUnits: string[]
  /** Decimals to show. */
  decimals: number
  /** Outside is certainly a unit or typing error, however ill the person. */
  plausible: { low: number; high: number }
}

export interface OrdinalIndicator extends IndicatorBase {
  kind: 'ordinal'
  normalStep?: OrdinalStep
}

export interface TextIndicator extends IndicatorBase {
  kind: 'text'
}

export type Indicator = NumberIndicator | OrdinalIndicator | TextIndicator

export interface Panel {
  code: string
  nameZh: string
  nameEn: string
}

interface Dictionary {
  version: string
  source: string
  licence: string
  /** In the order of display. */
  panels: Panel[]
  /** FHIR panels whose components are indicators. */
  loincPanels: { loinc: string[]; components: string[] }[]
  indicators: Indicator[]
}

// TypeScript widens the literals of a JSON file to string; dictionary.test.ts checks the shape.
const content = dictionary as unknown as Dictionary
const byCode = new Map(content.indicators.map((indicator) => [indicator.code, indicator]))

export const dictionaryVersion = content.version

/** All indicators, by panel and in the order of display. */
export function indicators(): readonly Indicator[] {
  return content.indicators
}

export function indicatorByCode(code: string): Indicator | undefined {
  return byCode.get(code)
}

/** Panels in the order of display. */
export function panels(): readonly Panel[] {
  return content.panels
}

/** Indicator codes inside a FHIR panel observation (85354-9 blood pressure → sbp, dbp); undefined if it is no panel of ours. */
export function panelComponents(loinc: string): readonly string[] | undefined {
  return content.loincPanels.find((panel) => panel.loinc.includes(loinc))?.components
}

/** Whether a value in the canonical unit can be real; true for indicators without numbers. */
export function isPlausible(indicator: Indicator, value: number): boolean {
  if (indicator.kind !== 'number') return true
  return value >= indicator.plausible.low && value <= indicator.plausible.high
}
