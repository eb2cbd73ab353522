import type { Selectable } from 'kysely'
import { forAudiences } from '../../../platform/condition/admit.ts'
import { canAsk, type AudienceCondition } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { versionsIn, type Versioned } from '../../../platform/versions/index.ts'
import { STAGES, type Stage, type StageRule } from '../contract/words.ts'
import type { LifecycleRuleTable } from './table.ts'
import './table.ts'

export type RuleRow = Selectable<LifecycleRuleTable>

export const stageRules = versionsIn<LifecycleRuleTable>('lifecycle_rule')

export const keptOf = (code: Stage, definition: StageRule): Versioned<LifecycleRuleTable> => ({
  code,
  definition,
  columns: {},
})

export interface RuleInForce {
  stage: Stage
  version: number
  admitted: AudienceCondition
}

/**
 * The rules that bring people forward, in the order of the stages. A stage may be asked for by segments and campaigns, so
 * no rule may rest on what tells of mind and mood (R2): one that has come to do so since it was published moves nobody.
 */
export async function rulesInForce(ctx: ReadContext): Promise<RuleInForce[]> {
  const rows = (await stageRules.inForce(ctx)).filter(({ definition }) => definition.condition !== null)
  const sound = rows.filter(({ definition }) => canAsk(ctx.facts, definition.condition!))
  const admitted = await forAudiences(
    ctx,
    sound.map(({ definition }) => definition.condition!),
  )
  for (const row of rows)
    if (!sound.includes(row) || !admitted[sound.indexOf(row)])
      ctx.log.error({ stage: row.code }, 'the rule of a stage asks what may not, or cannot, be asked; it moves nobody')
  return sound
    .flatMap(({ code, version }, n) => (admitted[n] ? [{ stage: code as Stage, version, admitted: admitted[n] }] : []))
    .toSorted((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage))
}
