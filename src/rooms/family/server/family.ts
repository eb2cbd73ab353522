import { newToken } from '../../../platform/auth/token.ts'
import { maskPhone } from '../../../platform/contract/index.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { toE164 } from '../../../platform/sms/number.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import { contactOf, lockPatient, patientSummary } from '../../patient/server/index.ts'
import { withdrawFromRelatives } from '../../message/server/index.ts'
import { codeTemplateOf } from '../../sms/server/index.ts'
import type { inviteMine, listMyFamily, RelativeView } from '../contract/own.ts'
import type * as contract from '../contract/own.ts'
import { familyProblem } from '../contract/problems.ts'
import type { inviteFor } from '../contract/staff.ts'
import type { RelativeId } from '../contract/words.ts'
import {
  endedByAge,
  invitationEndsAt,
  isOwnAgeNear,
  MOST,
  ownAgeOn,
  stateOf,
  untilAfter,
  type Agreed,
  type Moment,
} from './rules.ts'
import {
  endRelatives,
  findRelative,
  findRelativesOf,
  insertRelative,
  updateRelative,
  type KnownRelative,
} from './store.ts'

export const agreedOf = (row: KnownRelative): Agreed => ({
  untilOn: row.until_on,
  invitedAt: row.invited_at,
  confirmedAt: row.confirmed_at,
  endedAt: row.ended_at,
  birthDate: row.birth_date,
})

export const momentOf = ({ clock, today, tenant }: Pick<ReadContext, 'clock' | 'today' | 'tenant'>): Moment => ({
  now: clock.now(),
  today,
  timeZone: tenant.timeZone,
})

export function viewOf(row: KnownRelative, moment: Moment): RelativeView {
  const byAge = !row.ended_at && endedByAge(agreedOf(row), moment)
  return {
    id: row.id as RelativeId,
    name: row.name,
    relation: row.relation,
    phoneMasked: row.phone_masked,
    scopes: row.scopes,
    state: stateOf(agreedOf(row), moment),
    untilOn: row.until_on,
    ownAgeOn: ownAgeOn(agreedOf(row), moment.timeZone),
    invitedAt: row.invited_at.toISOString(),
    invitedBy: row.invited_by_name,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBecause: byAge ? 'own-age' : row.ended_because,
  }
}

/** Whom one has let in, those whose time is over last. */
export async function listMine(ctx: ReadContext): Promise<OutputOf<typeof listMyFamily>> {
  const patientId = ownPatientId(ctx)
  const moment = momentOf(ctx)
  const rows = (await findRelativesOf(ctx.db, ctx.organizationId, patientId)).map((row) => viewOf(row, moment))
  const patient = await patientSummary(ctx, patientId)
  const isIn = ({ state }: RelativeView) => state === 'active' || state === 'invited'
  return {
    rows: rows.toSorted((a, b) => Number(isIn(b)) - Number(isIn(a))),
    ready: (await codeTemplateOf(ctx)) !== undefined,
    forGuardian: patient?.ageYears != null && patient.ageYears < GUARDIAN_UNDER_YEARS,
    ownAgeSoonOn: soonOf(rows, moment),
  }
}

/** The day on which the child decides anew about who stands here, where that is near. */
export function soonOf(rows: readonly RelativeView[], { today }: Moment): string | null {
  const near = rows.find((row) => ['active', 'invited'].includes(row.state) && isOwnAgeNear(row.ownAgeOn, today))
  return near?.ownAgeOn ?? null
}

type New = InputOf<typeof inviteMine>['body']
type Word = InputOf<typeof inviteFor>['body']['word']
type Link = OutputOf<typeof inviteMine>

/**
 * Lets a relative in, by the patient or by staff on their word. Who may is the caller's business; it becomes good with the
 * relative's own yes.
 * @throws Problem FamilyPatientGone, FamilyCodesWanted, FamilyPhoneUnfit, FamilyPhoneOwn, FamilyAlreadyIn, FamilyTooMany
 */
export async function invite(ctx: WriteContext, patientId: string, given: New, word: Word | null): Promise<Link> {
  // Behind this lock two who invite the same phone at once stand in line.
  const patient = await lockPatient(ctx.tx, ctx.organizationId, patientId)
  if (patient.state !== 'active') throw familyProblem('FamilyPatientGone')
  if (!(await codeTemplateOf(ctx))) throw familyProblem('FamilyCodesWanted')
  const phone = toE164(given.phone)
  if (!phone) throw familyProblem('FamilyPhoneUnfit', {}, 'body.phone')
  const own = await contactOf(ctx, patientId)
  if (own?.phone && toE164(own.phone) === phone) throw familyProblem('FamilyPhoneOwn', {}, 'body.phone')
  const index = ctx.sealer.index(ctx.organizationId, 'family/phone', phone)
  await makeRoom(ctx, patientId, index)
  const { token, hash } = newToken(ctx.organizationId)
  const id = ctx.ids.next<RelativeId>()
  const at = ctx.clock.now()
  await insertRelative(ctx.tx, ctx.organizationId, {
    id,
    patientId,
    name: given.name,
    relation: given.relation,
    phone: {
      sealed: ctx.sealer.seal(ctx.organizationId, phone),
      index,
      masked: maskPhone(phone.replace(/^\+86/, '')),
    },
    scopes: given.scopes,
    untilOn: untilAfter(given.months, ctx.today),
    tokenHash: hash,
    at,
    by: word && ctx.actor.id ? { id: ctx.actor.id, name: ctx.actor.name, kind: word.kind, note: word.note } : null,
  })
  ctx.audit.subjectId = id
  ctx.audit.detail = { relation: given.relation, scopes: given.scopes, months: given.months, word: word?.kind ?? null }
  return { id, link: await linkOf(ctx, token), expiresAt: invitationEndsAt(at).toISOString() }
}

