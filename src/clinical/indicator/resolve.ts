import { isConvertible } from '../unit/convert.ts'
import { isUnitMissing, unitByCode, unitReadings, type Unit } from '../unit/unit-table.ts'
import { indicators, type Indicator, type LoincCode } from './indicator.ts'
import { isLoinc } from './loinc.ts'
import { nameKey, splitName } from './name-key.ts'
import { readSample, sampleOf, splitSample, type Sample } from './sample.ts'

/** What a source says about an item; every part is optional and as printed. */
export interface PrintedItem {
  /** Only where the source states that its coding system is LOINC. */
  loinc?: string
  /** The laboratory's short code, such as `GLU` or `NEUT%`. */
  localCode?: string
  name?: string
  unit?: string
  specimen?: string
}

export interface Resolution {
  code: string
  /** `likely` wants a person to confirm before anything is decided from it. */
  confidence: 'sure' | 'likely'
  via: 'loinc' | 'localCode' | 'name'
  /** As printed in the name itself (`空腹血糖(mmol/L)`), where the source gives no other. */
  unit?: string
}

/**
 * Finds the indicator an item stands for, or nothing: a wrong indicator does harm, an unresolved item only waits for
 * a person. It never crosses samples (urine glucose is not fasting glucose), tells items of one name apart by unit
 * (`中性粒细胞` in % or 10^9/L), and lets a LOINC code it does not know speak for another test.
 */
export function resolveIndicator(item: PrintedItem): Resolution | undefined {
  const sample = readSample(item.specimen)
  const loinc = item.loinc?.trim()
  if (loinc && isLoinc(loinc)) return byLoinc(loinc, item.unit, sample)
  const name = item.name?.trim()
  const named = name ? byName(name, item.unit, sample) : undefined
  // A name we do not know may still say the sample: 尿淀粉酶 with the short code AMY is not amylase in serum.
  const coded = item.localCode
    ? byName(item.localCode, item.unit, sample ?? (named ? undefined : readSample(name)))
    : undefined
  if (named && coded && named.code !== coded.code) return undefined
  if (named) return { ...named, confidence: coded?.confidence === 'sure' ? 'sure' : named.confidence, via: 'name' }
  if (coded && !name) return { ...coded, via: 'localCode' }
  // The unknown name may contradict the short code, so a doubtful one is no longer enough (餐后1小时 with GLU).
  return coded?.confidence === 'sure' ? { code: coded.code, confidence: 'likely', via: 'localCode' } : undefined
}

interface Entry {
  indicator: Indicator
  shared: boolean
  vague: boolean
}

type Match = Omit<Resolution, 'via'>

const loincEntries = new Map<string, { indicator: Indicator; loinc: LoincCode }>()
const nameEntries = new Map<string, Entry[]>()
for (const indicator of indicators()) {
  for (const loinc of indicator.loinc) loincEntries.set(loinc.code, { indicator, loinc })
  const shared = new Set(indicator.sharedNames?.map(nameKey))
  const vague = new Set(indicator.vagueNames?.map(nameKey))
  for (const key of new Set([...indicator.names.map(nameKey), ...shared, ...vague])) {
    const entry = { indicator, shared: shared.has(key), vague: vague.has(key) }
    nameEntries.set(key, [...(nameEntries.get(key) ?? []), entry])
  }
}

function byLoinc(code: string, unit: string | undefined, sample: Sample | undefined): Resolution | undefined {
  const entry = loincEntries.get(code)
  if (!entry || (sample && sample !== sampleOf(entry.indicator.specimen))) return undefined
  const unitContradicts =
    !isUnitMissing(unit) && entry.indicator.kind === 'number' && !isConvertible(entry.indicator.code, unit!)
  const doubtful = entry.loinc.loose || entry.loinc.check === 'm' || unitContradicts
  return { code: entry.indicator.code, confidence: doubtful ? 'likely' : 'sure', via: 'loinc' }
}

