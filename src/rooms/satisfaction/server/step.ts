import type { CareBatch, CareStep } from '../../agenda/server/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { openAlertsAmong } from '../../alert/server/index.ts'
import { fulfilledSince } from '../../appointment/server/index.ts'
import { openComplaintsAmong } from '../../complaint/server/index.ts'
import { closedVisits, staysOf } from '../../observation/server/index.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { askMany } from '../../questionnaire/server/index.ts'
import { OPEN_DAYS, type SatisfactionPolicy } from '../contract/rule.ts'
import { QUESTIONNAIRE, TEMPLATE } from '../contract/words.ts'
import { ruleInForce } from './rule.ts'
import { askAt, countsSince, decide, type Visit } from './rules.ts'
import { findDecided, insertDecisions, leaveOut, lastAskedOf, noteInvitations, type Decision } from './visit-store.ts'

/**
 * The care step of ratings: a visit that is over is asked about once, some hours later, of whom nothing stands against it
 * (S3-24). What is decided of a visit stands for ever, so that nobody is asked about it again.
 */
export const satisfactionStep: CareStep = {
  name: 'satisfaction',
  async evaluate(ctx, batch) {
    const { policy, onSince } = await ruleInForce(ctx)
    if (!policy.on || !onSince) return
    const visits = await visitsOf(ctx, batch, policy, countsSince(onSince, batch.now))
    const due = visits.filter((visit) => {
      const at = askAt(visit, policy)
      if (at > batch.now) batch.propose(visit.patientId, at, 'a visit may be asked about')
      return at <= batch.now
    })
    if (due.length > 0) await ask(ctx, due, policy, batch.now)
  },
}

/** What is over, or will be, and was not decided of yet. */
async function visitsOf(ctx: WriteContext, { patientIds }: CareBatch, policy: SatisfactionPolicy, since: Date) {
  const ended = await closedVisits(ctx, patientIds, since)
  const kept = policy.classes.includes('appointment') ? await fulfilledSince(ctx, patientIds, since) : []
  const all: Visit[] = [
    ...ended.filter((one) => policy.classes.includes(one.class)).map((one) => ({ ...one, kind: 'encounter' as const })),
    ...kept.map((one) => ({ ...one, kind: 'appointment' as const, class: 'appointment' as const, correctsId: null })),
  ]
  const decided = await findDecided(
    ctx,
    all.map(({ id }) => id),
  )
  return all.filter(({ id }) => !decided.has(id))
}

async function ask(ctx: WriteContext, due: readonly Visit[], policy: SatisfactionPolicy, now: Date): Promise<void> {
  const ids = [...new Set(due.map(({ patientId }) => patientId))]
  const people = await patientSummaries(ctx, ids)
  const [hospital, alerts, complaints, last, before] = [
    await staysOf(ctx, ids, now),
    await openAlertsAmong(ctx, ids),
    await openComplaintsAmong(ctx, ids),
    await lastAskedOf(ctx, ids),
    await findDecided(
      ctx,
      due.flatMap(({ correctsId }) => correctsId ?? []),
    ),
  ]
  const decisions: Decision[] = ids.flatMap((patientId) => {
    const known = {
      isActive: people.get(patientId)?.state === 'active',
      inHospital: (hospital.get(patientId) ?? []).some(({ from }) => from <= now),
      openAlert: alerts.has(patientId),
      openComplaint: complaints.has(patientId),
      lastAsked: last.get(patientId) ?? null,
      decided: before,
    }
    const theirs = due.filter((visit) => visit.patientId === patientId)
    return decide(theirs, known, policy, now)
  })
  const made = await insertDecisions(ctx, decisions)
  const asked = decisions.filter(({ visit, reason }) => reason === null && made.has(visit.id))
  const links = await askMany(
    ctx,
    asked.map(({ visit }) => ({
      key: visit.id,
      patientId: visit.patientId,
      code: QUESTIONNAIRE,
      closesAt: new Date(now.getTime() + OPEN_DAYS * 86_400_000),
      template: TEMPLATE,
    })),
  )
  await noteInvitations(ctx, links)
  // Without a date of birth nobody can open the link, and a questionnaire that was retired is asked of nobody.
  await leaveOut(
    ctx,
    asked.flatMap(({ visit }) => (links.has(visit.id) ? [] : [visit.id])),
    'no-way',
  )
}
