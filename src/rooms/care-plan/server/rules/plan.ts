import type { PLAN_ACTS } from '../../contract/plan.ts'
import type { Action, PlanState, VersionState } from '../../contract/words.ts'
import type { ActionSpan } from './adherence.ts'
import { addDays } from '../../../../platform/clock.ts'

type PlanAct = (typeof PLAN_ACTS)[number]

/** A reason is words, not a dot: as many characters at least. */
export const REASON_LEAST = 4

/**
 * What may be done with a plan now.
 * @param draft the state of its open draft, null without one
 */
export function actsFor(
  state: PlanState,
  draft: VersionState | null,
  may: { write: boolean; sign: boolean },
): PlanAct[] {
  const open = state === 'draft' || state === 'active' || state === 'paused'
  if (!open) return []
  const running = state !== 'draft'
  return [
    ...(may.write ? (['revise'] as const) : []),
    ...(may.write && draft === 'draft' ? (['submit'] as const) : []),
    ...(may.sign && draft !== null ? (['sign'] as const) : []),
    ...(may.sign && draft === 'submitted' ? (['return'] as const) : []),
    ...(may.write && draft !== null ? (['discard'] as const) : []),
    ...(may.write && state === 'active' ? (['pause', 'tick'] as const) : []),
    ...(may.write && state === 'paused' ? (['resume'] as const) : []),
    ...(may.write && running ? (['end'] as const) : []),
  ]
}

interface Signed {
  version: number
  active_from: string | null
  content: { actions: Action[] }
}

/** The signed version that counts on a day: the last one whose day has come. */
export function inForceOn<V extends Signed>(versions: readonly V[], date: string): V | undefined {
  return versions
    .filter(({ active_from }) => active_from !== null && active_from <= date)
    .toSorted((a, b) => a.version - b.version)
    .at(-1)
}

/** Each action with the days on which it stood, over all signed versions, oldest first. */
export function spansOf(versions: readonly Signed[], endedOn: string | null): ActionSpan[] {
  const signed = versions.filter(({ active_from }) => active_from !== null).toSorted((a, b) => a.version - b.version)
  return signed.flatMap(({ active_from, content }, at) => {
    const next = signed[at + 1]?.active_from
    const until = next ? addDays(next, -1) : endedOn
    return until !== null && until < active_from!
      ? []
      : content.actions.map((action) => ({ action, from: active_from!, until }))
  })
}

/**
 * What came of a number at the check-in: at or above what was agreed on it is done, below in part.
 * @throws nothing; words without an outcome are done
 */
export function outcomeOf(
  ask: Action['ask'],
  given: { outcome: 'done' | 'partly' | 'not-done' | null; value: number | null; words: string },
): 'done' | 'partly' | 'not-done' | null {
  if (given.outcome === 'not-done') return 'not-done'
  if (ask.kind === 'outcome') return given.outcome
  if (ask.kind === 'words') return given.words === '' ? null : 'done'
  if (given.value === null) return null
  return ask.atLeast === null || given.value >= ask.atLeast ? 'done' : 'partly'
}

/** How long back a day can be ticked: the person today and yesterday, staff a week. */
export const TICK_BACK_DAYS = { patient: 1, staff: 7 } as const