/** Words that say how or that something was measured, not what. */
const measuring = /测定|检测|测量/g

function byName(text: string, unit: string | undefined, sample: Sample | undefined): Match | undefined {
  const plain = text
    .trim()
    .replace(/^\d+、/, '')
    .replace(measuring, '')
  const bare = plain.replace(/(值|含量|浓度|水平)$/, '')
  for (const whole of [text, plain, bare]) {
    const key = nameKey(whole)
    if (nameEntries.has(key)) return choose(key, unit, sample)
  }
  const prefixed = splitSample(bare)
  if (prefixed && nameEntries.has(nameKey(prefixed[1]))) {
    const agrees = !sample || sample === prefixed[0]
    return agrees ? choose(nameKey(prefixed[1]), unit, prefixed[0]) : undefined
  }
  const parts = splitName(plain)
  return parts && byParts(parts, unit, sample)
}

/** Additions that change nothing about the quantity; a method is one, whatever it is. */
const harmless = /^(干化学|化学发光|免疫比浊|计算|静脉|门诊|体检|.*法)$/

function byParts(
  [main, addition]: [string, string],
  unit: string | undefined,
  sample: Sample | undefined,
): Match | undefined {
  const said = nameEntries.get(nameKey(addition))
  if (said) {
    const match = byName(main, unit, sample)
    // Both parts must be able to mean the same indicator: 胆固醇(HDL) is not cholesterol.
    return match && said.some((entry) => entry.indicator.code === match.code) ? match : undefined
  }
  // A lone letter is rather a kind than a unit: 血红蛋白F is no haemoglobin in degrees Fahrenheit
  if (unitReadings(addition).length > 0 && !/^[cfg]$/i.test(addition)) {
    const inName = isUnitMissing(unit)
    const match = byName(main, inName ? addition : unit, sample)
    return match && inName ? { ...match, unit: addition } : match
  }
  if (harmless.test(addition.trim())) return byName(main, unit, sample)
  // Three names in a row: ALT/谷丙转氨酶/丙氨酸氨基转移酶
  if (splitName(addition)) {
    const [first, second] = [byName(main, unit, sample), byName(addition, unit, sample)]
    return first && first.code === second?.code ? first : undefined
  }
  const named = addition.length <= 3 ? readSample(addition) : undefined
  if (!named || (sample && sample !== named)) return undefined
  return byName(main, unit, named)
}

function choose(key: string, unit: string | undefined, sample: Sample | undefined): Match | undefined {
  const printed = unit === undefined || isUnitMissing(unit) ? undefined : unitReadings(unit)
  const unitUnknown = printed?.length === 0
  const matches: Match[] = []
  for (const { indicator, shared, vague } of nameEntries.get(key) ?? []) {
    if (sample && sample !== sampleOf(indicator.specimen)) continue
    const fit =
      indicator.kind === 'number' && printed && !unitUnknown ? fits(indicator.printedUnits, printed) : undefined
    if (fit === false || (printed && meansAnother(indicator, key, printed))) continue
    if (shared && !fit && !sample) continue
    const weak = vague || unitUnknown || (shared && !fit && indicator.kind === 'number')
    matches.push({ code: indicator.code, confidence: weak ? 'likely' : 'sure' })
  }
  return matches.length === 1 ? matches[0] : undefined
}

/** Same size as a unit laboratories print for the indicator. Merely convertible is not enough: urine creatinine comes in mmol/L. */
function fits(printedUnits: readonly string[], printed: readonly Unit[]): boolean {
  return printedUnits.some((code) => {
    const expected = unitByCode(code)!
    return printed.some(
      (unit) => unit.dimension === expected.dimension && Math.abs(unit.factor / expected.factor - 1) < 1e-9,
    )
  })
}

function meansAnother(indicator: Indicator, key: string, printed: readonly Unit[]): boolean {
  return (
    printed.some((unit) => unit.dimension === 'mass') &&
    Boolean(indicator.notInMassUnit?.some((name) => nameKey(name) === key))
  )
}
