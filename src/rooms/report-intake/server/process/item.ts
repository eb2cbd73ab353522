import { hash } from 'node:crypto'
import { convert, indicatorByCode, isPlausible, parseResult, resolveIndicator } from '../../../../clinical/index.ts'
import type { ParsedResult, Resolution } from '../../../../clinical/index.ts'
import type { IncomingCode, IncomingReport, IncomingResult } from '../incoming.ts'
import { plainText } from '../plain-text.ts'

/** An item as its laboratory knows it. */
export interface LaboratoryItem {
  system: string
  code: string
  name: string
  unit: string
  /** Hash of the four, hex; empty where nobody has to look. */
  key: string
}

export interface ReadItem {
  result: IncomingResult
  parsed: ParsedResult
  item: LaboratoryItem
  /** What the clinical library makes of it. */
  resolution: Resolution | undefined
  /** Why a person has to look, if so. */
  problem: 'unknown' | 'likely' | 'unit' | undefined
}

/** Reads one result: its value, which item it is, and whether that is sure. */
export function readItem(report: IncomingReport, result: IncomingResult): ReadItem {
  const parsed = parsedOf(result)
  const code = chosenCode(result.codes)
  const unit = plainText(result.unit ?? (parsed.kind === 'number' ? parsed.unit : undefined) ?? '').slice(0, 60)
  const name = plainText(result.name || code?.name || code?.code || '').slice(0, 200)
  const known = resolved(report, result, { code, name, unit })
  const item = {
    system: systemOf(report, code),
    code: plainText(code?.code ?? name).slice(0, 100),
    name,
    unit,
    key: '',
  }
  const problem = problemOf(known, parsed, unit)
  if (problem) item.key = hash('sha1', [item.system, item.code, name, unit].join('\0'), 'hex')
  return { result, parsed, item, resolution: known, problem }
}

/** A measured quantity was a number all along; printed text is read. */
function parsedOf(result: IncomingResult): ParsedResult {
  const text = result.valueText
  if (result.valueType === 'valueQuantity' && result.quantity) {
    const { value, comparator } = result.quantity
    return { kind: 'number', value, ...(comparator ? { comparator } : {}), text }
  }
  return parseResult(text)
}

function chosenCode(codes: readonly IncomingCode[]): IncomingCode | undefined {
  return codes.find((one) => one.system === 'local') ?? codes.find((one) => one.system === 'loinc') ?? codes[0]
}

function systemOf(report: IncomingReport, code: IncomingCode | undefined): string {
  if (!code || code.system === 'local') return report.sourceSystem
  return code.system === 'other' ? plainText(code.systemText ?? report.sourceSystem) : code.system
}

const resolutions = new Map<string, Resolution | undefined>()
const RESOLUTIONS_KEPT = 20_000

/** Asked once for each way an item is printed: a laboratory prints the same few hundred again and again. */
function resolved(
  report: IncomingReport,
  result: IncomingResult,
  { code, name, unit }: { code: IncomingCode | undefined; name: string; unit: string },
): Resolution | undefined {
  const loinc = result.codes.find((one) => one.system === 'loinc')?.code
  const short = result.codes.filter((one) => one.system === 'local').map((one) => one.code)
  const specimen = sampleHint(report.titleName ?? result.panelName ?? '')
  const key = [loinc, ...short, name, unit, specimen].join('\0')
  if (resolutions.has(key)) return resolutions.get(key)
  if (resolutions.size >= RESOLUTIONS_KEPT) resolutions.clear()
  const printed = {
    ...(loinc ? { loinc } : {}),
    ...(name ? { name } : {}),
    ...(unit ? { unit } : {}),
    ...(specimen ? { specimen } : {}),
  }
  // The sender's first local code may be a bare number and its second the short code; whichever says more decides.
  const answers = (short.length > 0 ? short : [code?.system === 'loinc' ? undefined : code?.code]).map((localCode) =>
    resolveIndicator(localCode && !/^\d+$/.test(localCode) ? { ...printed, localCode } : printed),
  )
  const answer = answers.find((one) => one?.confidence === 'sure') ?? answers.find(Boolean)
  resolutions.set(key, answer)
  return answer
}

const OTHER_SAMPLE = /尿(?!酸|素)|粪|大便|便常规|脑脊液|胸水|腹水|积液|痰|精液|羊水|分泌物|拭子/

/** What a panel's title says about the sample. A title that also speaks of blood or of a whole check-up says nothing. */
function sampleHint(title: string): string {
  return /血|体检|套餐/.test(title) ? '' : (OTHER_SAMPLE.exec(title)?.[0] ?? '')
}

function problemOf(known: Resolution | undefined, parsed: ParsedResult, unit: string): ReadItem['problem'] {
  if (!known) return 'unknown'
  const indicator = indicatorByCode(known.code)
  if (indicator?.kind === 'number' && parsed.kind === 'number') {
    const converted = convert(known.code, parsed.value, unit || known.unit)
    if ('problem' in converted) return 'unit'
    if (!isPlausible(indicator, converted.value) && converted.unitAssumed) return 'unit'
  }
  return known.confidence === 'likely' ? 'likely' : undefined
}
