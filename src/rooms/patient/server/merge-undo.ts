import type { PatientId } from '../../../platform/contract/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientDeathCorrected, patientUnmerged } from '../contract/events.ts'
import { MERGE_FIELDS, UNDO_DAYS, type MergeField } from '../contract/merge.ts'
import { patientProblem } from '../contract/problems.ts'
import { requireVisible } from './access.ts'
import { fromSnapshot, type MergeMemory, type Snapshot } from './merge-snapshot.ts'
import { decideProposal, findMerge, isMergedAway, markUndone, type MergeRow } from './merge-store.ts'
import { COLUMNS, comparable } from './rules/merge-fields.ts'
import { deleteWords, insertWords } from './search-store.ts'
import { insertChanges, lockPatientRows, updatePatient, type PatientRow } from './store.ts'

/**
 * Takes a merge apart: the other file lives again as it was, and the surviving one gets back what the merge
 * had changed. A field that somebody has changed since stays; those are named in `kept`.
 * @throws Problem NotFound, MergeUndone, MergeTooOld, MergeUndoLaterFirst
 */
export async function undo(
  ctx: WriteContext,
  mergeId: string,
  reason: string,
): Promise<{ fromId: string; intoId: string; kept: MergeField[] }> {
  const merge = await findMerge(ctx.tx, ctx.organizationId, mergeId)
  if (!merge) throw platformProblem('NotFound')
  await requireVisible(ctx, merge.into_id)
  await requireVisible(ctx, merge.from_id)
  const now = ctx.clock.now()
  if (now.getTime() - merge.merged_at.getTime() > UNDO_DAYS * 86_400_000)
    throw patientProblem('MergeTooOld', { days: UNDO_DAYS })
  if (!(await markUndone(ctx.tx, ctx.organizationId, mergeId, ctx.actor.id, now))) throw patientProblem('MergeUndone')
  const rows = await lockPatientRows(ctx.tx, ctx.organizationId, [merge.from_id, merge.into_id])
  if (await isMergedAway(ctx.tx, ctx.organizationId, merge.into_id)) throw patientProblem('MergeUndoLaterFirst')

  const memory = merge.before as MergeMemory
  const into = rows.find((row) => row.id === merge.into_id)!
  const { back, kept } = columnsBack(into, memory.into, merge.after as Snapshot)
  // The surviving row gives the paper back before the other one enters the unique index again.
  await updatePatient(ctx.tx, ctx.organizationId, merge.into_id, back, now)
  await updatePatient(
    ctx.tx,
    ctx.organizationId,
    merge.from_id,
    { ...fromSnapshot(memory.from), merged_into: null },
    now,
  )
  if (memory.addedWords.length > 0) await deleteWords(ctx.tx, ctx.organizationId, merge.into_id, memory.addedWords)
  await insertWords(
    ctx.tx,
    ctx.organizationId,
    memory.fromWords.map((word) => ({ patientId: merge.from_id, word })),
  )
  const step = {
    from: ['merged'] as const,
    to: 'undone' as const,
    by: ctx.actor.id,
    byName: ctx.actor.name,
    at: now,
    reason,
  }
  await decideProposal(ctx.tx, ctx.organizationId, merge.proposal_id, step)
  await noteUndo(ctx, merge, reason, kept)
  if (into.state === 'deceased' && back.state === 'active')
    await ctx.emit(patientDeathCorrected, { patientId: into.id as PatientId })
  return { fromId: merge.from_id, intoId: merge.into_id, kept }
}

async function noteUndo(ctx: WriteContext, merge: MergeRow, reason: string, kept: MergeField[]): Promise<void> {
  const line = (patientId: string, other: string) => ({
    id: ctx.ids.next(),
    patientId,
    kind: 'unmerged' as const,
    detail: { mergeId: merge.id, other, reason },
    byId: ctx.actor.id,
    byName: ctx.actor.name,
  })
  await insertChanges(
    ctx.tx,
    ctx.organizationId,
    [line(merge.into_id, merge.from_id), line(merge.from_id, merge.into_id)],
    ctx.clock.now(),
  )
  ctx.audit.patientId = merge.into_id
  ctx.audit.detail = { from: merge.from_id, into: merge.into_id, kept }
  await ctx.emit(patientUnmerged, {
    fromId: merge.from_id as PatientId,
    intoId: merge.into_id as PatientId,
    mergeId: merge.id as never,
  })
}

/** The columns to put back, field by field, and the fields that were changed after the merge. */
function columnsBack(
  now: PatientRow,
  before: Snapshot,
  after: Snapshot,
): { back: Partial<PatientRow>; kept: MergeField[] } {
  const [was, became] = [fromSnapshot(before), fromSnapshot(after)]
  const moved = MERGE_FIELDS.filter((field) => COLUMNS[field].some((column) => column in became))
  const isUntouched = (field: MergeField) =>
    COLUMNS[field].every((column) => comparable(now[column]) === comparable(became[column]))
  const columns = moved.filter(isUntouched).flatMap((field) => COLUMNS[field])
  return {
    back: Object.fromEntries(columns.map((column) => [column, was[column]])),
    kept: moved.filter((field) => !isUntouched(field)),
  }
}
