import type { WriteContext } from '../../../platform/context/context.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { homeVisitProblem } from '../contract/problems.ts'
import type { PhotoConsent, VisitView } from '../contract/words.ts'
import { addConsent, dropPhotos, lastConsent } from './photo-store.ts'
import { needsGuardian } from './rules.ts'
import { lockVisit, type VisitRow } from './store.ts'
import { requireVisit, viewOf } from './view.ts'
import { own } from './own.ts'

/**
 * What somebody said to photos, behind what they said before; the same again is not written twice. A no after a yes takes
 * the photos away. @throws Problem PhotoConsentGuardian
 */
export async function noteAnswer(
  ctx: WriteContext,
  visit: Pick<VisitRow, 'id' | 'patient_id'>,
  { answer, saidBy }: PhotoConsent,
): Promise<void> {
  const person = await patientSummary(ctx, visit.patient_id)
  if (answer === 'given' && needsGuardian(person?.ageYears ?? null) && saidBy !== 'guardian')
    throw homeVisitProblem('PhotoConsentGuardian', {}, 'body.saidBy')
  const last = await lastConsent(ctx.tx, ctx.organizationId, visit.id)
  if (last?.event === answer && last.said_by === saidBy) return
  const at = ctx.clock.now()
  await addConsent(ctx.tx, ctx.organizationId, { visitId: visit.id, event: answer, saidBy, at, by: ctx.actor })
  if (answer === 'refused')
    await dropPhotos(ctx.tx, ctx.organizationId, { visitId: visit.id, because: 'withdrawn', at })
}

/** @throws Problem HomeVisitUnknown, HomeVisitNotYours, HomeVisitError, PhotoConsentGuardian */
export async function answerConsent(ctx: WriteContext, id: string, answer: PhotoConsent): Promise<VisitView> {
  await noteAnswer(ctx, await own(ctx, id), answer)
  ctx.audit.detail = { answer: answer.answer, saidBy: answer.saidBy }
  return viewOf(ctx, id)
}

/**
 * Whoever looks after the person takes the no, not only whoever visited: the photos lose their keys here and now, their
 * bytes with the next round. @throws Problem HomeVisitUnknown
 */
export async function withdraw(ctx: WriteContext, id: string, saidBy: PhotoConsent['saidBy']): Promise<VisitView> {
  await requireVisit(ctx, id)
  await lockVisit(ctx.tx, ctx.organizationId, id)
  const last = await lastConsent(ctx.tx, ctx.organizationId, id)
  if (last?.event === 'given') {
    const at = ctx.clock.now()
    await addConsent(ctx.tx, ctx.organizationId, { visitId: id, event: 'withdrawn', saidBy, at, by: ctx.actor })
    const dropped = await dropPhotos(ctx.tx, ctx.organizationId, { visitId: id, because: 'withdrawn', at })
    ctx.audit.detail = { saidBy, photos: dropped }
  }
  return viewOf(ctx, id)
}
