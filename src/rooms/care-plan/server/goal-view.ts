import { dateIn } from '../../../platform/clock.ts'
import { indicatorByCode } from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { nameOf, printUnit, seriesOf, type ObservationRow } from '../../observation/server/index.ts'
import type { GoalView } from '../contract/plan.ts'
import type { Goal } from '../contract/words.ts'
import { changeOf, isMet } from './rules/goal.ts'

/** So many values of an indicator are looked at: the newest ones, back to before the plan. */
const LOOKED_AT = 400

/**
 * Goals with the newest value, the last one before the plan began, and where it has gone since: said only of values of
 * one method, since those at home are judged by other limits.
 * @param startedOn the day the plan began; null for one that has not
 */
export async function goalViews(
  ctx: ReadContext,
  patientId: string,
  goals: readonly Goal[],
  startedOn: string | null,
): Promise<GoalView[]> {
  const codes = [...new Set(goals.flatMap(({ code }) => code ?? []))]
  const series = await seriesOf(ctx, patientId, codes, { limit: LOOKED_AT })
  return goals.map((goal) => {
    const rows =
      goal.code === null
        ? []
        : (series.get(goal.code) ?? []).filter((row) => row.value !== null && row.comparator === null)
    const now = rows.at(-1)
    const before = startedOn === null ? undefined : beforeThe(ctx, rows, startedOn)
    const moved =
      goal.code !== null && now && before && before.id !== now.id && (before.method ?? '') === (now.method ?? '')
        ? changeOf(goal.code, before.value!, now.value!)
        : null
    const indicator = goal.code === null ? undefined : indicatorByCode(goal.code)
    return {
      ...goal,
      name: goal.code === null ? '' : nameOf(goal.code, ctx.locale),
      unitPrinted: indicator?.kind === 'number' ? printUnit(indicator.unit, ctx.locale) : '',
      decimals: indicator?.kind === 'number' ? indicator.decimals : 1,
      current: pointOf(ctx, now),
      before: pointOf(ctx, before),
      direction: moved?.direction ?? null,
      beyondVariation: moved?.beyondVariation ?? null,
      met: isMet(goal, now?.value ?? null),
    }
  })
}

/** The last value before the plan began; where there is none, the first of its first day. */
function beforeThe(ctx: ReadContext, rows: readonly ObservationRow[], startedOn: string): ObservationRow | undefined {
  return rows.findLast((row) => dayOf(ctx, row) < startedOn) ?? rows.find((row) => dayOf(ctx, row) === startedOn)
}

function dayOf(ctx: ReadContext, row: ObservationRow): string {
  return dateIn(row.effective_at, ctx.tenant.timeZone)
}

function pointOf(ctx: ReadContext, row: ObservationRow | undefined) {
  return row ? { id: row.id, value: row.value!, on: dayOf(ctx, row) } : null
}
