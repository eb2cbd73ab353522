import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { instrumentByCode } from '../../../clinical/instrument/registry.ts'
import type { Band } from '../../../clinical/instrument/core/instrument.ts'
import { findAssessments, type AssessmentRow } from './assessment-store.ts'
import { mapped } from './mapping.ts'
import { dayOf } from './view.ts'

/** What a person may be shown of one instrument: the band and its words first, the number behind. An estimate, no diagnosis. */
export interface ReleasedRisk {
  instrument: string
  title: Bilingual
  about: Bilingual
  band: Pick<Band, 'title' | 'meaning' | 'tone'> | null
  value: { label: Bilingual; number: number; unit: string; decimals: number } | null
  /** The day of the newest measurement in it. */
  on: string
  badge: 'verified' | 'secondary' | 'reconstructed'
  caveats: Bilingual[]
  releasedBy: string | null
}

/** Results looked through per instrument. */
const LOOKED_AT = 24

/**
 * The newest result of each instrument that the person may see: released by a clinician, or of an instrument whose card
 * asks for none. One that a clinician kept back hides what came before it too. Who may see them is the caller's business.
 */
export async function releasedRisks(ctx: ReadContext, patientId: string): Promise<ReleasedRisk[]> {
  const rows = await findAssessments(ctx.db, ctx.organizationId, patientId, { most: LOOKED_AT })
  return [...Map.groupBy(rows, (row) => row.instrument).values()].flatMap((newestFirst) => {
    const decided = newestFirst.find((row) => row.release === 'automatic' || row.decision !== null)
    return decided && decided.decision !== 'withheld' ? shown(ctx, decided) : []
  })
}

function shown(ctx: ReadContext, row: AssessmentRow): ReleasedRisk[] {
  const card = instrumentByCode(row.instrument)?.card
  if (!card) return []
  const band = card.bands.find(({ code }) => code === row.band)
  const words = mapped.find(({ instrument }) => instrument.card.code === row.instrument)?.mapping.value
  return [
    {
      instrument: row.instrument,
      title: card.title,
      about: card.about,
      band: band ? { title: band.title, meaning: band.meaning, tone: band.tone } : null,
      value:
        words && row.value !== null
          ? {
              label: { zh: words.zh, en: words.en },
              number: row.value,
              unit: words.unit ?? '',
              decimals: words.decimals,
            }
          : null,
      on: dayOf(row, ctx),
      badge: card.badge,
      caveats: row.caveats.flatMap((code) => card.sentences?.[code] ?? []),
      releasedBy: row.decidedBy,
    },
  ]
}
