import { newToken } from '../../../platform/auth/token.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import { mailMaskedOf, requireVisible } from '../../patient/server/index.ts'
import type { inviteAnybody, InvitationView, invitePatient } from '../contract/invitations.ts'
import type { Visit } from '../contract/words.ts'
import { questionnaireProblem } from '../contract/problems.ts'
import { sendLink, withdrawOfLink } from './by-message.ts'
import { deleteKeys } from './key-store.ts'
import { remindTimes } from './rules/reminder.ts'
import { notInForce } from './template.ts'
import { findInForce } from './definition-store.ts'
import {
  findInvitation,
  findInvitationsOf,
  findOpenInvitations,
  insertInvitation,
  withdraw,
  type InvitationRow,
} from './invitation-store.ts'

type Terms = {
  code: string
  closesAt: string | null
  quota?: number | null
  byEmail?: boolean
  remindAfterDays?: readonly number[]
  visit?: Visit | null
}

/**
 * A link for one person, who opens it with their date of birth.
 * @throws Problem QuestionnaireUnknown, TextsWanted, InvitedAlready, PatientGone, BirthDateWanted, ClosesInThePast
 */
export async function invite(
  ctx: WriteContext,
  patientId: string,
  body: InputOf<typeof invitePatient>['body'],
): Promise<OutputOf<typeof invitePatient>> {
  const patient = await requireVisible(ctx, patientId)
  if (patient.state !== 'active') throw questionnaireProblem('PatientGone')
  if (!patient.birth_date) throw questionnaireProblem('BirthDateWanted')
  const { byEmail, remindAfterDays } = body
  if ((byEmail || remindAfterDays.length > 0) && !mailMaskedOf(ctx, patient))
    throw questionnaireProblem('InviteEmailWanted', {}, 'body.byEmail')
  const made = await makeLink(ctx, body, patientId)
  if (byEmail) await sendLink(ctx, patientId, made)
  return made
}

/** @throws Problem QuestionnaireUnknown, TextsWanted, NotForAnybody, ClosesInThePast */
export function inviteAll(
  ctx: WriteContext,
  body: InputOf<typeof inviteAnybody>['body'],
): Promise<OutputOf<typeof invitePatient>> {
  return makeLink(ctx, body, null)
}

async function makeLink(ctx: WriteContext, terms: Terms, patientId: string | null) {
  const now = ctx.clock.now()
  const closesAt = terms.closesAt ? new Date(terms.closesAt) : null
  if (closesAt && closesAt <= now) throw questionnaireProblem('ClosesInThePast', {}, 'body.closesAt')
  const definition = await findInForce(ctx.db, ctx.organizationId, terms.code)
  if (!definition) throw notInForce(ctx, terms.code)
  // Whoever answers that they do not want to live must be somebody we can reach (S0-47).
  if (patientId === null && definition.sensitivity === 'mental') throw questionnaireProblem('NotForAnybody')
  const { token, hash } = newToken(ctx.organizationId)
  const id = ctx.ids.next()
  const isNew = await insertInvitation(ctx.tx, ctx.organizationId, {
    id,
    kind: patientId === null ? 'open' : 'personal',
    code: definition.code,
    version: definition.version,
    patientId,
    tokenHash: hash,
    closesAt,
    quota: terms.quota ?? null,
    byMessage: terms.byEmail ?? false,
    visit: terms.visit ?? null,
    remindAt: remindTimes(terms.remindAfterDays ?? [], now, closesAt),
    at: now,
    by: ctx.actor,
  })
  if (!isNew) throw questionnaireProblem('InvitedAlready')
  ctx.audit.detail = { code: definition.code, version: definition.version }
  ctx.audit.subjectId = id
  const { general } = await settingsOf(ctx)
  const row = (await findInvitation(ctx.db, ctx.organizationId, id))!
  return { ...viewOf(row), link: `${webAddressOf(general, ctx.publicUrl)}/fill/${token}` }
}

export async function listOf(ctx: ReadContext, patientId: string): Promise<{ rows: InvitationView[] }> {
  await requireVisible(ctx, patientId)
  const rows = await findInvitationsOf(ctx.db, ctx.organizationId, patientId)
  const mental = ctx.actor.permissions.has('questionnaire.answers-mental')
  return { rows: rows.filter((row) => mental || row.sensitivity === 'ordinary').map(viewOf) }
}

export async function listOpen(ctx: ReadContext, code: string): Promise<{ rows: InvitationView[] }> {
  return { rows: (await findOpenInvitations(ctx.db, ctx.organizationId, code)).map(viewOf) }
}

export async function close(ctx: WriteContext, id: string): Promise<{ withdrawn: boolean }> {
  const row = await findInvitation(ctx.db, ctx.organizationId, id)
  if (!row) throw platformProblem('NotFound')
  if (row.patient_id) {
    await requireVisible(ctx, row.patient_id)
    ctx.audit.patientId = row.patient_id
  }
  const withdrawn = await withdraw(ctx.tx, ctx.organizationId, id)
  await deleteKeys(ctx.tx, ctx.organizationId, id)
  if (row.patient_id) await withdrawOfLink(ctx, row.patient_id, id)
  return { withdrawn }
}

export const visitOf = (row: Pick<InvitationRow, 'visit_kind' | 'visit_id' | 'visit_on'>): Visit | null =>
  row.visit_kind && row.visit_on ? { kind: row.visit_kind, id: row.visit_id, on: row.visit_on } : null

function viewOf(row: InvitationRow): InvitationView {
  return {
    id: row.id as InvitationView['id'],
    kind: row.kind,
    code: row.code,
    version: row.version,
    title: { zh: row.title_zh, en: row.title_en },
    patientId: row.patient_id as InvitationView['patientId'],
    state: row.state,
    closesAt: row.closes_at?.toISOString() ?? null,
    quota: row.quota,
    answers: row.answers,
    sentBy: row.sent_by_name,
    sentAt: row.sent_at.toISOString(),
    openedAt: row.opened_at?.toISOString() ?? null,
    sentByMessage: row.sent_by_message,
    visit: visitOf(row),
    nextReminderAt: row.next_remind_at?.toISOString() ?? null,
  }
}
