import type { Outcome, OutcomeView } from '../contract/words.ts'

/** The form's own values: what is only there when a box is ticked has its box beside it. */
export interface OutcomeValues {
  outcome: {
    grade?: Outcome['grade']
    meaning?: string
    options?: { title?: string; pros?: string; cons?: string }[]
    ifNothing?: string
    next?: { what?: string; by?: string; who?: Outcome['next'][number]['who'] }[]
    recheck?: { what?: string; from?: string; until?: string }
    monthly?: { months?: number; reason?: string }
    teachBack?: { done?: boolean; note?: string }
  }
  wantsRecheck?: boolean
  wantsMonthly?: boolean
  told?: Record<string, { told?: boolean; readBack?: string }>
  because?: string
}

/** The contract's outcome; rows that were begun and left empty are none. */
export function outcomeOf({ outcome, wantsRecheck, wantsMonthly }: OutcomeValues): Outcome {
  const { grade, meaning = '', options = [], ifNothing = '', next = [], recheck, monthly, teachBack } = outcome
  return {
    grade: grade!,
    meaning,
    options: options.flatMap((one) =>
      one?.title?.trim() ? [{ title: one.title, pros: one.pros ?? '', cons: one.cons ?? '' }] : [],
    ),
    ifNothing,
    next: next.flatMap((one) =>
      one?.what?.trim() ? [{ what: one.what, by: one.by ?? '', who: one.who ?? 'patient' }] : [],
    ),
    recheck:
      wantsRecheck && recheck
        ? { what: recheck.what ?? '', from: recheck.from ?? '', until: recheck.until ?? '' }
        : null,
    monthly: wantsMonthly && monthly ? { months: monthly.months ?? 1, reason: monthly.reason ?? '' } : null,
    teachBack: { done: teachBack?.done ?? false, note: teachBack?.note ?? '' },
  }
}

/** To begin a correction with. */
export function valuesOf(signed: OutcomeView | null): Partial<OutcomeValues> {
  if (!signed) return { outcome: { next: [{ who: 'patient' }] } }
  const { version: _v, because: _b, signedBy: _n, signedTitle: _t, signedAt: _a, recheck, monthly, ...rest } = signed
  return {
    outcome: { ...rest, ...(recheck ? { recheck } : {}), ...(monthly ? { monthly } : {}) },
    wantsRecheck: recheck !== null,
    wantsMonthly: monthly !== null,
  }
}

export function toldOf({ told = {} }: OutcomeValues): { alertId: string; readBack: string }[] {
  return Object.entries(told).flatMap(([alertId, { told: isTold, readBack = '' }]) =>
    isTold ? [{ alertId, readBack }] : [],
  )
}
