import {
  checkCondition,
  codeOf,
  forAudience,
  leaves,
  sayFault,
  sentencesOf,
  type Condition,
} from '../../../platform/condition/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { mayPublish } from '../../../platform/versions/index.ts'
import { wakeEverybody } from '../../agenda/server/index.ts'
import { sizeFor } from '../../segment/server/index.ts'
import { lifecycleProblem } from '../contract/problems.ts'
import type { draftStageRule, listStageRules, readStageRule, RuleVersion } from '../contract/rule.ts'
import { STAGES, type Stage } from '../contract/words.ts'
import { countAll } from './list-store.ts'
import { keptOf, stageRules, type RuleRow } from './rule-store.ts'

/** What follows from stages may not bring somebody into one: a stage that asks for itself would stand on nothing. */
const CIRCULAR = ['relationship', 'segment']

export async function showRules(ctx: ReadContext): Promise<AnswerOf<typeof listStageRules>> {
  const rows = await stageRules.current(ctx)
  const counts = await countAll(ctx)
  const view = async (row: RuleRow | undefined) => (row ? viewOf(ctx, row) : null)
  return {
    of: [...counts.values()].reduce((sum, n) => sum + n, 0),
    rules: await Promise.all(
      STAGES.map(async (stage) => {
        const own = rows.filter(({ code }) => code === stage)
        return {
          stage,
          size: sizeFor(ctx, counts.get(stage) ?? 0),
          current: await view(own.find(({ state }) => state === 'active')),
          draft: await view(own.find(({ state }) => state === 'draft')),
        }
      }),
    ),
    can: { write: mayWrite(ctx) },
  }
}

export async function showRule(ctx: ReadContext, stage: Stage): Promise<AnswerOf<typeof readStageRule>> {
  const rows = await stageRules.history(ctx, stage)
  return { versions: await Promise.all(rows.map((row) => viewOf(ctx, row))), can: { write: mayWrite(ctx) } }
}

const mayWrite = ({ actor }: ReadContext) => actor.permissions.has('lifecycle.rule.write')

/** @throws Problem StageRuleFaulty, ChangedMeanwhile */
export async function draftRule(
  ctx: WriteContext,
  stage: Stage,
  { definition, revision }: InputOf<typeof draftStageRule>['body'],
): Promise<RuleVersion> {
  await refuseFaulty(ctx, definition.condition)
  const row = await stageRules.keep(ctx, keptOf(stage, { ...definition, reviewer: null }), revision)
  ctx.audit.detail = { stage, version: row.version }
  return viewOf(ctx, row)
}

/** A second person puts it in force; then everybody is looked at, by and by. @throws Problem OwnStageRule, ChangedMeanwhile */
export async function publishRule(ctx: WriteContext, stage: Stage, revision: number): Promise<RuleVersion> {
  const draft = (await stageRules.history(ctx, stage)).find(({ state }) => state === 'draft')
  // What a tag asks for may have changed since the draft was kept.
  if (draft) await refuseFaulty(ctx, draft.definition.condition)
  const row = await stageRules.publish(ctx, stage, revision, { own: () => lifecycleProblem('OwnStageRule') })
  await wakeEverybody(ctx.tx, ctx.organizationId, 'relationship rule published', ctx.clock.now())
  ctx.audit.detail = { stage, version: row.version }
  return viewOf(ctx, row)
}

export async function discardRule(ctx: WriteContext, stage: Stage): Promise<{ discarded: boolean }> {
  ctx.audit.detail = { stage }
  return { discarded: await stageRules.discard(ctx, stage) }
}

async function refuseFaulty(ctx: ReadContext, condition: Condition | null): Promise<void> {
  if (!condition) return
  const circular = leaves(condition)
    .map(codeOf)
    .find((code) => CIRCULAR.includes(code))
  if (circular) throw faulty(ctx, [{ code: 'StageCircle', value: circular }])
  const faults = await checkCondition(ctx, condition)
  if (faults.length > 0) throw faulty(ctx, faults)
  const admission = await forAudience(ctx, condition)
  if ('faults' in admission) throw faulty(ctx, admission.faults)
}

function faulty(ctx: ReadContext, faults: Parameters<typeof sayFault>[1][]) {
  const { text } = sayFault(ctx, faults[0]!)
  return lifecycleProblem(
    'StageRuleFaulty',
    { fault: ctx.locale === 'en' ? text.en : text.zh },
    'body.definition.condition',
  )
}

async function viewOf(ctx: ReadContext, row: RuleRow): Promise<RuleVersion> {
  const { condition } = row.definition
  return {
    version: row.version,
    state: row.state,
    revision: row.revision,
    definition: row.definition,
    sentence: condition ? (await sentencesOf(ctx, [condition]))[0]! : null,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by_name,
    publishedAt: row.published_at?.toISOString() ?? null,
    publishedBy: row.published_by_name,
    can: { publish: mayPublish(row, ctx.actor, 'lifecycle.rule.publish') },
  }
}
