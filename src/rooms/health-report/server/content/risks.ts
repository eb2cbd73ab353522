import type { ReadContext } from '../../../../platform/context/context.ts'
import type { Locale } from '../../../../platform/contract/index.ts'
import { releasedRisks } from '../../../risk/server/index.ts'
import content from '../../content/history.json' with { type: 'json' }
import type { ReportRisk } from '../render/report-document.ts'

/** Estimates are made for adults only. */
const YOUNGEST_YEARS = 18

/** Estimates that a clinician has released, or that need no release: band and words before the number. */
export async function risksOf(
  ctx: ReadContext,
  patientId: string,
  ageYears: number | null,
  until: string,
  language: Locale,
): Promise<ReportRisk[]> {
  if (ageYears === null || ageYears < YOUNGEST_YEARS) return []
  const own = (words: { zh: string; en: string }) => (language === 'en' ? words.en : words.zh)
  return (await releasedRisks(ctx, patientId))
    .filter(({ on, band, value }) => on <= until && (band !== null || value !== null))
    .map(({ title, band, value, on, badge, caveats }) => ({
      title: own(title),
      band: band ? own(band.title) : '',
      tone: band?.tone ?? 'good',
      meaning: band ? own(band.meaning) : '',
      value: value ? `${value.number.toFixed(value.decimals)}${value.unit === '%' ? '' : ' '}${value.unit}`.trim() : '',
      valueLabel: value ? own(value.label) : '',
      date: on,
      caveats: caveats.map(own),
      badge: own(content.badges[badge]),
    }))
}
