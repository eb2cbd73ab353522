import { sql } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import type { ScoreView, Sensitivity } from '../contract/words.ts'
import './table.ts'

export interface NewestScore {
  questionnaire: string
  score: string
  band: string
  text: Bilingual
  sensitivity: Sensitivity
  /** The day it was answered. */
  on: string
}

/**
 * The bands of the newest answers to each questionnaire since `since`. Who may see those on mood and mind is the caller's
 * business.
 */
export async function newestScores(ctx: ReadContext, patientId: string, since: Date): Promise<NewestScore[]> {
  const { rows } = await sql<{ code: string; scores: ScoreView[]; answered_at: Date; sensitivity: Sensitivity }>`
    select distinct on (r.code) r.code, r.scores, r.answered_at, q.sensitivity
    from questionnaire_response r
    join questionnaire q on q.organization_id = r.organization_id and q.code = r.code and q.version = r.version
    where r.organization_id = ${ctx.organizationId} and r.patient_id = ${patientId} and r.superseded_by is null
      and r.answered_at >= ${since}
    order by r.code, r.answered_at desc, r.id desc`.execute(ctx.db)
  return rows.flatMap(({ code, scores, answered_at, sensitivity }) =>
    scores.flatMap(({ code: score, band, bandText }) =>
      band
        ? [
            {
              questionnaire: code,
              score,
              band,
              text: bandText ?? { zh: band, en: band },
              sensitivity,
              on: dateIn(answered_at, ctx.tenant.timeZone),
            },
          ]
        : [],
    ),
  )
}
