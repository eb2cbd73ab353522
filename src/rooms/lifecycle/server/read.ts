import { dateIn, daysBetween } from '../../../platform/clock.ts'
import { inBoth } from '../../../platform/condition/form.ts'
import { explainInWords, sentencesOf, tellFacts } from '../../../platform/condition/index.ts'
import type { WhyNode } from '../../../platform/condition/contract.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf, PatientId } from '../../../platform/contract/index.ts'
import { shareOf } from '../../../platform/figures/share.ts'
import { standingOfPlans } from '../../follow-up/server/index.ts'
import { patientSummaries, patientSummary, requireVisible } from '../../patient/server/index.ts'
import type { countStages, explainStage, listRelationships, Move, readRelationship } from '../contract/lifecycle.ts'
import { STAGES, type Stage, type StageRule } from '../contract/words.ts'
import { countOwn, findInStage } from './list-store.ts'
import { mayUndo } from './move.ts'
import { findMoves, findStanding, type MoveRow } from './move-store.ts'
import { stageRules } from './rule-store.ts'
import { rests } from './rules.ts'
import { shippedRules } from './shipped.ts'

export async function read(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof readRelationship>> {
  await requireVisible(ctx, patientId)
  const { permissions } = ctx.actor
  const person = await patientSummary(ctx, patientId)
  const standing = await findStanding(ctx.db, ctx.organizationId, patientId)
  const moves = await findMoves(ctx.db, ctx.organizationId, patientId)
  const definitions = await definitionsOf(ctx)
  const asked = STAGES.filter((stage) => definitions.get(stage)!.condition !== null)
  const said = await sentencesOf(
    ctx,
    asked.map((stage) => definitions.get(stage)!.condition!),
  )
  const canWrite = permissions.has('lifecycle.write') && person?.state === 'active'
  const restsUntil = standing && rests(standing.rests_until, ctx.today) ? standing.rests_until : null
  const last = moves.find(({ id }) => id === standing?.move_id)
  return {
    stage: standing?.stage ?? null,
    sinceAt: standing?.since_at.toISOString() ?? null,
    revision: standing?.revision ?? 0,
    restsUntil,
    stages: STAGES.map((stage) => ({
      stage,
      meaning: definitions.get(stage)!.meaning,
      sentence: said[asked.indexOf(stage)] ?? null,
    })),
    pathways: permissions.has('follow-up.read') ? await standingOfPlans(ctx, patientId) : null,
    moves: await Promise.all(moves.map((row) => moveView(ctx, row, moves))),
    can: {
      write: canWrite,
      undo: canWrite && last !== undefined && mayUndo(last),
      resume: canWrite && restsUntil !== null,
    },
  }
}

/** Where somebody stands, in words; undefined while nobody has looked. Who may see it is the caller's business. */
export async function relationshipOf(ctx: ReadContext, patientId: string) {
  const standing = await findStanding(ctx.db, ctx.organizationId, patientId)
  if (!standing) return undefined
  const name = inBoth((locale) => ctx.facts.translate(locale, 'lifecycle', `stage.${standing.stage}`))
  return { name, sinceAt: standing.since_at.toISOString() }
}

/** What each stage means and asks: as in force, or as it is shipped where an organization has retired its rule. */
export async function definitionsOf(ctx: ReadContext): Promise<Map<Stage, StageRule>> {
  const inForce = new Map((await stageRules.inForce(ctx)).map(({ code, definition }) => [code, definition]))
  return new Map(
    shippedRules.map(({ code, definition }) => [code, inForce.get(code) ?? { ...definition, condition: null }]),
  )
}

async function moveView(ctx: ReadContext, row: MoveRow, all: readonly MoveRow[]): Promise<Move> {
  const mayReadFacts = ctx.actor.permissions.has('record.read')
  return {
    id: row.id as never,
    kind: row.kind,
    from: row.from_stage,
    to: row.to_stage,
    at: row.at.toISOString(),
    by: row.by_name,
    because: row.because,
    ruleVersion: row.rule_version,
    facts: mayReadFacts ? await tellFacts(ctx, row.facts as unknown[]) : [],
    restsUntil: row.rests_until,
    undone: all.some(({ undoes }) => undoes === row.id),
  }
}

/** Why the rule of a stage holds for somebody or not. Facts are of the record: who may not read it sees answers alone. */
export async function explain(
  ctx: ReadContext,
  patientId: string,
  stage: Stage,
): Promise<AnswerOf<typeof explainStage>> {
  await requireVisible(ctx, patientId)
  const { condition } = (await definitionsOf(ctx)).get(stage)!
  const tree = condition ? await explainInWords(ctx, condition, patientId) : undefined
  if (!tree) return { tree: null }
  return { tree: ctx.actor.permissions.has('record.read') ? tree : withoutFacts(tree) }
}

const withoutFacts = (node: WhyNode): WhyNode => ({ ...node, facts: [], parts: node.parts.map(withoutFacts) })

/** The reader's own people by stage, as numbers that open their rows. Who stands nowhere yet is at the beginning. */
export async function counts(ctx: ReadContext): Promise<AnswerOf<typeof countStages>> {
  const found = await countOwn(ctx)
  const of = [...found.values()].reduce((sum, count) => sum + count, 0)
  const definitions = await definitionsOf(ctx)
  return {
    of,
    stages: STAGES.map((stage) => {
      const count = found.get(stage) ?? 0
      const { share, low, high } = shareOf(count, of)
      return {
        stage,
        meaning: definitions.get(stage)!.meaning,
        count,
        share: share === null ? null : { percent: percent(share), low: percent(low!), high: percent(high!) },
      }
    }),
  }
}

const percent = (share: number) => Math.round(share * 1000) / 10

export async function list(
  ctx: ReadContext,
  { stage, cursor, limit }: InputOf<typeof listRelationships>['query'],
): Promise<AnswerOf<typeof listRelationships>> {
  const rows = await findInStage(ctx, stage, cursor, limit + 1)
  const shown = rows.slice(0, limit)
  const people = await patientSummaries(
    ctx,
    shown.map(({ patient_id }) => patient_id),
  )
  const last = shown.at(-1)
  ctx.audit.detail = { stage, shown: shown.length }
  return {
    rows: shown.flatMap((row) => {
      const person = people.get(row.patient_id)
      if (!person) return []
      const { name, doctorName, managerName } = person
      return {
        patient: { id: row.patient_id as PatientId, name, doctorName, managerName },
        sinceAt: row.since_at.toISOString(),
        days: daysBetween(dateIn(row.since_at, ctx.tenant.timeZone), ctx.today),
        kind: row.kind,
        by: row.by_name,
        because: row.because,
        restsUntil: rests(row.rests_until, ctx.today) ? row.rests_until : null,
      }
    }),
    next: rows.length > limit && last ? `${last.sort} ${last.patient_id}` : null,
    total: cursor || rows.length > limit ? null : shown.length,
  }
}
