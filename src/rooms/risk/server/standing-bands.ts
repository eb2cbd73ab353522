import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { instrumentByCode } from '../../../clinical/instrument/registry.ts'
import { findAssessments } from './assessment-store.ts'
import { newestDay } from './window.ts'

export interface StandingBand {
  instrument: string
  title: Bilingual
  band: { code: string; title: Bilingual }
  /** The day of the newest measurement in it. */
  on: string
}

/** Results looked through per instrument. */
const LOOKED_AT = 12

/**
 * The bands that count today: of each instrument the newest result that a clinician released or whose card asks for none,
 * as long as the next is not due. One that was kept back hides what came before it. Who may see them is the caller's business.
 */
export async function standingBands(ctx: ReadContext, patientId: string): Promise<StandingBand[]> {
  const rows = await findAssessments(ctx.db, ctx.organizationId, patientId, { most: LOOKED_AT })
  return [...Map.groupBy(rows, (row) => row.instrument).values()].flatMap((newestFirst) => {
    const row = newestFirst.find(({ release, decision }) => release === 'automatic' || decision !== null)
    if (!row || row.decision === 'withheld' || (row.expiresOn !== null && row.expiresOn < ctx.today)) return []
    const card = instrumentByCode(row.instrument)?.card
    const band = card?.bands.find(({ code }) => code === row.band)
    if (!card || !band) return []
    return [
      {
        instrument: row.instrument,
        title: card.title,
        band: { code: band.code, title: band.title },
        on: newestDay(row, ctx.tenant.timeZone),
      },
    ]
  })
}
