import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { tellsOfHepatitisB } from '../../../clinical/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { editComposition } from '../contract/composition.ts'
import { reportProblem } from '../contract/problems.ts'
import type { Conclusion } from '../contract/words.ts'
import { keptParts, openState, partsOf, standingSignatures, type KeptPart } from './composition-rules.ts'
import {
  compositionsOf,
  findSignatures,
  insertComposition,
  lockComposition,
  lockOpenOf,
  standingExam,
  updateComposition,
  versionsOf,
  type CompositionRow,
} from './composition-store.ts'
import { gather } from './content/gather.ts'
import { proposedConclusions } from './proposed.ts'

/** Begins the report of an examination, or finds the one that is begun. @throws Problem NothingToPrint, ReportIssuedAlready */
export async function start(ctx: WriteContext, patientId: string, examId: string): Promise<{ id: string }> {
  await requireVisible(ctx, patientId)
  const versions = await versionsOf(ctx.db, ctx.organizationId, examId)
  const open = versions.find(isOpen)
  if (open) return { id: open.id }
  if (versions.some(({ state }) => state === 'issued')) throw reportProblem('ReportIssuedAlready')
  const gathered = await gather(ctx, patientId, examId, 'zh-CN')
  if (!gathered) throw reportProblem('NothingToPrint')
  const conclusions = await proposedConclusions({ ...ctx, locale: 'zh-CN' }, patientId, gathered.facts.abnormalItems)
  return { id: await begin(ctx, patientId, examId, { version: (versions[0]?.version ?? 0) + 1, conclusions }) }
}

export const isOpen = ({ state }: Pick<CompositionRow, 'state'>): boolean => state === 'draft' || state === 'signed'

export interface Beginning {
  version: number
  conclusions: Conclusion[]
  notDone?: unknown
  because?: string
  beforeId?: string
}

/** Writes a draft; the one that somebody else has begun at the same moment is taken instead. @returns its id */
export async function begin(
  ctx: WriteContext,
  patientId: string,
  examId: string,
  { version, conclusions, notDone, because = '', beforeId }: Beginning,
): Promise<string> {
  const gathered = await gather(ctx, patientId, examId, 'zh-CN')
  if (!gathered) throw reportProblem('NothingToPrint')
  const { exam, sections } = gathered.facts
  const parts = keptParts(partsOf(sections), new Map())
  const at = ctx.clock.now()
  const id = ctx.ids.next<string>()
  const added = await insertComposition(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    patient_id: patientId,
    exam_report_id: examId,
    exam_on: exam.date,
    exam_title: exam.title,
    version,
    state: openState(parts),
    conclusions,
    not_done: notDone ?? gathered.facts.notDone,
    parts,
    started_by: ctx.actor.id,
    started_by_name: ctx.actor.name,
    started_at: at,
    changed_at: at,
    because,
    before_id: beforeId ?? null,
    issued_by: null,
    issued_by_name: null,
    issued_by_title: null,
    issued_at: null,
    issued_on: null,
    content_key: null,
    recalled_by_name: null,
    recalled_at: null,
    recalled_because: null,
    notified_by_name: null,
    notified_at: null,
  })
  ctx.audit.subjectId = id
  ctx.audit.patientId = patientId
  if (added) return id
  const open = (await versionsOf(ctx.db, ctx.organizationId, examId)).find(isOpen)
  if (!open) throw platformProblem('ChangedMeanwhile')
  return open.id
}

/** The report, locked and seen, with its person in the audit. @throws Problem NotFound */
export async function lockSeen(ctx: WriteContext, id: string): Promise<CompositionRow> {
  const row = await lockComposition(ctx, id)
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  return row
}

/** The same, still to be changed. @throws Problem ReportIssuedAlready */
export async function lockOpen(ctx: WriteContext, id: string): Promise<CompositionRow> {
  const row = await lockSeen(ctx, id)
  if (!isOpen(row)) throw reportProblem('ReportIssuedAlready')
  return row
}

/** Changes the doctor's words. Signatures of parts stand; nobody has signed the whole yet. */
export async function edit(ctx: WriteContext, id: string, body: InputOf<typeof editComposition>['body']) {
  const row = await lockOpen(ctx, id)
  if (row.edition !== body.edition) throw platformProblem('ChangedMeanwhile')
  refuseApart(body.conclusions, body.notDone)
  const edition = row.edition + 1
  await updateComposition(ctx.tx, row, {
    conclusions: JSON.stringify(body.conclusions),
    not_done: JSON.stringify(body.notDone),
    edition,
    changed_at: ctx.clock.now(),
  })
  ctx.audit.detail = { edition, conclusions: body.conclusions.length }
  return { edition }
}

/** A doctor's own words name no result of hepatitis B either (R13). @throws Problem HepatitisBApart */
export function refuseApart(
  conclusions: readonly Conclusion[],
  notDone: readonly { name: string; reason: string }[] = [],
): void {
  const at = conclusions.findIndex(({ title, basis, advice }) => tellsOfHepatitisB(`${title} ${basis} ${advice}`))
  if (at >= 0) throw reportProblem('HepatitisBApart', {}, `body.conclusions.${at}.title`)
  const left = notDone.findIndex(({ name, reason }) => tellsOfHepatitisB(`${name} ${reason}`))
  if (left >= 0) throw reportProblem('HepatitisBApart', {}, `body.notDone.${left}.name`)
}

/**
 * New facts of some people have come: their open reports are looked at anew, so that a part whose content has changed
 * waits for its signature again, and a corrected examination stands in place of the former one.
 */
export async function refreshOpen(ctx: WriteContext, patientIds: readonly string[]): Promise<void> {
  for (const row of await lockOpenOf(ctx.tx, ctx.organizationId, patientIds)) {
    const examId = (await standingExam(ctx.db, ctx.organizationId, row.exam_report_id)) ?? row.exam_report_id
    const gathered = await gather(ctx, row.patient_id, examId, 'zh-CN')
    const kept = gathered ? await keptNow(ctx, row.id, partsOf(gathered.facts.sections)) : (row.parts as KeptPart[])
    const taken = examId !== row.exam_report_id && (await versionsOf(ctx.db, ctx.organizationId, examId)).length > 0
    await updateComposition(ctx.tx, row, {
      ...(taken ? {} : { exam_report_id: examId }),
      ...(gathered && !taken ? { exam_on: gathered.facts.exam.date, exam_title: gathered.facts.exam.title } : {}),
      parts: JSON.stringify(kept),
      state: openState(kept),
    })
  }
}

export async function keptNow(
  ctx: WriteContext,
  compositionId: string,
  parts: Parameters<typeof keptParts>[0],
): Promise<KeptPart[]> {
  return keptParts(parts, standingSignatures(await findSignatures(ctx.db, ctx.organizationId, compositionId)))
}

/** The issued report of an examination, the newest version; undefined while there is none. */
export async function issuedOf(
  ctx: Pick<WriteContext, 'db' | 'organizationId'>,
  patientId: string,
  examId: string,
): Promise<CompositionRow | undefined> {
  const all = await compositionsOf(ctx.db, ctx.organizationId, patientId)
  return all.find((row) => row.state === 'issued' && row.exam_report_id === examId)
}
