import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { sendMessage } from '../../message/server/index.ts'
import { openWay } from '../../patient-access/server/index.ts'
import { lockPatient, patientSummary, requireVisible } from '../../patient/server/index.ts'
import { closeTask, createTask } from '../../task/server/index.ts'
import { summaryProblem } from '../contract/problems.ts'
import type { saveSummary } from '../contract/summary.ts'
import { expectNext } from './due.ts'
import { gather } from './gather.ts'
import { draftOf, edited, missingSections, withoutFacts } from './rules/sentences.ts'
import { findSummariesOf, type SummaryRow } from './store.ts'

const SIGN_TASK = 'stage-summary-sign'
const LONGEST_DAYS = 400
const WAY_DAYS = 30

/** A draft made of facts. @returns its id @throws Problem SummaryOpen, SummaryPeriodUnfit, SummaryPatientNotActive */
export async function draft(
  ctx: WriteContext,
  patientId: string,
  { fromOn, untilOn }: { fromOn: string; untilOn: string },
): Promise<string> {
  await requireVisible(ctx, patientId)
  const patient = await lockPatient(ctx.tx, ctx.organizationId, patientId)
  if (patient.state !== 'active') throw summaryProblem('SummaryPatientNotActive')
  const days = (Date.parse(untilOn) - Date.parse(fromOn)) / 86_400_000
  if (days < 0 || days > LONGEST_DAYS || untilOn > ctx.today)
    throw summaryProblem('SummaryPeriodUnfit', {}, 'body.untilOn')
  const former = (await findSummariesOf(ctx, patientId)).find(
    ({ state, until_on }) => state === 'signed' && until_on < untilOn,
  )
  const language = patient.locale
  const stage = await gather(ctx, patientId, { from: fromOn, until: untilOn }, language, former)
  return insert(ctx, { patientId, fromOn, untilOn, language, ...draftOf(stage, language) })
}

type New = Pick<SummaryRow, 'language' | 'sections' | 'facts'> & {
  patientId: string
  fromOn: string
  untilOn: string
  version?: number
  corrects?: string
  because?: string
}

