import type { Modality, Organ, ScanView, Side } from '../contract/words.ts'

/** What the form of a scan holds; named as the contract names it, so that a refusal stands at its field. */
export interface ScanValues {
  organ?: Organ
  side?: Side
  place?: string
  because?: string
  scan: {
    on?: string
    modality?: Modality
    facility?: string
    reportId?: string | null
    gone?: boolean
    longMm?: number | null
    shortMm?: number | null
    depthMm?: number | null
    sizeChecked?: boolean
    solidMm?: number | null
    features?: Record<string, unknown>
    reportText?: string
    reported?: { system?: string; category?: string }
    radiologist?: { months?: number | null; on?: string | null; words?: string }
  }
}

/** Stands in the form for "the report does not say whose category it is". */
export const UNNAMED = 'unnamed'

/** The form as the contract wants it: what was left empty is absent, never nought. */
export function scanOf(values: ScanValues, raw: string | undefined): Record<string, unknown> {
  const { reported, radiologist, features = {}, gone = false, ...rest } = values.scan
  const none = { longMm: null, shortMm: null, depthMm: null, solidMm: null }
  const hasInterval = typeof radiologist?.months === 'number' || Boolean(radiologist?.on)
  return {
    ...defined(rest),
    ...(gone ? none : {}),
    gone,
    features: gone ? {} : Object.fromEntries(Object.entries(features).filter(([, value]) => isSaid(value))),
    reported: reported?.category
      ? {
          system: !reported.system || reported.system === UNNAMED ? null : reported.system,
          category: reported.category,
          raw: raw ?? reported.category,
        }
      : null,
    radiologist: hasInterval ? defined(radiologist!) : null,
  }
}

/** A box that is not ticked says nothing; a yes or no that was chosen does. */
function isSaid(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  return !Array.isArray(value) || value.length > 0
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<T>
}

const USUAL: Record<Organ, Modality> = { lung: 'ldct', breast: 'ultrasound', thyroid: 'ultrasound' }

/** A new scan begins with how the last one was done, and with what of a nodule does not change. */
export function startOf(organ: Organ, last: ScanView | undefined): ScanValues['scan'] {
  const { status: _status, ...features } = last?.features ?? {}
  return { modality: last?.modality ?? USUAL[organ], facility: last?.facility ?? '', features }
}

/** A scan as it was entered, to be corrected. */
export function valuesOf(scan: ScanView): ScanValues['scan'] {
  const { on, modality, facility, reportId, gone, longMm, shortMm, depthMm, solidMm, features, reportText } = scan
  const reported = scan.grades.find(({ source }) => source === 'report')
  return {
    on,
    modality,
    facility,
    reportId,
    gone,
    longMm,
    shortMm,
    depthMm,
    solidMm,
    features,
    reportText,
    ...(reported ? { reported: { system: reported.system ?? UNNAMED, category: reported.category } } : {}),
    ...(scan.radiologist ? { radiologist: scan.radiologist } : {}),
  }
}
