import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import type {
  closeNodule,
  correctPlace,
  noteTalk,
  reopenNodule,
  setRecheckDay,
  settleGrade,
} from '../contract/nodule.ts'
import { noduleProblem } from '../contract/problems.ts'
import { DOCTOR_RESULTS } from '../contract/words.ts'
import { findCard } from './card-store.ts'
import { endRecheck, replan } from './replan.ts'
import { lockOpen, requireCategory, requireStanding } from './scan.ts'
import { changeNodule, gradesOf, lockNodule, rechecksOf, settledOf } from './store.ts'
import { endDoctorTasks, endRecheckTask } from './tell.ts'
import content from '../content/words.json' with { type: 'json' }

/**
 * A physician settles a category. Proposals stay as they were; what was settled before is superseded and kept.
 * @throws Problem NoduleBecauseMissing where it differs from every proposal, or replaces what was settled
 */
export async function settle(
  ctx: WriteContext,
  noduleId: string,
  { scanId, system, category, because, version }: InputOf<typeof settleGrade>['body'],
): Promise<void> {
  const nodule = await lockOpen(ctx, noduleId, version)
  await requireStanding(ctx, nodule, scanId)
  requireCategory(nodule.organ, system, category, 'body')
  const grades = await gradesOf(ctx.tx, ctx.organizationId, [nodule.id])
  const former = settledOf(grades, scanId)
  const proposal = grades.find(
    (one) => one.scan_id === scanId && one.state === 'proposed' && one.system === system && one.category === category,
  )
  if ((former || !proposal) && because.length < 2) throw noduleProblem('NoduleBecauseMissing', {}, 'body.because')
  const id = ctx.ids.next<string>()
  if (former)
    await ctx.tx
      .updateTable('nodule_grade')
      .set({ superseded_by: id })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', former.id)
      .execute()
  await ctx.tx
    .insertInto('nodule_grade')
    .values({
      organization_id: ctx.organizationId,
      id,
      nodule_id: nodule.id,
      scan_id: scanId,
      kind: 'category',
      state: 'settled',
      source: 'physician',
      system,
      category,
      pct: null,
      raw: proposal?.raw ?? '',
      instrument_version: proposal?.instrument_version ?? null,
      input: JSON.stringify(proposal?.input ?? {}),
      output: JSON.stringify(proposal?.output ?? {}),
      caveats: proposal?.caveats ?? [],
      because,
      by_id: ctx.actor.id,
      by_name: ctx.actor.name,
      at: ctx.clock.now(),
      superseded_by: null,
    })
    .execute()
  ctx.audit.detail = { system, category, scanId }
  await replan(ctx, nodule, { kind: 'graded', note: because, detail: { scanId, system, category } })
}

/** A physician's own day stands until the next scan. */
export async function setDay(
  ctx: WriteContext,
  noduleId: string,
  { dueOn, because, version }: InputOf<typeof setRecheckDay>['body'],
): Promise<void> {
  const nodule = await lockOpen(ctx, noduleId, version)
  if (dueOn < nodule.last_scan_on) throw noduleProblem('NoduleIntervalWrong', {}, 'body.dueOn')
  await replan(
    ctx,
    nodule,
    { kind: 'interval-set', note: because, detail: { dueOn } },
    { physician: { dueOn, words: because } },
  )
}

export async function place(
  ctx: WriteContext,
  noduleId: string,
  { side, place: where, version }: InputOf<typeof correctPlace>['body'],
): Promise<void> {
  const nodule = await lockNodule(ctx, noduleId, version)
  const detail = { side: nodule.side, place: nodule.place }
  await changeNodule(ctx, nodule, { side, place: where }, { kind: 'place-corrected', detail })
}

