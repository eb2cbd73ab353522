import { dateIn } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { closeTasks, createTasks } from '../../task/server/index.ts'
import { findRecipients, type AlertRow } from './store.ts'
import type { Why } from './table.ts'
import { wordsOf } from './words.ts'

export interface Told {
  id: string
  name: string
  why: Why
}

/** Which words of `notice.*` in the room message are said. */
type Kind = 'alert-raised' | 'alert-late' | 'alert-handed-over' | 'alert-corrected'

/**
 * Tells people of an alert: in the bell, by mail without a name, and with a task for whoever is to act on it themselves.
 * Whoever was told may see the alert from then on.
 */
export async function tell(ctx: WriteContext, alert: AlertRow, people: readonly Told[], kind: Kind): Promise<void> {
  const { title, patientName } = await wordsOf(ctx, alert)
  const known = new Map((await findRecipients(ctx.tx, ctx.organizationId, alert.id)).map((one) => [one.staff_id, one]))
  for (const person of people) {
    const isGiven = kind === 'alert-handed-over'
    const asked = isGiven || (WITH_TASK.includes(person.why) && !known.get(person.id)?.task_id)
    const task_id = asked ? await taskFor(ctx, alert, person, title) : null
    await ctx.tx
      .insertInto('alert_recipient')
      .values({
        organization_id: ctx.organizationId,
        alert_id: alert.id,
        staff_id: person.id,
        why: person.why,
        task_id,
        told_at: ctx.clock.now(),
      })
      .onConflict((c) => {
        const same = c.columns(['organization_id', 'alert_id', 'staff_id'])
        return task_id ? same.doUpdateSet({ why: person.why, task_id }) : same.doNothing()
      })
      .execute()
    await notifyStaff(ctx, person.id, {
      kind,
      values: { class: alert.class, title: `${patientName} ${title}` },
      link: `/alerts?alert=${alert.id}`,
      sourceKey: `${kind}:${alert.id}:${alert.version}`,
    })
  }
}

/** Who is to act themselves; whoever is told beside them finds it on the board. */
const WITH_TASK: readonly Why[] = ['duty', 'next', 'handed-over', 'took-over']

async function taskFor(ctx: WriteContext, alert: AlertRow, person: Told, title: string): Promise<string | null> {
  const [task] = await createTasks(ctx, [
    {
      type: 'call',
      title: title.slice(0, 120),
      patientId: alert.patient_id,
      ownerId: person.id,
      priority: alert.class === 'A' ? 'stat' : 'urgent',
      dueAt: alert.due_at,
      ...(alert.due_at ? { dueOn: dateIn(alert.due_at, ctx.tenant.timeZone) } : {}),
      alert: 'important-result',
      source: 'alert',
      sourceKey: `${alert.id}:${alert.version}:${person.id}`,
    },
  ])
  return task?.id ?? null
}

/** Ends the tasks of everybody but one, in whose hands the alert now is. */
export async function endOtherTasks(
  ctx: WriteContext,
  alert: AlertRow,
  keptId: string | null,
  because: string,
): Promise<void> {
  const others = (await findRecipients(ctx.tx, ctx.organizationId, alert.id)).filter(
    ({ staff_id }) => staff_id !== keptId,
  )
  await closeTasks(
    ctx,
    others.flatMap(({ task_id }) => task_id ?? []),
    { state: 'cancelled', reason: because },
  )
}

/** The alert is closed: what was to do is done. */
export async function completeTasks(ctx: WriteContext, alert: AlertRow, text: string): Promise<void> {
  const told = await findRecipients(ctx.tx, ctx.organizationId, alert.id)
  await closeTasks(
    ctx,
    told.flatMap(({ task_id }) => task_id ?? []),
    { state: 'completed', outcome: { text } },
  )
}