/** Of one phone one permission stands; one that has had its time, or was never answered, gives way. */
async function makeRoom(ctx: WriteContext, patientId: string, phoneIndex: Buffer): Promise<void> {
  const moment = momentOf(ctx)
  const standing = (await findRelativesOf(ctx.db, ctx.organizationId, patientId)).filter(({ ended_at }) => !ended_at)
  const before = standing.find((row) => row.phone_index.equals(phoneIndex))
  if (before && stateOf(agreedOf(before), moment) === 'active') throw familyProblem('FamilyAlreadyIn', {}, 'body.phone')
  const ending = { because: 'anew' as const, by: ctx.actor.name, at: moment.now }
  if (before) await endRelatives(ctx.tx, ctx.organizationId, { patientId, id: before.id }, ending)
  const others = standing.filter(
    (row) => row !== before && ['active', 'invited'].includes(stateOf(agreedOf(row), moment)),
  )
  if (others.length >= MOST) throw familyProblem('FamilyTooMany', { count: MOST })
}

async function linkOf(ctx: WriteContext, token: string): Promise<string> {
  const { general } = await settingsOf(ctx)
  return `${webAddressOf(general, ctx.publicUrl)}/my/family-enter/${token}`
}

async function standingOne(ctx: WriteContext, patientId: string, id: string): Promise<KnownRelative> {
  const row = await findRelative(ctx.tx, ctx.organizationId, { patientId, id, lock: true })
  if (!row) throw platformProblem('NotFound')
  return row
}

/** @throws Problem NotFound, FamilyNotIn: it has ended, or its time is over */
export async function change(
  ctx: WriteContext,
  id: string,
  { scopes, months }: InputOf<typeof contract.changeMine>['body'],
): Promise<RelativeView> {
  const patientId = ownPatientId(ctx)
  const row = await standingOne(ctx, patientId, id)
  const moment = momentOf(ctx)
  if (!['active', 'invited'].includes(stateOf(agreedOf(row), moment))) throw familyProblem('FamilyNotIn')
  const until = months === null ? {} : { until_on: untilAfter(months, ctx.today) }
  await updateRelative(ctx.tx, ctx.organizationId, id, { scopes, ...until })
  if (!scopes.includes('remind')) await withdrawFromRelatives(ctx, [id])
  ctx.audit.detail = { scopes, months }
  return viewOf({ ...row, scopes, ...until }, moment)
}

/** Ends at once: the next call of the relative finds nothing. @throws Problem NotFound */
export async function end(
  ctx: WriteContext,
  { patientId, id }: { patientId: string; id: string },
  because: 'patient' | 'staff' | 'relative',
): Promise<boolean> {
  await standingOne(ctx, patientId, id)
  const ending = { because, by: ctx.actor.name, at: ctx.clock.now() }
  const ended = await endRelatives(ctx.tx, ctx.organizationId, { patientId, id }, ending)
  await withdrawFromRelatives(ctx, ended)
  return ended.length > 0
}

/** Another link; the one before opens nothing any more. @throws Problem NotFound, FamilyNotIn */
export async function renewLink(ctx: WriteContext, patientId: string, id: string): Promise<Link> {
  const row = await standingOne(ctx, patientId, id)
  const state = stateOf(agreedOf(row), momentOf(ctx))
  if (state === 'ended' || state === 'expired') throw familyProblem('FamilyNotIn')
  const { token, hash } = newToken(ctx.organizationId)
  const invitedAt = row.confirmed_at ? row.invited_at : ctx.clock.now()
  await updateRelative(ctx.tx, ctx.organizationId, id, { token_hash: hash, invited_at: invitedAt })
  const expiresAt = row.confirmed_at ? new Date(`${row.until_on}T23:59:59Z`) : invitationEndsAt(invitedAt)
  return { id: id as RelativeId, link: await linkOf(ctx, token), expiresAt: expiresAt.toISOString() }
}

/** As a relative: the patient stays free to invite again. */
export async function leave(ctx: WriteContext): Promise<{ left: boolean }> {
  const { proxy } = ctx.actor
  if (!proxy) throw platformProblem('NotFound')
  return { left: await end(ctx, { patientId: ownPatientId(ctx), id: proxy.id }, 'relative') }
}
