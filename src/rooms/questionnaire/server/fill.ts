import { hashToken, organizationOfToken } from '../../../platform/auth/token.ts'
import type { Actor, Tenant, WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { patientSummary, wasGuardians } from '../../patient/server/index.ts'
import { withdrawOfLink } from './by-message.ts'
import type * as contract from '../contract/invitations.ts'
import { findVersion } from './definition-store.ts'
import {
  countAnswer,
  findByToken,
  keepDraft,
  lockByToken,
  noteOpened,
  noteTry,
  telephoneOf,
  type InvitationRow,
} from './invitation-store.ts'
import { publishedForm } from './form.ts'
import { findKey } from './key-store.ts'
import { knownOf } from './known.ts'
import { keepResponse } from './respond.ts'
import { findBySubmission } from './response-store.ts'
import { standingOf, TRIES } from './rules/invitation.ts'
import { forPatient } from './scores.ts'

/**
 * What a link does for whoever holds it. Nobody is signed in: the token finds the organization and the invitation, and
 * a personal one opens with the date of birth alone. Strangers learn nothing of anybody.
 */
export async function lookAt(house: House, token: string): Promise<OutputOf<typeof contract.lookAtLink>> {
  const tenant = await tenantOf(house, token)
  const row =
    tenant && (await findByToken(house.databases.of(tenant.id), tenant.id, hashToken(token), house.clock.now()))
  if (!tenant || !row)
    return { state: 'unknown', organization: null, phone: null, title: null, questions: null, needsBirthDate: false }
  const phone = await telephoneOf(house.databases.of(tenant.id), tenant.id)
  return {
    state: !row.is_asked ? 'away' : standing(row, house.clock.now()),
    organization: tenant.name,
    phone,
    // The name of a scale can tell what somebody is treated for: on a personal link it waits for the date of birth.
    title: row.kind === 'open' ? { zh: row.title_zh, en: row.title_en } : null,
    questions: row.questions,
    needsBirthDate: row.kind === 'personal',
  }
}

type Proof = { birthDate?: string }

export function openForm(house: House, token: string, proof: Proof): Promise<OutputOf<typeof contract.openLink>> {
  const closed = {
    result: 'not-open' as const,
    triesLeft: 0,
    definition: null,
    today: null,
    submission: null,
    draft: null,
    known: null,
  }
  return withLink(house, token, closed, async (ctx, row, tenant) => {
    const now = ctx.clock.now()
    if (standing(row, now) !== 'open') return { ...closed, result: row.state === 'locked' ? 'locked' : 'not-open' }
    const proven = await prove(ctx, row, token, proof)
    if (!proven.ok)
      return { ...closed, result: proven.triesLeft > 0 ? 'wrong-birth-date' : 'locked', triesLeft: proven.triesLeft }
    await noteOpened(ctx.tx, tenant.id, row.id, now)
    if (row.patient_id) await noteInAudit(house, ctx, row, 'questionnaire.open-link')
    const version = await findVersion(ctx.db, tenant.id, row.code, row.version)
    const form = publishedForm(`${tenant.id}/${row.code}/${row.version}`, version!.definition)
    const { answers, answeredOn } = await knownOf(ctx, form, row.patient_id)
    const draft = row.draft_sealed ? JSON.parse(ctx.sealer.open(tenant.id, row.draft_sealed)) : null
    return {
      result: 'open',
      triesLeft: TRIES,
      definition: version!.definition as never,
      today: ctx.today,
      submission: ctx.ids.next(),
      draft,
      known: { answers, answeredOn } as never,
    }
  })
}

/** Answers on the way, so that a call or a flat battery costs nothing. A link for anybody keeps none: whose would it be? */
export function keep(
  house: House,
  token: string,
  { response, ...proof }: InputOf<typeof contract.keepDraft>['body'],
): Promise<OutputOf<typeof contract.keepDraft>> {
  return withLink(house, token, { keptAt: null }, async (ctx, row, tenant) => {
    const now = ctx.clock.now()
    if (row.kind !== 'personal' || standing(row, now) !== 'open' || !(await prove(ctx, row, token, proof)).ok)
      return { keptAt: null }
    const sealed = ctx.sealer.seal(tenant.id, JSON.stringify(response))
    return { keptAt: (await keepDraft(ctx.tx, tenant.id, row.id, sealed, now)) ? now.toISOString() : null }
  })
}

type Submitted = OutputOf<typeof contract.submitLink>

export function submit(
  house: House,
  token: string,
  { submission, response, ...proof }: InputOf<typeof contract.submitLink>['body'],
): Promise<Submitted> {
  const answer = (result: Submitted['result'], more: Partial<Submitted> = {}): Submitted => ({
    result,
    missing: [],
    scores: [],
    urgent: false,
    responseId: null,
    ...more,
  })
  return withLink(house, token, answer('not-open'), async (ctx, row, tenant) => {
    // The answer to the first sending got lost on the way: the second is told the same, whatever the link is by now.
    const before = await findBySubmission(ctx.db, tenant.id, submission)
    if (before?.invitation_id === row.id) return answer('kept-before', { responseId: before.id as never })
    if (standing(row, ctx.clock.now()) !== 'open') return answer('not-open')
    if (!(await prove(ctx, row, token, proof)).ok) return answer('wrong-birth-date')
    const definition = (await findVersion(ctx.db, tenant.id, row.code, row.version))!
    const kept = await keepResponse(ctx, {
      definition,
      patientId: row.patient_id,
      invitationId: row.id,
      submission,
      author: row.patient_id ? 'patient' : 'anonymous',
      way: (await findKey(ctx.db, tenant.id, hashToken(token)))?.kind === 'kiosk' ? 'kiosk' : 'link',
      response,
    })
    if (kept.outcome === 'incomplete') return answer('incomplete', { missing: kept.missing })
    if (kept.outcome === 'kept-before') return answer('kept-before')
    await countAnswer(ctx.tx, tenant.id, row.id)
    if (row.patient_id) await withdrawOfLink(ctx, row.patient_id, row.id)
    if (row.patient_id) await noteInAudit(house, ctx, row, 'questionnaire.submit-link')
    return answer('kept', {
      scores: forPatient(definition, kept.scores),
      urgent: kept.urgent,
      responseId: kept.id,
    })
  })
}

async function tenantOf(house: House, token: string): Promise<Tenant | undefined> {
  const organizationId = organizationOfToken(token)
  return organizationId ? house.tenant(organizationId).catch(() => undefined) : undefined
}

/** Runs with the link's row locked, in one transaction; `otherwise` where there is no such link. */
async function withLink<T>(
  house: House,
  token: string,
  otherwise: T,
  use: (ctx: WriteContext, row: InvitationRow, tenant: Tenant) => Promise<T>,
): Promise<T> {
  const tenant = await tenantOf(house, token)
  if (!tenant) return otherwise
  return write(house, { tenant, actor: holder(tenant) }, async (ctx) => {
    const row = await lockByToken(ctx.tx, tenant.id, hashToken(token), ctx.clock.now())
    return row?.is_asked ? use(ctx, row, tenant) : otherwise
  })
}

/** Whoever holds the link. */
function holder(tenant: Tenant): Actor {
  return { kind: 'patient', organizationId: tenant.id, id: null, name: '', roles: [], permissions: new Set() }
}

function standing(row: InvitationRow, now: Date) {
  return standingOf({ state: row.state, closesAt: row.closes_at, quota: row.quota, answers: row.answers }, now)
}

async function prove(
  ctx: WriteContext,
  row: InvitationRow,
  token: string,
  { birthDate }: Proof,
): Promise<{ ok: boolean; triesLeft: number }> {
  if (!row.patient_id) return { ok: true, triesLeft: TRIES }
  const patient = await patientSummary(ctx, row.patient_id)
  if (patient?.state !== 'active') return { ok: false, triesLeft: 0 }
  const madeAt = (await findKey(ctx.db, ctx.organizationId, hashToken(token)))?.made_at ?? row.sent_at
  if (wasGuardians({ birthDate: patient.birthDate, madeAt }, ctx.clock.now(), ctx.tenant.timeZone))
    return { ok: false, triesLeft: 0 }
  if (birthDate !== undefined && birthDate === patient.birthDate) {
    ctx.actor.name = patient.name
    ctx.actor.id = row.patient_id
    return { ok: true, triesLeft: TRIES }
  }
  // Asking without a date is no try.
  if (birthDate === undefined) return { ok: false, triesLeft: TRIES - row.tries }
  const tries = row.tries + 1
  await noteTry(ctx.tx, ctx.organizationId, row.id, tries, tries >= TRIES)
  return { ok: false, triesLeft: Math.max(0, TRIES - tries) }
}

function noteInAudit(house: House, ctx: WriteContext, row: InvitationRow, action: string): Promise<void> {
  return house.recordAudit(
    ctx.tx,
    {
      organizationId: ctx.organizationId,
      actor: ctx.actor,
      action,
      outcome: 'done',
      patientId: row.patient_id,
      subjectId: row.id,
      detail: { code: row.code, version: row.version },
      requestId: null,
      address: null,
    },
    ctx.clock.now(),
    house.ids,
  )
}
