import { addDays, dateIn } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { plansWithin } from '../../care-plan/server/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { SummaryLine, SummaryView } from '../contract/summary.ts'
import type { SummaryId } from '../contract/words.ts'
import { STAGE_DAYS } from './due.ts'
import { findSummariesOf, findSummary, type SummaryRow } from './store.ts'

function lineOf(row: SummaryRow): SummaryLine {
  return {
    id: row.id as SummaryId,
    state: row.state,
    version: row.version,
    fromOn: row.from_on,
    untilOn: row.until_on,
    draftedBy: row.drafted_by_name,
    draftedAt: row.drafted_at.toISOString(),
    signedBy: row.signed_by_name,
    signedAt: row.signed_at?.toISOString() ?? null,
    sentAt: row.sent_at?.toISOString() ?? null,
    readAt: row.read_at?.toISOString() ?? null,
    corrects: row.corrects as SummaryId | null,
  }
}

export async function showSummaries(ctx: ReadContext, patientId: string) {
  const patient = await requireVisible(ctx, patientId)
  const rows = await findSummariesOf(ctx, patientId)
  const last = rows.find(({ state }) => state === 'signed')
  const plans = await plansWithin(ctx, patientId, addDays(ctx.today, -365), ctx.today)
  const begun = plans
    .map(({ startedOn }) => startedOn)
    .toSorted()
    .at(-1)
  const proposed = last ? addDays(last.until_on, 1) : (begun ?? addDays(ctx.today, -STAGE_DAYS))
  const isOpen = rows.some(({ state }) => state === 'draft' || state === 'submitted')
  return {
    rows: rows.map(lineOf),
    proposed: { fromOn: proposed > ctx.today ? ctx.today : proposed, untilOn: ctx.today },
    can: { draft: patient.state === 'active' && !isOpen && ctx.actor.permissions.has('stage-summary.write') },
  }
}

/** @throws Problem NotFound */
export async function showSummary(ctx: ReadContext, patientId: string, summaryId: string): Promise<SummaryView> {
  await requireVisible(ctx, patientId)
  const rows = await findSummariesOf(ctx, patientId)
  const row = rows.find(({ id }) => id === summaryId)
  if (!row) throw platformProblem('NotFound')
  const former = rows.find(
    ({ state, until_on, id }) => state === 'signed' && until_on < row.until_on && id !== row.corrects,
  )
  return {
    ...lineOf(row),
    sections: row.sections,
    facts: row.facts,
    because: row.because,
    former: former
      ? { id: former.id as SummaryId, fromOn: former.from_on, untilOn: former.until_on, sections: former.sections }
      : null,
    revision: row.revision,
    can: actsFor(ctx, row),
  }
}

function actsFor({ actor }: ReadContext, row: SummaryRow): SummaryView['can'] {
  const write = actor.permissions.has('stage-summary.write')
  if (row.state === 'signed') return write ? ['send', ...(row.corrected_by === null ? (['correct'] as const) : [])] : []
  if (row.state === 'corrected') return []
  return [
    ...(write ? (['edit'] as const) : []),
    ...(write && row.state === 'draft' ? (['submit'] as const) : []),
    ...(actor.permissions.has('plan.sign') ? (['sign'] as const) : []),
    ...(write ? (['discard'] as const) : []),
  ]
}

/** Signed ones only, those that stand. */
export async function showMine(ctx: ReadContext) {
  const rows = await findSummariesOf(ctx, ownPatientId(ctx))
  return {
    rows: rows
      .filter(({ state }) => state === 'signed')
      .map((row) => ({
        id: row.id as SummaryId,
        fromOn: row.from_on,
        untilOn: row.until_on,
        signedBy: row.signed_by_name ?? '',
      })),
  }
}

/** One as it was signed, without what stands behind it. @throws Problem NotFound for drafts and other people's */
export async function showMySummary(ctx: ReadContext, summaryId: string) {
  const row = await findSummary(ctx, ownPatientId(ctx), summaryId)
  if (!row || (row.state !== 'signed' && row.state !== 'corrected')) throw platformProblem('NotFound')
  return {
    fromOn: row.from_on,
    untilOn: row.until_on,
    signedBy: row.signed_by_name ?? '',
    signedOn: dateIn(row.signed_at!, ctx.tenant.timeZone),
    sections: row.sections.map(({ key, sentences }) => ({ key, sentences: sentences.map(({ text }) => text) })),
    correctedBy: row.corrected_by as SummaryId | null,
  }
}
