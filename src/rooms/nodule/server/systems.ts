import { z } from 'zod'
import { instrumentByCode, type Instrument } from '../../../clinical/index.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import content from '../content/guidelines.json' with { type: 'json' }
import { guidelineView, type GuidelineView } from '../contract/setting.ts'
import type { Organ, System } from '../contract/words.ts'

/** What Peiban knows of each guideline; it counts nowhere before a clinic has set it. */
export const GUIDELINES: readonly GuidelineView[] = z.array(guidelineView).parse(content.guidelines)

const bySystem = new Map(GUIDELINES.map((one) => [one.system, one]))

export function guidelineOf(system: string): GuidelineView | undefined {
  return bySystem.get(system as System)
}

export function systemsOf(organ: Organ): GuidelineView[] {
  return GUIDELINES.filter((one) => one.organ === organ)
}

/** The instrument behind a system; the consensus template has none, since it says nothing beyond its rows. */
export function instrumentOf(system: string): Instrument | undefined {
  return instrumentByCode(system)
}

/** The categories that may be settled: the rows, or what stands before the size in them (`TR3:small`). */
export function categoriesOf({ system, rows }: GuidelineView): { code: string; label: Bilingual }[] {
  if (system !== 'acr-tirads') return rows.map(({ key, label }) => ({ code: key, label }))
  const levels = [...new Set(rows.map(({ key }) => key.split(':')[0]!))]
  return levels.map((code) => ({ code, label: { zh: code, en: code } }))
}

/** Largest diameters in cm from which ACR TI-RADS follows and punctures. */
const { sizes } = instrumentByCode('acr-tirads')!.card as unknown as {
  sizes: Record<string, { fnaCm: number; followCm: number }>
}

/** The row of a guideline that a settled category falls into; null where a size is missing. */
export function rowOf(system: string, category: string, longMm: number | null): string | null {
  const limits = system === 'acr-tirads' ? sizes[category] : undefined
  if (!limits) return category
  if (longMm === null) return null
  const cm = longMm / 10
  return `${category}:${cm >= limits.fnaCm ? 'puncture' : cm >= limits.followCm ? 'follow' : 'small'}`
}

/** The words of a category's band, before any number. */
export function bandOf(system: string | null, category: string) {
  const card = system ? instrumentOf(system)?.card : undefined
  if (!card) return undefined
  const { plans } = card as unknown as { plans?: Record<string, { band: string }> }
  const code = plans?.[category]?.band ?? category
  return card.bands.find((band) => band.code === code)
}