async function insert(ctx: WriteContext, one: New): Promise<string> {
  const id: string = ctx.ids.next<string & never>()
  const added = await ctx.tx
    .insertInto('stage_summary')
    .values({
      organization_id: ctx.organizationId,
      id,
      patient_id: one.patientId,
      version: one.version ?? 1,
      from_on: one.fromOn,
      until_on: one.untilOn,
      language: one.language,
      sections: JSON.stringify(one.sections),
      facts: JSON.stringify(one.facts),
      because: one.because ?? '',
      corrects: one.corrects ?? null,
      corrected_by: null,
      drafted_by: ctx.actor.id,
      drafted_by_name: ctx.actor.name,
      drafted_at: ctx.clock.now(),
      submitted_at: null,
      sign_task_key: null,
      signed_by: null,
      signed_by_name: null,
      signed_at: null,
      sent_at: null,
      sent_by_name: null,
      read_at: null,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) throw summaryProblem('SummaryOpen')
  ctx.audit.subjectId = id
  return id
}

/** Locked, of a person whom the actor may see. @throws Problem NotFound */
async function open(ctx: WriteContext, patientId: string, summaryId: string): Promise<SummaryRow> {
  await requireVisible(ctx, patientId)
  const row = await ctx.tx
    .selectFrom('stage_summary')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', summaryId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw platformProblem('NotFound')
  ctx.audit.detail = { from: row.from_on, until: row.until_on, state: row.state }
  return row
}

/** @throws Problem SummarySigned, ChangedMeanwhile */
async function openDraft(
  ctx: WriteContext,
  patientId: string,
  summaryId: string,
  revision?: number,
): Promise<SummaryRow> {
  const row = await open(ctx, patientId, summaryId)
  if (row.state === 'signed' || row.state === 'corrected')
    throw summaryProblem('SummarySigned', { name: row.signed_by_name ?? '' })
  if (revision !== undefined && row.revision !== revision) throw platformProblem('ChangedMeanwhile')
  return row
}

async function change(ctx: WriteContext, row: SummaryRow, changes: Record<string, unknown>): Promise<void> {
  await ctx.tx
    .updateTable('stage_summary')
    .set({ ...changes, revision: sql`revision + 1` })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', row.id)
    .execute()
}

export async function save(
  ctx: WriteContext,
  patientId: string,
  summaryId: string,
  { revision, sections }: InputOf<typeof saveSummary>['body'],
): Promise<void> {
  const row = await openDraft(ctx, patientId, summaryId, revision)
  await change(ctx, row, {
    sections: JSON.stringify(edited(row.sections, sections)),
    state: 'draft',
    submitted_at: null,
  })
}

/** Asks the doctor to sign: a task of theirs, or of all doctors where the person has none. */
export async function submit(ctx: WriteContext, patientId: string, summaryId: string, revision: number): Promise<void> {
  const row = await openDraft(ctx, patientId, summaryId, revision)
  const key = `${summaryId}:${revision}`
  await change(ctx, row, { state: 'submitted', submitted_at: ctx.clock.now(), sign_task_key: key })
  const doctorId = (await patientSummary(ctx, patientId))?.doctorId ?? null
  await createTask(ctx, {
    type: 'other',
    title: { zh: '签署阶段总结', en: 'Sign the stage summary' },
    patientId,
    ownerId: doctorId,
    poolRole: doctorId ? null : 'physician',
    source: SIGN_TASK,
    sourceKey: key,
  })
}

/**
 * The doctor signs what a person has finished: with their own view, the next stage, and every drafted sentence on its facts.
 * @throws Problem SummaryUnfinished, SummaryFactsLost, SummarySigned, ChangedMeanwhile
 */
export async function sign(ctx: WriteContext, patientId: string, summaryId: string, revision: number): Promise<void> {
  const row = await openDraft(ctx, patientId, summaryId, revision)
  if (missingSections(row.sections).length > 0) throw summaryProblem('SummaryUnfinished')
  if (withoutFacts(row.sections, row.facts).length > 0) throw summaryProblem('SummaryFactsLost')
  await change(ctx, row, {
    state: 'signed',
    signed_by: ctx.actor.id,
    signed_by_name: ctx.actor.name,
    signed_at: ctx.clock.now(),
  })
  if (row.corrects)
    await ctx.tx
      .updateTable('stage_summary')
      .set({ state: 'corrected', corrected_by: row.id })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', row.corrects)
      .execute()
  await expectNext(ctx, patientId, row.until_on)
  if (row.sign_task_key)
    await closeTask(ctx, { source: SIGN_TASK, sourceKey: row.sign_task_key }, { state: 'completed' })
}

export async function discard(
  ctx: WriteContext,
  patientId: string,
  summaryId: string,
): Promise<{ discarded: boolean }> {
  const row = await openDraft(ctx, patientId, summaryId)
  await ctx.tx
    .deleteFrom('stage_summary')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', row.id)
    .execute()
  if (row.sign_task_key)
    await closeTask(ctx, { source: SIGN_TASK, sourceKey: row.sign_task_key }, { state: 'cancelled' })
  return { discarded: true }
}

/** The way to the page, once per summary; the letter says nothing of what it holds. @throws Problem SummaryNotSigned */
export async function send(ctx: WriteContext, patientId: string, summaryId: string): Promise<void> {
  const row = await open(ctx, patientId, summaryId)
  if (row.state !== 'signed') throw summaryProblem('SummaryNotSigned')
  if (row.sent_at) return
  const { link } = await openWay(ctx, patientId, { page: `/my/summary/${summaryId}`, days: WAY_DAYS })
  await sendMessage(ctx, {
    patientId,
    template: 'stage-summary-ready',
    touch: `stage-summary:${summaryId}`,
    values: { link },
    source: 'stage-summary',
    sourceKey: summaryId,
  })
  await change(ctx, row, { sent_at: ctx.clock.now(), sent_by_name: ctx.actor.name })
}

/** The next version of a signed one; the old one stands until it is signed. @returns its id @throws Problem SummaryNotSigned, SummaryCorrected */
export async function correct(
  ctx: WriteContext,
  patientId: string,
  summaryId: string,
  because: string,
): Promise<string> {
  const row = await open(ctx, patientId, summaryId)
  if (row.state === 'corrected') throw summaryProblem('SummaryCorrected')
  if (row.state !== 'signed') throw summaryProblem('SummaryNotSigned')
  const { from_on: fromOn, until_on: untilOn, language, sections, facts } = row
  return insert(ctx, {
    patientId,
    fromOn,
    untilOn,
    language,
    sections,
    facts,
    because,
    corrects: row.id,
    version: row.version + 1,
  })
}
