import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type { AlertClass } from '../contract/words.ts'
import { acknowledge } from './act.ts'
import { findLimits } from './rule-store.ts'
import { dueAfter } from './rules.ts'
import { insertEvent, lockAlert, updateAlert, visibleAlerts, type AlertRow } from './store.ts'
import { readingWords } from './words.ts'
import { letBeSeen } from './untold.ts'

export interface UntoldAlert {
  id: string
  class: AlertClass
  title: string
  /** 血小板计数 21 10⁹/L; empty where a person raised it without a value. */
  reading: string
}

/** Open alerts of a person of which nobody has told them yet, class A first; those that the actor may see. */
export async function untoldOf(ctx: ReadContext, patientId: string): Promise<UntoldAlert[]> {
  const { rows } = await sql<AlertRow>`
    select a.* from alert a join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
    where a.organization_id = ${ctx.organizationId} and a.patient_id = ${patientId} and a.state <> 'closed' and a.reached_at is null
      and ${visibleAlerts(ctx.actor, ctx.clock.now())} order by a.class, a.raised_at, a.id limit 50`.execute(ctx.db)
  return rows.map((row) => ({
    id: row.id,
    class: row.class,
    title: row.title,
    reading: readingWords(row, ctx.locale),
  }))
}

/**
 * Somebody told the person in a talk that belongs to another room, and the person read it back. An alert that nobody has
 * taken is taken by whoever told; one in a colleague's hands stays there, and they see that the person was reached.
 * @returns whether it was still to be told
 */
export async function noteTold(
  ctx: WriteContext,
  alertId: string,
  { readBack, note }: { readBack: string; note: string },
): Promise<boolean> {
  const found = await lockAlert(ctx, alertId)
  if (!found || found.state === 'closed' || found.reached_at) return false
  const audited = { detail: ctx.audit.detail, patientId: ctx.audit.patientId }
  if (found.handler_id === null) await acknowledge(ctx, alertId)
  const alert = (await lockAlert(ctx, alertId))!
  const patient = await patientSummary(ctx, alert.patient_id)
  const now = ctx.clock.now()
  const phone = patient?.phoneMasked ?? ''
  await ctx.tx
    .insertInto('alert_attempt')
    .values({
      organization_id: ctx.organizationId,
      id: ctx.ids.next(),
      alert_id: alert.id,
      outcome: 'reached',
      relation: 'self',
      person_name: patient?.name ?? '',
      phone_masked: phone,
      read_back: readBack,
      note,
      by_id: ctx.actor.id!,
      by_name: ctx.actor.name,
      at: now,
    })
    .execute()
  // What is handed over waits for its receiver, who goes on from there.
  const state = alert.state === 'handed-over' ? alert.state : 'reached'
  const { limits } = await findLimits(ctx.tx, ctx.organizationId)
  const after = await updateAlert(ctx.tx, alert, {
    state,
    reached_at: now,
    level: 0,
    due_at: state === 'reached' ? dueAfter(limits, alert.class, state, now) : alert.due_at,
  })
  await letBeSeen(ctx, alert.id)
  await insertEvent(ctx.tx, {
    kind: 'reached',
    before: alert.state,
    after,
    note,
    detail: { outcome: 'reached', relation: 'self', phone },
    by: ctx.actor,
    at: now,
  })
  // The audit row is that of the talk, not of the act within it.
  ctx.audit.detail = audited.detail
  if (audited.patientId) ctx.audit.patientId = audited.patientId
  return true
}
