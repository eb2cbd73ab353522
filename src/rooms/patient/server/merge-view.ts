import type { PatientId } from '../../../platform/contract/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { idOf } from '../../../platform/ids.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { MERGE_FIELDS, UNDO_DAYS, type MergeField } from '../contract/merge.ts'
import { patientProblem } from '../contract/problems.ts'
import { requireVisible } from './access.ts'
import {
  findProposal,
  findProposalOfPair,
  findProposals,
  insertProposals,
  decideProposal,
  type ProposalRow,
} from './merge-store.ts'
import { isSame, suggestInto, suggestSide } from './rules/merge-fields.ts'
import { visibleTo } from './scope.ts'
import { findPatients, type NamedPatientRow } from './store.ts'
import { lineOf, mayReadWorry } from './view.ts'

type ListedProposal = ProposalRow & { merge_id: string | null }

export async function listProposals(
  ctx: ReadContext,
  query: { state: ProposalRow['state']; cursor?: string; limit: number; patientId?: string },
) {
  const now = ctx.clock.now()
  const scope = (alias: string) => visibleTo(ctx.actor, alias, now)
  const options = {
    state: query.state,
    limit: query.limit + 1,
    scope,
    before: idOf(query.cursor),
    patientId: query.patientId,
  }
  const rows = await findProposals(ctx.db, ctx.organizationId, options)
  const page = rows.slice(0, query.limit)
  const people = await peopleOf(ctx, page)
  return {
    rows: page.map((row) => proposalView(ctx, row, people)),
    next: rows.length > query.limit ? page.at(-1)!.id : null,
  }
}

/** Both sides field by field. Numbers stay masked: whoever needs them whole asks for them one by one. */
export async function previewMerge(ctx: ReadContext, proposalId: string) {
  const found = await findProposal(ctx.db, ctx.organizationId, proposalId)
  if (!found) throw platformProblem('NotFound')
  const [left, right] = [await requireVisible(ctx, found.left_id), await requireVisible(ctx, found.right_id)]
  const into = suggestInto(left, right)
  const fields = MERGE_FIELDS.filter((field) => field !== 'mainWorry' || mayReadWorry(ctx.actor)).map((field) => ({
    field,
    left: shown(field, left),
    right: shown(field, right),
    same: isSame(field, left, right),
    suggested: suggestSide(field, left, right, into),
  }))
  const people = new Map([left, right].map((row) => [row.id, row]))
  const papersDiffer =
    left.paper_index !== null && right.paper_index !== null && !left.paper_index.equals(right.paper_index)
  ctx.audit.detail = { left: left.id, right: right.id }
  return {
    proposal: proposalView(ctx, { ...found, merge_id: null }, people),
    fields,
    suggestedInto: (into === 'left' ? left : right).id as PatientId,
    papersDiffer,
  }
}

/** Proposes a pair by hand; one that was dismissed or undone is opened again. */
export async function proposeByHand(ctx: WriteContext, oneId: string, otherId: string): Promise<string> {
  if (oneId === otherId) throw patientProblem('SamePatient')
  const people = [await requireVisible(ctx, oneId), await requireVisible(ctx, otherId)]
  if (people.some((row) => row.state === 'merged')) throw patientProblem('PatientMerged')
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  const pair = { id, one: oneId, other: otherId, because: 'by-hand' as const }
  if ((await insertProposals(ctx.tx, ctx.organizationId, [pair], ctx.actor.id, now)) === 1) return id
  const known = await findProposalOfPair(ctx.tx, ctx.organizationId, oneId, otherId)
  if (!known) throw platformProblem('ChangedMeanwhile')
  const step = {
    from: ['dismissed', 'undone'] as const,
    to: 'open' as const,
    by: null,
    byName: '',
    at: now,
    reason: '',
  }
  await decideProposal(ctx.tx, ctx.organizationId, known.id, step)
  return known.id
}

function peopleOf(ctx: ReadContext, rows: readonly ProposalRow[]) {
  const ids = [...new Set(rows.flatMap((row) => [row.left_id, row.right_id]))]
  return findPatients(ctx.db, ctx.organizationId, ids, visibleTo(ctx.actor, 'patient', ctx.clock.now())).then(
    (found) => new Map(found.map((row) => [row.id, row])),
  )
}

function proposalView(ctx: ReadContext, row: ListedProposal, people: ReadonlyMap<string, NamedPatientRow>) {
  return {
    id: row.id as never,
    state: row.state,
    because: row.because,
    left: lineOf(people.get(row.left_id)!, ctx.today),
    right: lineOf(people.get(row.right_id)!, ctx.today),
    proposedAt: row.proposed_at.toISOString(),
    decided: { by: row.decided_by_name, at: row.decided_at?.toISOString() ?? null, reason: row.reason },
    merge:
      row.merge_id && row.decided_at
        ? {
            id: row.merge_id as never,
            undoUntil: new Date(row.decided_at.getTime() + UNDO_DAYS * 86_400_000).toISOString(),
          }
        : null,
  }
}

/** A field as the reader may see it; codes are put into words by the page. */
function shown(field: MergeField, row: NamedPatientRow): string | null {
  const texts: Record<MergeField, string | null> = {
    name: row.name,
    sex: row.sex,
    birthDate: row.birth_date,
    paper: row.paper_masked && `${row.paper_kind} ${row.paper_masked}`,
    phone: row.phone_masked,
    email: row.email_masked,
    recordNumber: row.record_number,
    guardian:
      row.guardian && [row.guardian.name, row.guardian.phoneMasked, row.guardian.emailMasked].filter(Boolean).join(' '),
    level: row.level,
    source: row.source,
    called: row.called || null,
    preferences:
      Object.values(row.preferences)
        .filter((value) => typeof value === 'string' && value !== '')
        .join(' · ') || null,
    locale: row.locale,
    mainWorry: row.main_worry || null,
    doctor: row.doctor_name,
    manager: row.manager_name,
    counsellor: row.counsellor_name,
    death: row.deceased_on,
  }
  return texts[field]
}
