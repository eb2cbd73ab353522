import { sql } from 'kysely'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { findStaff } from '../../staff/server/index.ts'
import { leadsAndPermitted, leadsOf, nextOnDuty } from './receivers.ts'
import { findLimits } from './rule-store.ts'
import { dueAfter, escalationOf, REMINDER_SPACING, type Escalation } from './rules.ts'
import { findRecipients, insertEvent, updateAlert, type AlertRow } from './store.ts'
import { tell, type Told } from './tell.ts'

const BATCH = 20

/**
 * Passes on what has waited too long. What is due stands in the table, by the house's clock, so that it may run in
 * several workers and in a year that takes a minute. @returns how many were passed on
 */
export async function escalate(house: House, tenant: Tenant): Promise<number> {
  for (let all = 0; ;) {
    const done = await write(house, { tenant, actor: systemActor(tenant.id, 'alert/escalate') }, async (ctx) => {
      const due = await claimDue(ctx)
      for (const alert of due) await passOn(ctx, alert)
      return due.length
    })
    all += done
    if (done < BATCH) return all
  }
}

async function claimDue(ctx: WriteContext): Promise<AlertRow[]> {
  const { rows } = await sql<AlertRow>`
    select * from alert where organization_id = ${ctx.organizationId} and state <> 'closed' and due_at <= ${ctx.clock.now()}
    order by due_at, id limit ${BATCH} for update skip locked`.execute(ctx.tx)
  return rows
}

async function passOn(ctx: WriteContext, alert: AlertRow): Promise<void> {
  if (alert.state === 'closed') return
  const patient = await patientSummary(ctx, alert.patient_id)
  if (!patient) return
  const recipients = await findRecipients(ctx.tx, ctx.organizationId, alert.id)
  const before = new Set(recipients.map(({ staff_id }) => staff_id))
  const next = await nextOnDuty(ctx, before)
  const everybody = await leadsAndPermitted(ctx, patient)
  const others = everybody.filter(({ id }) => !before.has(id))
  const step = escalationOf(alert.state, { onDuty: next.length, others: others.length })
  const people: Record<Escalation, () => Promise<Told[]>> = {
    next: async () => next.slice(0, 1),
    everybody: async () => others,
    handler: async () => [...(await handlerOf(ctx, alert)), ...(await leadsOf(ctx, patient))],
    again: async () => everybody,
  }
  const told = [...new Map((await people[step]()).map((one) => [one.id, one])).values()]
  const now = ctx.clock.now()
  const { limits } = await findLimits(ctx.tx, ctx.organizationId)
  const after = await updateAlert(ctx.tx, alert, {
    level: alert.level + 1,
    due_at: dueAfter(limits, alert.class, alert.state, now, step === 'next' ? 1 : REMINDER_SPACING),
  })
  await tell(ctx, after, told, 'alert-late')
  const kind = step === 'next' || step === 'everybody' || alert.level === 0 ? 'escalated' : 'reminded'
  await insertEvent(ctx.tx, { kind, before: alert.state, after, told, by: { id: null, name: '' }, at: now })
}

async function handlerOf(ctx: WriteContext, { handler_id }: AlertRow): Promise<Told[]> {
  const handler = handler_id ? await findStaff(ctx, handler_id) : undefined
  return handler?.state === 'active' ? [{ id: handler.id, name: handler.name, why: 'handed-over' }] : []
}