/** Ended only with what it ended in; a pathology, an operation and a result from elsewhere name their day. */
export async function close(
  ctx: WriteContext,
  noduleId: string,
  { result, text, on, version }: InputOf<typeof closeNodule>['body'],
): Promise<void> {
  const nodule = await lockOpen(ctx, noduleId, version)
  if ((DOCTOR_RESULTS as readonly string[]).includes(result) && !ctx.actor.permissions.has('nodule.grade'))
    throw noduleProblem('NoduleResultNeedsDoctor', {}, 'body.result')
  if (NEEDS_DAY.has(result) && (on === null || on > ctx.today)) throw noduleProblem('NoduleResultUnfit', {}, 'body.on')
  const open = (await rechecksOf(ctx.tx, ctx.organizationId, [nodule.id])).find(({ state }) => state === 'open')
  if (open) {
    await endRecheck(ctx, open, { state: 'ended' })
    await endRecheckTask(ctx, open, 'cancelled', content.ended[ctx.tenant.locale === 'en' ? 'en' : 'zh'])
  }
  await endDoctorTasks(ctx, nodule)
  await changeNodule(
    ctx,
    nodule,
    { ...NOTHING_DUE, ...closingOf(ctx, { result, text, on }) },
    { kind: 'closed', note: text, detail: { result } },
  )
  ctx.audit.detail = { result }
}

const NEEDS_DAY = new Set(['operated', 'benign-pathology', 'elsewhere'])

const NOTHING_DUE = {
  waiting: null,
  waiting_since: null,
  waiting_act_on: null,
  waiting_level: 0,
  recheck_id: null,
  from_on: null,
  due_on: null,
  recheck_act_on: null,
  recheck_level: 0,
}

function closingOf(
  ctx: WriteContext,
  { result, text, on }: Pick<InputOf<typeof closeNodule>['body'], 'result' | 'text' | 'on'>,
) {
  return {
    state: 'closed' as const,
    result,
    result_text: text,
    result_on: on,
    closed_at: ctx.clock.now(),
    closed_by: ctx.actor.id,
    closed_by_name: ctx.actor.name,
  }
}

/** Takes a closing back; the log keeps both. */
export async function reopen(
  ctx: WriteContext,
  noduleId: string,
  { because, version }: InputOf<typeof reopenNodule>['body'],
): Promise<void> {
  const nodule = await lockNodule(ctx, noduleId, version)
  if (nodule.state !== 'closed') throw noduleProblem('NoduleNotClosed')
  const also = {
    state: 'open' as const,
    result: null,
    result_text: null,
    result_on: null,
    closed_at: null,
    closed_by: null,
    closed_by_name: null,
  }
  await replan(ctx, nodule, { kind: 'reopened', note: because }, { also })
}

/** A talk is kept as it was held; told back counts only with the person's own words. Sent twice it is one. */
export async function talk(
  ctx: WriteContext,
  noduleId: string,
  { worries, cardCode, taughtBack, theirWords, note, key }: InputOf<typeof noteTalk>['body'],
): Promise<void> {
  const nodule = await lockNodule(ctx, noduleId)
  if (taughtBack && theirWords.length < 2) throw noduleProblem('NoduleBecauseMissing', {}, 'body.theirWords')
  const card = cardCode ? await findCard(ctx.tx, ctx.organizationId, cardCode) : undefined
  if (cardCode && !card) throw noduleProblem('NoduleCardUnknown', {}, 'body.cardCode')
  const added = await ctx.tx
    .insertInto('nodule_talk')
    .values({
      organization_id: ctx.organizationId,
      id: ctx.ids.next<string>(),
      nodule_id: nodule.id,
      request_key: key,
      worries: JSON.stringify(worries),
      card_code: cardCode,
      card_version: card?.version ?? null,
      taught_back: taughtBack,
      their_words: theirWords,
      note,
      by_id: ctx.actor.id!,
      by_name: ctx.actor.name,
      at: ctx.clock.now(),
    })
    .onConflict((c) => c.constraint('nodule_talk_once').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows === 0n) return
  await changeNodule(ctx, nodule, {}, { kind: 'talked', detail: { worries: worries.length, taughtBack } })
}
