import { indicatorByCode, isConvertible } from '../../../../clinical/index.ts'
import type { PLAN_ACTS } from '../../contract/plan.ts'
import type { Action, PlanState, VersionState } from '../../contract/words.ts'
import type { ActionSpan } from './adherence.ts'
import { addDays, dateIn, instantAt } from '../../../../platform/clock.ts'

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

export interface Given {
  outcome: 'done' | 'partly' | 'not-done' | null
  value: number | null
  second?: number | null
  words: string
}

/**
 * What came of a number at the check-in: at or above what was agreed on it is done, below in part. A pressure that was
 * taken and not noted is done as well.
 * @throws nothing; words without an outcome are done
 */
export function outcomeOf(ask: Action['ask'], given: Given): 'done' | 'partly' | 'not-done' | null {
  if (given.outcome === 'not-done') return 'not-done'
  if (ask.kind === 'outcome') return given.outcome
  if (ask.kind === 'pressure') return given.value !== null || (given.second ?? null) !== null ? 'done' : given.outcome
  if (ask.kind === 'words') return given.words === '' ? null : 'done'
  if (given.value === null) return null
  return ask.atLeast === null || given.value >= ask.atLeast ? 'done' : 'partly'
}

/** How long back a day can be ticked: the person today and yesterday, staff a week. */
export const TICK_BACK_DAYS = { patient: 1, staff: 7 } as const

/** What a tick says for the record: nothing where nothing was measured, or nothing asks for an indicator. */
export function readingsOf(ask: Action['ask'], given: Given): { code: string; value: number; unit?: string }[] {
  if (given.outcome === 'not-done') return []
  const said = (code: string, value: number | null | undefined, unit: string) =>
    value === null || value === undefined ? [] : [{ code, value, ...(unit && { unit }) }]
  if (ask.kind === 'pressure') return [...said('sbp', given.value, 'mm[Hg]'), ...said('dbp', given.second, 'mm[Hg]')]
  return ask.kind === 'number' && ask.indicator ? said(ask.indicator, given.value, ask.unit) : []
}

export interface AskedFor {
  kind: Action['ask']['kind']
  indicator?: string
  unit?: string | { zh: string; en: string }
}

/** What is asked for the record is an indicator that is measured, in a unit that it can be told in. */
export function faultOfAsked({ indicator: code, unit = '' }: AskedFor): 'indicator' | 'unit' | null {
  if (!code) return null
  const indicator = indicatorByCode(code)
  // A body mass index follows from a weight; it is not measured.
  if (indicator?.kind !== 'number' || indicator.derived || code === 'bmi') return 'indicator'
  const units = typeof unit === 'string' ? [unit] : [unit.zh, unit.en]
  return units.every((one) => one === '' || isConvertible(code, one)) ? null : 'unit'
}

/** When something was measured: at the moment it was ticked, or at noon of its day when it was told later; never ahead of now. */
export function measuredAt(on: string, ticked: Date, timeZone: string, now = ticked): Date {
  if (dateIn(ticked, timeZone) === on) return ticked
  const noon = instantAt(on, NOON_MINUTES, timeZone)
  return noon < now ? noon : now
}
const NOON_MINUTES = 12 * 60
