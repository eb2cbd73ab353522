import type { T, Tone } from '../../../platform/web/index.ts'
import type { GoalView } from '../contract/plan.ts'
import type { Adherence, PlanState } from '../contract/words.ts'

export const STATE_TONES: Record<PlanState, Tone> = {
  draft: 'due',
  active: 'good',
  paused: 'due',
  ended: 'plain',
  discarded: 'plain',
}

export const SIGNS = { '<': '<', '<=': '≤', '>=': '≥', '>': '>' } as const

/** `86%（n=7）`; a dash while nothing was due. */
export function adherenceWords(t: T, { percent, expected }: Adherence): string {
  return percent === null ? t('adherence.none') : t('adherence.value', { percent, expected })
}

/** Where a value has gone, as a sign and as words: never by the sign alone. */
export function changeWords(
  t: T,
  { direction, beyondVariation }: Pick<GoalView, 'direction' | 'beyondVariation'>,
): string {
  if (direction === null) return ''
  if (direction === 'same') return t('change.same')
  const way = t(`change.${direction}`)
  return beyondVariation === false ? t('change.within', { way }) : way
}
