import { exceedsVariation } from '../../../../clinical/index.ts'
import type { Goal } from '../../contract/words.ts'

const MEETS: Record<NonNullable<Goal['comparator']>, (value: number, target: number) => boolean> = {
  '<': (value, target) => value < target,
  '<=': (value, target) => value <= target,
  '>=': (value, target) => value >= target,
  '>': (value, target) => value > target,
}

/** Whether a goal is met; null where there is no number to hold against it. */
export function isMet(
  { comparator, value: target }: Pick<Goal, 'comparator' | 'value'>,
  value: number | null,
): boolean | null {
  return comparator === null || target === null || value === null ? null : MEETS[comparator](value, target)
}

/** Where a value has gone since before, and whether that is more than its usual ups and downs. */
export function changeOf(
  code: string,
  before: number,
  now: number,
): { direction: 'up' | 'down' | 'same'; beyondVariation: boolean | null } {
  const beyondVariation = exceedsVariation(code, before, now) ?? null
  const direction = now === before ? 'same' : now > before ? 'up' : 'down'
  return { direction, beyondVariation }
}
