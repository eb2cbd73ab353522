import { evaluate, instrumentByCode, refusalWords, type InputSpec, type Instrument } from '../../../clinical/index.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import type { Features, Organ } from '../contract/words.ts'
import { consensusRow } from './rules/consensus.ts'
import { statusOf, type SizedScan } from './rules/growth.ts'
import { meanMm } from './rules/size.ts'
import { instrumentOf } from './systems.ts'

export interface Measured extends SizedScan {
  organ: Organ
  solidMm?: number | null
  features: Features
  gone: boolean
}

export interface PersonThen {
  /** On the day of the scan. */
  ageYears: number | null
  sex: string
}

export interface Proposal {
  kind: 'category' | 'probability'
  system: string
  category: string
  pct: number | null
  version: string
  input: Record<string, unknown>
  output: Record<string, unknown>
  caveats: string[]
}

export type Proposed = { proposal: Proposal; refusal: null } | { proposal: null; refusal: Bilingual | null }

/** Which output of an instrument is its category. */
const CATEGORY_OUTPUT: Record<string, string> = { 'acr-tirads': 'level', 'fleischner-2017': 'followUpMonths' }

/** What instruments answer from measurements themselves, and so no form asks. */
export const MEASURED_INPUTS = ['diameterMm', 'solidMm', 'sizeCm', 'age', 'female'] as const

/**
 * The category that the clinic's system gives for what was measured, as a proposal and no more; or what stands in its
 * way. BI-RADS is the radiologist's alone.
 */
export function proposeCategory(
  system: string,
  scan: Measured,
  former: readonly SizedScan[],
  person: PersonThen,
): Proposed {
  if (scan.gone || system === 'bi-rads') return { proposal: null, refusal: null }
  if (system === 'lung-consensus') return byConsensus(scan)
  const instrument = instrumentOf(system)
  if (!instrument) return { proposal: null, refusal: null }
  const input = inputOf(instrument, scan, former, person)
  const result = evaluate(instrument, input)
  if (result.refused) return { proposal: null, refusal: refusalWords(instrument, result.refused) }
  return {
    proposal: {
      kind: 'category',
      system,
      category: String(result.output[CATEGORY_OUTPUT[system] ?? 'category']),
      pct: null,
      version: instrument.card.version,
      input,
      output: result.output,
      caveats: result.caveats ?? [],
    },
    refusal: null,
  }
}

const PROBABILITIES = ['lung-nodule-mayo', 'lung-nodule-brock'] as const

/** Mayo and Brock, where all that they ask is known; for the doctor to weigh, never a category. */
export function proposeProbabilities(scan: Measured, person: PersonThen): Proposal[] {
  if (scan.organ !== 'lung' || scan.gone) return []
  return PROBABILITIES.flatMap((code) => {
    const instrument = instrumentByCode(code)!
    const input = inputOf(instrument, scan, [], person)
    const result = evaluate(instrument, input)
    if (result.refused) return []
    const { output, band = '', caveats = [] } = result
    return [
      {
        kind: 'probability' as const,
        system: code,
        category: band,
        pct: output['pct'] as number,
        version: instrument.card.version,
        input,
        output,
        caveats,
      },
    ]
  })
}

/** What an instrument asks, answered from the measurements, the person and the features; nothing is filled in by guess. */
export function inputOf(
  instrument: Instrument,
  scan: Measured,
  former: readonly SizedScan[],
  { ageYears, sex }: PersonThen,
): Record<string, unknown> {
  const known: Record<string, unknown> = {
    ...scan.features,
    diameterMm: instrument.card.code.startsWith('lung-nodule') ? scan.longMm : meanMm(scan),
    // Nought is what pure ground glass has; the instruments ask for the part of what has one.
    solidMm: scan.features['type'] === 'groundGlass' && !scan.solidMm ? null : scan.solidMm,
    sizeCm: scan.longMm === null ? null : scan.longMm / 10,
    age: ageYears,
    female: sex === 'male' || sex === 'female' ? sex === 'female' : null,
    status: scan.features['status'] ?? statusOf(former, scan),
    ...typesOf(instrument, scan.features['type']),
  }
  const asked = instrument.forms[0]!.inputs as Record<string, InputSpec>
  return Object.fromEntries(
    Object.keys(asked).flatMap((name) => {
      const value = known[name]
      return value === undefined || value === null || value === '' ? [] : [[name, value]]
    }),
  )
}

/** Ground glass is called non-solid by Brock; what a system does not know is left out, and so refused as missing. */
function typesOf(instrument: Instrument, type: unknown): Record<string, unknown> {
  if (type === undefined) return {}
  const spec = (instrument.forms[0]!.inputs as Record<string, InputSpec>)['type']
  if (spec?.kind !== 'choice') return {}
  const called = type === 'groundGlass' && spec.of.includes('nonSolid') ? 'nonSolid' : type
  return { type: spec.of.includes(called as string) ? called : null }
}

function byConsensus(scan: Measured): Proposed {
  const row = consensusRow(scan.features['type'], scan.features['risk'], meanMm(scan))
  if (!row)
    return {
      proposal: null,
      refusal: { zh: '还缺：结节类型、大小或肺癌风险。', en: 'Missing: kind of nodule, size or risk of lung cancer.' },
    }
  const input = { type: scan.features['type'], risk: scan.features['risk'], diameterMm: meanMm(scan) }
  return {
    proposal: {
      kind: 'category',
      system: 'lung-consensus',
      category: row,
      pct: null,
      version: 'template',
      input,
      output: {},
      caveats: [],
    },
    refusal: null,
  }
}
