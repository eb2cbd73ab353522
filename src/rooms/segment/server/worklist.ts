import { checkCondition, mentalKinds, sentencesOf, type Condition } from '../../../platform/condition/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, Bilingual, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { segmentProblem } from '../contract/problems.ts'
import type { WorklistId } from '../contract/words.ts'
import type { changeWorklist, listWorklists, openWorklist, WorklistDefinition } from '../contract/worklist.ts'
import { refuseFaulty } from './check.ts'
import { askForFill, endFills } from './fill-store.ts'
import { findRoll } from './in-force.ts'
import { shareOf } from './interval.ts'
import { shippedBy } from './shipped-by.ts'
import { endAll } from './roll.ts'
import { findFills } from './segment-store.ts'
import { fillingOf } from './view.ts'
import { findProgress, findWorklists, lockWorklist, type ProgressRow, type WorklistRow } from './worklist-store.ts'

/**
 * Being on a list says that its condition is true of a person. Lists that ask the record are for who may read it; those
 * that ask about mind and mood for who may read such answers.
 */
export async function maySee(ctx: ReadContext, condition: Condition): Promise<boolean> {
  const isMental = (await mentalKinds(ctx, condition)).size > 0
  return ctx.actor.permissions.has(isMental ? 'questionnaire.answers-mental' : 'record.read')
}

export async function showWorklists(
  ctx: ReadContext,
  { retired }: { retired: boolean },
): Promise<AnswerOf<typeof listWorklists>> {
  const all = (await findWorklists(ctx)).filter(({ state }) => (state === 'retired') === retired)
  const seen: WorklistRow[] = []
  for (const worklist of all) if (await maySee(ctx, worklist.condition)) seen.push(worklist)
  const sentences = await sentencesOf(
    ctx,
    seen.map(({ condition }) => condition),
  )
  const progress = await findProgress(
    ctx,
    seen.map(({ id }) => id),
  )
  return {
    worklists: seen.map((row, n) => lineOf(row, sentences[n]!, progress.get(row.id))),
    can: { write: ctx.actor.permissions.has('worklist.write') },
  }
}

/** @throws Problem NotFound */
export async function showWorklist(ctx: ReadContext, id: string): Promise<AnswerOf<typeof openWorklist>> {
  const row = await requireWorklist(ctx, id)
  const [sentence] = await sentencesOf(ctx, [row.condition])
  const progress = await findProgress(ctx, [id])
  const fills = await findFills(ctx, id)
  const roll = row.state === 'active' ? await findRoll(ctx, 'worklist', id) : undefined
  return {
    ...lineOf(row, sentence!, progress.get(id)),
    condition: row.condition,
    filling: await fillingOf(ctx, fills[0]),
    stopped: row.state === 'active' && roll?.admitted === undefined,
    can: { write: ctx.actor.permissions.has('worklist.write'), task: ctx.actor.permissions.has('task.create') },
  }
}

/** @throws Problem NotFound: what one may not see does not exist */
export async function requireWorklist(ctx: ReadContext, id: string): Promise<WorklistRow> {
  const [row] = await findWorklists(ctx, id)
  if (!row || !(await maySee(ctx, row.condition))) throw platformProblem('NotFound')
  return row
}

/** @throws Problem WorklistFaulty */
export async function create(ctx: WriteContext, definition: WorklistDefinition) {
  await refuse(ctx, definition)
  const id = ctx.ids.next<WorklistId>()
  await insertWorklist(ctx, id, definition)
  ctx.audit.subjectId = id
  return showWorklist(ctx, id)
}

export async function insertWorklist(
  ctx: WriteContext,
  id: WorklistId,
  definition: WorklistDefinition,
  shippedCode: string | null = null,
): Promise<void> {
  const at = ctx.clock.now()
  const owner_id = shippedCode === null ? ctx.actor.id : null
  const values = { id, organization_id: ctx.organizationId, owner_id, shipped_code: shippedCode }
  await ctx.tx
    .insertInto('worklist')
    .values({ ...values, created_at: at, changed_at: at, ...columnsOf(definition) })
    .execute()
  await askForFill(ctx, { kind: 'worklist', id, version: 1 }, 'saved')
}

/** @throws Problem WorklistFaulty, WorklistRetired, ChangedMeanwhile, NotFound */
export async function change(
  ctx: WriteContext,
  id: string,
  { definition, version }: InputOf<typeof changeWorklist>['body'],
) {
  await lockWorklist(ctx.tx, ctx.organizationId, id)
  const row = await requireWorklist(ctx, id)
  if (row.state === 'retired') throw segmentProblem('WorklistRetired')
  if (row.version !== version) throw platformProblem('ChangedMeanwhile')
  await refuse(ctx, definition)
  await write(ctx, id, { ...columnsOf(definition), version: version + 1 })
  if (JSON.stringify(definition.condition) !== JSON.stringify(row.condition))
    await askForFill(ctx, { kind: 'worklist', id, version: version + 1 }, 'saved')
  ctx.audit.detail = { version: version + 1 }
  return showWorklist(ctx, id)
}

export async function retire(ctx: WriteContext, id: string) {
  await lockWorklist(ctx.tx, ctx.organizationId, id)
  const row = await requireWorklist(ctx, id)
  if (row.state === 'retired') return { retired: false }
  await write(ctx, id, { state: 'retired' })
  await endFills(ctx, id)
  await endAll(ctx, 'worklist', id, 'retired')
  return { retired: true }
}

/** @throws Problem WorklistFaulty, NotFound */
export async function restore(ctx: WriteContext, id: string) {
  await lockWorklist(ctx.tx, ctx.organizationId, id)
  const row = await requireWorklist(ctx, id)
  if (row.state === 'retired') {
    refuseFaulty(ctx, await checkCondition(ctx, row.condition), (values) => segmentProblem('WorklistFaulty', values))
    await write(ctx, id, { state: 'active', version: row.version + 1 })
    await askForFill(ctx, { kind: 'worklist', id, version: row.version + 1 }, 'restored')
  }
  return showWorklist(ctx, id)
}

async function write(ctx: WriteContext, id: string, values: object): Promise<void> {
  await ctx.tx
    .updateTable('worklist')
    .set({ ...values, changed_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute()
}

function columnsOf({ name, purpose, condition, sort, targetDays }: WorklistDefinition) {
  return { name, purpose, condition: JSON.stringify(condition), sort, target_days: targetDays }
}

/** Nobody sets up what they may not see. */
async function refuse(ctx: ReadContext, { condition }: WorklistDefinition): Promise<void> {
  refuseFaulty(ctx, await checkCondition(ctx, condition), (values) =>
    segmentProblem('WorklistFaulty', values, 'body.definition.condition'),
  )
  if (!(await maySee(ctx, condition))) throw platformProblem('NotPermitted')
}

function lineOf(row: WorklistRow, sentence: Bilingual, found: ProgressRow | undefined) {
  const { open = 0, overdue = 0, done = 0, done_in_time: doneInTime = 0 } = found ?? {}
  return {
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    sort: row.sort,
    targetDays: row.target_days,
    state: row.state,
    version: row.version,
    owner: row.owner_id && row.owner_name ? { id: row.owner_id, name: row.owner_name } : null,
    shipped: shippedBy(row.shipped_code),
    sentence,
    progress: { open, overdue, done, doneInTime, inTime: shareOf(doneInTime, done) },
  }
}
