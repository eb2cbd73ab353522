import {
  score,
  type FiredAction,
  type Form,
  type QuestionnaireResponse,
} from '../../../clinical/questionnaire/index.ts'
import type { ScoreView } from '../contract/words.ts'

export interface Scored {
  scores: ScoreView[]
  actions: FiredAction[]
}

/** What the answers come to, as it is stored with them. */
export function scoresOf(form: Form, response: Record<string, unknown>): Scored {
  const report = score(form, response as unknown as QuestionnaireResponse)
  return {
    actions: report.actions,
    scores: report.scores.map((one) => ({
      code: one.code,
      name: one.name,
      value: one.value ?? null,
      unit: one.unit ?? null,
      band: one.band?.code ?? null,
      bandText: one.band?.text ?? null,
      advice: one.band?.advice ?? null,
      tone: one.band?.tone ?? null,
      forStaff: one.band?.forStaff ?? null,
      missing: one.missing,
    })),
  }
}

/** What the person who answered may read of it: not what is meant for colleagues. */
export const forPatient = (scores: readonly ScoreView[]): ScoreView[] =>
  scores.map((one) => ({ ...one, tone: null, forStaff: null }))

/** Somebody has to be told at once, and a machine's words alone will not do. */
export function isUrgent(actions: readonly FiredAction[]): boolean {
  return actions.some((action) => action.kind === 'alert')
}
