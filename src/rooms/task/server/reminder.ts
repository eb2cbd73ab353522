import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { StaffId } from '../../../platform/contract/index.ts'
import { taskReminderDue } from '../contract/events.ts'
import type { TaskId } from '../contract/words.ts'
import { takeDueReminders } from './reminder-store.ts'

const BATCH = 200

/**
 * P7: tells executors of tasks whose reminder has come, each once: what is taken is marked in the transaction of its
 * event. @returns how many
 */
export async function remind(house: House, tenant: Tenant): Promise<number> {
  const options = { tenant, actor: systemActor(tenant.id, 'task/remind') }
  for (let total = 0; ;) {
    const taken = await write(house, options, async (ctx) => {
      const due = await takeDueReminders(ctx.tx, tenant.id, ctx.clock.now(), BATCH)
      const reminders = due.map(({ task_id, offset_minutes, owner_id }) => ({
        taskId: task_id as TaskId,
        executorId: owner_id as StaffId,
        offsetMinutes: offset_minutes,
      }))
      await ctx.emitMany(taskReminderDue, reminders)
      return due.length
    })
    total += taken
    if (taken < BATCH) return total
  }
}
