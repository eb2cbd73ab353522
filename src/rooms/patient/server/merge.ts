import type { PatientId } from '../../../platform/contract/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientDied, patientMerged } from '../contract/events.ts'
import { MERGE_FIELDS, type MergeField, type Side } from '../contract/merge.ts'
import { patientProblem } from '../contract/problems.ts'
import { requireVisible } from './access.ts'
import { toSnapshot, type MergeMemory } from './merge-snapshot.ts'
import { decideProposal, findProposal, insertMerge, type ProposalRow } from './merge-store.ts'
import { movedColumns, suggestSide } from './rules/merge-fields.ts'
import { deleteWords, insertWords, wordsOf } from './search-store.ts'
import { insertChanges, lockPatientRows, updatePatient, type PatientRow } from './store.ts'

export interface MergeChoice {
  intoId: string
  chosen: Partial<Record<MergeField, Side>>
  reason: string
}

/**
 * Puts the two files of a proposal together in one transaction. The proposal is decided first, so of two people
 * who merge at once one wins and the other is told who. Chosen fields move; the other row keeps all it had, and
 * its words lead to the surviving one, so that an old phone or name still finds the person.
 * @throws Problem NotFound, ProposalClosed, PatientMerged, DifferentPapers
 */
export async function merge(
  ctx: WriteContext,
  proposalId: string,
  choice: MergeChoice,
): Promise<{ mergeId: string; patientId: string }> {
  const proposal = await openProposal(ctx, proposalId)
  if (choice.intoId !== proposal.left_id && choice.intoId !== proposal.right_id) throw platformProblem('NotFound')
  await decide(ctx, proposal, 'merged', choice.reason)
  const { left, right } = await lockBoth(ctx, proposal)
  const intoSide: Side = choice.intoId === left.id ? 'left' : 'right'
  const [into, from] = intoSide === 'left' ? [left, right] : [right, left]
  const papersDiffer = left.paper_index && right.paper_index && !left.paper_index.equals(right.paper_index)
  if (papersDiffer && choice.reason.length < 2) throw patientProblem('DifferentPapers', {}, 'body.reason')

  const suggested = MERGE_FIELDS.map((field) => [
    field,
    choice.chosen[field] ?? suggestSide(field, left, right, intoSide),
  ])
  const chosen = Object.fromEntries(suggested) as Record<MergeField, Side>
  const moved = movedColumns(chosen, into, from, intoSide === 'left' ? 'right' : 'left')
  const now = ctx.clock.now()
  const words = await moveWords(ctx, from.id, into.id)
  // The other row leaves the unique index of papers before its paper may come over.
  await updatePatient(ctx.tx, ctx.organizationId, from.id, { state: 'merged', merged_into: into.id }, now)
  await updatePatient(ctx.tx, ctx.organizationId, into.id, moved, now)
  const mergeId = ctx.ids.next()
  const memory: MergeMemory = { into: toSnapshot(pick(into, moved)), from: toSnapshot({ state: from.state }), ...words }
  await insertMerge(ctx.tx, {
    organization_id: ctx.organizationId,
    id: mergeId,
    proposal_id: proposalId,
    from_id: from.id,
    into_id: into.id,
    chosen,
    before: memory,
    after: toSnapshot(moved),
    reason: choice.reason,
    merged_by: ctx.actor.id,
    merged_by_name: ctx.actor.name,
    merged_at: now,
  })
  await noteMerge(ctx, { mergeId, from, into, moved, reason: choice.reason })
  return { mergeId, patientId: into.id }
}

async function noteMerge(
  ctx: WriteContext,
  {
    mergeId,
    from,
    into,
    moved,
    reason,
  }: { mergeId: string; from: PatientRow; into: PatientRow; moved: Partial<PatientRow>; reason: string },
): Promise<void> {
  const line = (patientId: string, other: string) => ({
    id: ctx.ids.next(),
    patientId,
    kind: 'merged' as const,
    detail: { mergeId, other, reason },
    byId: ctx.actor.id,
    byName: ctx.actor.name,
  })
  await insertChanges(ctx.tx, ctx.organizationId, [line(into.id, from.id), line(from.id, into.id)], ctx.clock.now())
  ctx.audit.patientId = into.id
  ctx.audit.detail = { mergeId, from: from.id, into: into.id, moved: Object.keys(moved) }
  await ctx.emit(patientMerged, {
    fromId: from.id as PatientId,
    intoId: into.id as PatientId,
    mergeId: mergeId as never,
  })
  if (moved.state === 'deceased') await ctx.emit(patientDied, { patientId: into.id as PatientId })
}

/** They are two people. @throws Problem NotFound, ProposalClosed */
export async function dismiss(ctx: WriteContext, proposalId: string, reason: string): Promise<void> {
  const proposal = await openProposal(ctx, proposalId)
  await decide(ctx, proposal, 'dismissed', reason)
}

async function openProposal(ctx: WriteContext, proposalId: string): Promise<ProposalRow> {
  const proposal = await findProposal(ctx.tx, ctx.organizationId, proposalId)
  if (!proposal) throw platformProblem('NotFound')
  // Whoever may see one side only may not join them.
  await requireVisible(ctx, proposal.left_id)
  await requireVisible(ctx, proposal.right_id)
  return proposal
}

async function decide(
  ctx: WriteContext,
  proposal: ProposalRow,
  to: 'merged' | 'dismissed',
  reason: string,
): Promise<void> {
  const step = { from: ['open'] as const, to, by: ctx.actor.id, byName: ctx.actor.name, at: ctx.clock.now(), reason }
  if (await decideProposal(ctx.tx, ctx.organizationId, proposal.id, step)) return
  const now = await findProposal(ctx.tx, ctx.organizationId, proposal.id)
  throw patientProblem('ProposalClosed', { by: now?.decided_by_name ?? '' })
}

async function lockBoth(ctx: WriteContext, proposal: ProposalRow): Promise<{ left: PatientRow; right: PatientRow }> {
  const rows = await lockPatientRows(ctx.tx, ctx.organizationId, [proposal.left_id, proposal.right_id])
  const [left, right] = [
    rows.find((row) => row.id === proposal.left_id),
    rows.find((row) => row.id === proposal.right_id),
  ]
  if (!left || !right) throw platformProblem('NotFound')
  if (left.state === 'merged' || right.state === 'merged') throw patientProblem('PatientMerged')
  return { left, right }
}

async function moveWords(
  ctx: WriteContext,
  fromId: string,
  intoId: string,
): Promise<{ fromWords: string[]; addedWords: string[] }> {
  const fromWords = await wordsOf(ctx.tx, ctx.organizationId, fromId)
  const had = new Set(await wordsOf(ctx.tx, ctx.organizationId, intoId))
  const addedWords = fromWords.filter((word) => !had.has(word))
  await deleteWords(ctx.tx, ctx.organizationId, fromId)
  await insertWords(
    ctx.tx,
    ctx.organizationId,
    addedWords.map((word) => ({ patientId: intoId, word })),
  )
  return { fromWords, addedWords }
}

function pick(row: PatientRow, columns: Partial<PatientRow>): Partial<PatientRow> {
  return Object.fromEntries(Object.keys(columns).map((column) => [column, row[column as keyof PatientRow]]))
}
