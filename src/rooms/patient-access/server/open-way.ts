import { newToken } from '../../../platform/auth/token.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { accessProblem } from '../contract/problems.ts'
import type { SentBy } from '../contract/words.ts'
import { isOwnPage, MESSAGE_DAYS, wayEndsAt } from './rules.ts'
import { insertWay } from './way-store.ts'

export interface OpenedWay {
  id: string
  /** A secret: into a message or onto a screen, never into a log, an event or an audit line. */
  link: string
  expiresAt: Date
}

/**
 * Makes a link that leads one person to a page of their own. Whoever opens it proves by the date of birth that it is
 * theirs; of a child under 14 it is the guardian who does. Who may send it, and whether, is the caller's business.
 * @param options.page `/my/plan` and the like
 * @param options.days how long it works, 30 by default
 * @throws Problem WayPatientGone, WayBirthDateWanted
 */
export async function openWay(
  ctx: WriteContext,
  patientId: string,
  options: { page: string; days?: number; sentBy?: SentBy },
): Promise<OpenedWay> {
  if (!isOwnPage(options.page)) throw new Error(`no page of patients: ${options.page}`)
  const patient = await patientSummary(ctx, patientId)
  if (patient?.state !== 'active') throw accessProblem('WayPatientGone')
  if (!patient.birthDate) throw accessProblem('WayBirthDateWanted')
  const { token, hash } = newToken(ctx.organizationId)
  const now = ctx.clock.now()
  const way = {
    id: ctx.ids.next(),
    patientId,
    tokenHash: hash,
    page: options.page,
    sentBy: options.sentBy ?? ('message' as const),
    at: now,
    by: ctx.actor,
    expiresAt: wayEndsAt(options.days ?? MESSAGE_DAYS, now),
  }
  await insertWay(ctx.tx, ctx.organizationId, way)
  const { general } = await settingsOf(ctx)
  return { id: way.id, link: `${webAddressOf(general, ctx.publicUrl)}/my/enter/${token}`, expiresAt: way.expiresAt }
}
