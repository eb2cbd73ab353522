import { addDays, dateIn, instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { instrumentByCode } from '../../../clinical/instrument/registry.ts'
import { findAssessments, type AssessmentRow } from './assessment-store.ts'

interface Said {
  assessmentId: string
  title: Bilingual
}

/** What one instrument said of a person before some days and at their end. */
export interface BandChange {
  instrument: string
  title: Bilingual
  /** Null where nothing was known before. */
  before: Said | null
  now: Said & { on: string }
}

/** Results looked through per instrument. */
const LOOKED_AT = 60

/**
 * Of each instrument the band before these days and the one at their end, as far as the person may see it: released by
 * a clinician or of an instrument whose card asks for none, and not kept back. Who may see them is the caller's business.
 */
export async function bandChanges(
  ctx: ReadContext,
  patientId: string,
  { from, until }: { from: string; until: string },
): Promise<BandChange[]> {
  const zone = ctx.tenant.timeZone
  const [start, end] = [instantAt(from, 0, zone), instantAt(addDays(until, 1), 0, zone)]
  const rows = await findAssessments(ctx.db, ctx.organizationId, patientId, { most: LOOKED_AT })
  const shown = rows.filter(
    ({ band, release, decision, computedAt }) =>
      band !== null &&
      computedAt < end &&
      decision !== 'withheld' &&
      (release === 'automatic' || decision === 'released'),
  )
  return [...Map.groupBy(shown, ({ instrument }) => instrument)].flatMap(([instrument, newestFirst]) => {
    const card = instrumentByCode(instrument)?.card
    const said = (row: AssessmentRow | undefined): Said | null => {
      const band = card?.bands.find(({ code }) => code === row?.band)
      return row && band ? { assessmentId: row.id, title: band.title } : null
    }
    const [newest] = newestFirst
    const now = said(newest)
    if (!card || !now) return []
    const before = newestFirst.find(({ computedAt, id }) => computedAt < start && id !== newest!.id)
    const on = dateIn(newest!.computedAt, zone)
    return [{ instrument, title: card.title, before: said(before), now: { ...now, on } }]
  })
}
