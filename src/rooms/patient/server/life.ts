import type { PatientId } from '../../../platform/contract/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientChanged, patientDeathCorrected, patientDied } from '../contract/events.ts'
import type { UNMASKABLE } from '../contract/patient.ts'
import type { PatientView } from '../contract/person.ts'
import { patientProblem } from '../contract/problems.ts'
import { requireVisible } from './access.ts'
import { countOpenProposals } from './merge-store.ts'
import { findChanges, insertChanges, lockPatientRow, staffName, updatePatient, type PatientRow } from './store.ts'
import type { ChangeKind } from './table.ts'
import { mayReadWorry, viewOf } from './view.ts'

/** One person as the reader may see them. @throws Problem NotFound */
export async function getPatient(ctx: ReadContext, patientId: string): Promise<PatientView> {
  const row = await requireVisible(ctx, patientId)
  const worryBy = row.main_worry_by ? ((await staffName(ctx.db, ctx.organizationId, row.main_worry_by)) ?? null) : null
  return viewOf(ctx, row, { worryBy, openProposals: await countOpenProposals(ctx.db, ctx.organizationId, patientId) })
}

/** What was changed about a person; former worries only for those who may read the present one. */
export async function patientHistory(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const lines = await findChanges(ctx.db, ctx.organizationId, patientId)
  return lines.map((line) => {
    const detail = line.detail as { fields?: string[]; text?: string; reason?: string }
    const text = line.kind === 'worry' ? (mayReadWorry(ctx.actor) ? detail.text : '') : detail.reason
    return {
      id: line.id,
      kind: line.kind,
      fields: detail.fields ?? [],
      text: text ?? '',
      by: line.by_name,
      at: line.at.toISOString(),
    }
  })
}

/** 患者最担心的事, with who wrote it down and when; the former words stay in the history. */
export async function setMainWorry(ctx: WriteContext, patientId: string, text: string): Promise<void> {
  const row = await lockOpen(ctx, patientId)
  if (row.main_worry === text) return
  const now = ctx.clock.now()
  await updatePatient(
    ctx.tx,
    ctx.organizationId,
    patientId,
    { main_worry: text, main_worry_at: now, main_worry_by: ctx.actor.id },
    now,
  )
  await note(ctx, patientId, 'worry', { text })
  await ctx.emit(patientChanged, { patientId: patientId as PatientId, fields: ['mainWorry'] })
}

/** Enters a death. @throws Problem NotFound, PatientMerged, AlreadyDeceased, DeathDateWrong */
export async function markDeceased(ctx: WriteContext, patientId: string, deceasedOn: string): Promise<void> {
  const row = await lockOpen(ctx, patientId)
  if (row.state === 'deceased') throw patientProblem('AlreadyDeceased')
  if (deceasedOn > ctx.today || (row.birth_date && deceasedOn < row.birth_date))
    throw patientProblem('DeathDateWrong', {}, 'body.deceasedOn')
  await updatePatient(
    ctx.tx,
    ctx.organizationId,
    patientId,
    { state: 'deceased', deceased_on: deceasedOn },
    ctx.clock.now(),
  )
  await note(ctx, patientId, 'deceased', {})
  await ctx.emit(patientDied, { patientId: patientId as PatientId })
}

/** The death was a mistake; the reason stays. @throws Problem NotFound, PatientMerged, NotDeceased */
export async function correctDeath(ctx: WriteContext, patientId: string, reason: string): Promise<void> {
  const row = await lockOpen(ctx, patientId)
  if (row.state !== 'deceased') throw patientProblem('NotDeceased')
  await updatePatient(ctx.tx, ctx.organizationId, patientId, { state: 'active', deceased_on: null }, ctx.clock.now())
  await note(ctx, patientId, 'death-corrected', { reason })
  await ctx.emit(patientDeathCorrected, { patientId: patientId as PatientId })
}

/** Opens one value. The audit line of the call is the price; it names the field, never the value. */
export async function unmask(ctx: ReadContext, patientId: string, field: (typeof UNMASKABLE)[number]): Promise<string> {
  ctx.audit.detail = { field }
  const row = await requireVisible(ctx, patientId)
  const sealed = {
    paper: row.paper_sealed,
    phone: row.phone_sealed,
    email: row.email_sealed,
    'guardian-phone': row.guardian_phone_sealed,
    'guardian-email': row.guardian_email_sealed,
  }[field]
  if (!sealed) throw patientProblem('NothingToUnmask')
  return ctx.sealer.open(ctx.organizationId, sealed)
}

async function lockOpen(ctx: WriteContext, patientId: string): Promise<PatientRow> {
  await requireVisible(ctx, patientId)
  const row = await lockPatientRow(ctx.tx, ctx.organizationId, patientId)
  if (!row) throw platformProblem('NotFound')
  if (row.state === 'merged') throw patientProblem('PatientMerged')
  return row
}

async function note(ctx: WriteContext, patientId: string, kind: ChangeKind, detail: unknown): Promise<void> {
  const line = { id: ctx.ids.next(), patientId, kind, detail, byId: ctx.actor.id, byName: ctx.actor.name }
  await insertChanges(ctx.tx, ctx.organizationId, [line], ctx.clock.now())
}
