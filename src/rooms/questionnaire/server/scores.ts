import {
  score,
  type FiredAction,
  type Form,
  type QuestionnaireResponse,
} from '../../../clinical/questionnaire/index.ts'
import { instrumentByCode, instruments } from '../../../clinical/index.ts'
import type { ScoreView, Sensitivity } from '../contract/words.ts'

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

/**
 * What the person who answered may read of it at once: not what is meant for colleagues, nothing of mood and mind, which a
 * person explains (S0-47), and nothing of an instrument whose card asks that a clinician reads it first.
 */
export function forPatient(
  { code, sensitivity }: { code: string; sensitivity: Sensitivity },
  scores: readonly ScoreView[],
): ScoreView[] {
  if (sensitivity === 'mental' || waitsForClinician(code)) return []
  // What somebody thinks of us is no measure of them: no points are told.
  const untold = OPINIONS.has(code) ? { value: null, unit: null } : {}
  return scores.map((one) => ({ ...one, ...untold, tone: null, forStaff: null }))
}

/** Questionnaires about the house, not about the person. */
const OPINIONS = new Set(['visit-satisfaction'])

/** A questionnaire bears the code of its instrument, or of that form of it which it asks. */
function waitsForClinician(code: string): boolean {
  const instrument = instrumentByCode(code) ?? instruments.find(({ forms }) => forms.some((form) => form.code === code))
  return instrument?.card.release === 'clinician'
}

/** Somebody has to be told at once, and a machine's words alone will not do. */
export function isUrgent(actions: readonly FiredAction[]): boolean {
  return actions.some((action) => action.kind === 'alert')
}
