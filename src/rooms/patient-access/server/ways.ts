import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { sendMessage, withdrawMessages } from '../../message/server/index.ts'
import { ageOn } from '../../../platform/clock.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import { mailMaskedOf, requireVisible, wasGuardians } from '../../patient/server/index.ts'
import { accessProblem } from '../contract/problems.ts'
import type { mailWay, SessionView, showWay, waysOf, WayView } from '../contract/ways.ts'
import { openWay } from './open-way.ts'
import { CODE_DAYS, isSessionOver } from './rules.ts'
import * as sessions from './session-store.ts'
import { findWaysOf, withdrawWays, type ListedWay } from './way-store.ts'

/** What staff see and do about a patient's way to their own pages. The links themselves are shown once or never. */
export async function listOf(ctx: ReadContext, patientId: string): Promise<OutputOf<typeof waysOf>> {
  const row = await requireVisible(ctx, patientId)
  const now = ctx.clock.now()
  const [ways, live] = await Promise.all([
    findWaysOf(ctx.db, ctx.organizationId, patientId),
    sessions.findSessionsOf(ctx.db, ctx.organizationId, patientId, now),
  ])
  const isGone = (madeAt: Date) => wasGuardians({ birthDate: row.birth_date, madeAt }, now, ctx.tenant.timeZone)
  return {
    ways: ways.map((way) => viewOf(way, now, isGone(way.made_at))),
    sessions: live
      .filter(
        (one) =>
          !isGone(one.opened_at) &&
          !isSessionOver({ stays: one.stays, lastSeenAt: one.last_seen_at, expiresAt: one.expires_at }, now),
      )
      .map((one) => ({
        id: one.id as SessionView['id'],
        device: one.device,
        openedAt: one.opened_at.toISOString(),
        lastSeenAt: one.last_seen_at.toISOString(),
      })),
    forGuardian: isChild(ctx, row),
    hasGuardian: row.guardian !== null,
    emailMasked: mailMaskedOf(ctx, row),
    hasBirthDate: row.birth_date !== null,
    isActive: row.state === 'active',
  }
}

type Row = Awaited<ReturnType<typeof requireVisible>>

function isChild({ today }: ReadContext, { birth_date }: Row): boolean {
  return birth_date !== null && ageOn(birth_date, today) < GUARDIAN_UNDER_YEARS
}

/** A code to be scanned here and now; of a child by the guardian who is on file. @throws Problem WayPatientGone, WayBirthDateWanted, WayGuardianWanted */
export async function show(ctx: WriteContext, patientId: string): Promise<OutputOf<typeof showWay>> {
  const row = await requireVisible(ctx, patientId)
  if (isChild(ctx, row) && !row.guardian) throw accessProblem('WayGuardianWanted')
  const way = await openWay(ctx, patientId, { page: '/my', days: CODE_DAYS, sentBy: 'code' })
  ctx.audit.subjectId = way.id
  return { link: way.link, expiresAt: way.expiresAt.toISOString() }
}

/** The same by e-mail: what becomes of the mail stands in the ledger of messages. @throws Problem WayEmailWanted … */
export async function mail(ctx: WriteContext, patientId: string): Promise<OutputOf<typeof mailWay>> {
  const row = await requireVisible(ctx, patientId)
  const toMasked = mailMaskedOf(ctx, row)
  if (!toMasked) throw accessProblem(isChild(ctx, row) ? 'WayGuardianEmailWanted' : 'WayEmailWanted')
  const way = await openWay(ctx, patientId, { page: '/my', sentBy: 'mail' })
  ctx.audit.subjectId = way.id
  await sendMessage(ctx, {
    patientId,
    template: 'my-health',
    touch: `patient-way:${way.id}`,
    values: { link: way.link },
    notAfter: way.expiresAt,
    channels: ['email'],
    source: 'patient-access',
    sourceKey: way.id,
  })
  return { toMasked, expiresAt: way.expiresAt.toISOString() }
}

export async function withdraw(ctx: WriteContext, patientId: string, id: string): Promise<{ withdrawn: boolean }> {
  await requireVisible(ctx, patientId)
  const withdrawn = await withdrawWays(ctx.tx, ctx.organizationId, { patientId, id })
  await sessions.endSessions(ctx.tx, ctx.organizationId, { patientId, wayId: id }, 'withdrawn', ctx.clock.now())
  // A mail that still waits would bring a link that opens nothing.
  await withdrawMessages(ctx, { patientId, source: 'patient-access', sourceKey: id })
  return { withdrawn: withdrawn > 0 }
}

export async function endAll(ctx: WriteContext, patientId: string): Promise<{ ended: number }> {
  await requireVisible(ctx, patientId)
  return {
    ended: await sessions.endSessions(ctx.tx, ctx.organizationId, { patientId }, 'withdrawn', ctx.clock.now()),
  }
}

function viewOf(way: ListedWay, now: Date, isGone: boolean): WayView {
  const isOver = (isGone || way.expires_at <= now) && way.state !== 'withdrawn'
  return {
    id: way.id as WayView['id'],
    sentBy: way.sent_by,
    state: isOver ? 'expired' : way.state,
    madeAt: way.made_at.toISOString(),
    madeBy: way.made_by_name,
    expiresAt: way.expires_at.toISOString(),
    openedAt: way.opened_at?.toISOString() ?? null,
    mail: way.mail_state ? { state: way.mail_state, reason: way.mail_reason } : null,
    can: { withdraw: !isOver && way.state !== 'withdrawn' },
  }
}
