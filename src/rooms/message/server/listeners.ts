import { on, type Listener } from '../../../platform/context/room.ts'
import { cardActivated } from '../../card/contract/card.ts'
import { patientChanged, patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { taskDigestDue, taskReminderDue } from '../../task/contract/events.ts'
import { resumeForGuardian } from './guardian.ts'
import { moveBack, moveMerged, withdrawOfDead } from './patient-events.ts'
import { notifyStaff } from './notice.ts'
import { sendMessage } from './send.ts'
import { findTaskTitle } from './task-title.ts'

export const listeners: Listener[] = [
  on(cardActivated, 'message/welcome', async (ctx, { cardId, patientId }) => {
    await sendMessage(ctx, {
      patientId,
      template: 'card-activated',
      touch: `card:${cardId}`,
      source: 'card',
      sourceKey: cardId,
    })
  }),
  on(patientChanged, 'message/guardian-known', (ctx, change) => resumeForGuardian(ctx, change)),
  on(patientDied, 'message/withdraw-of-dead', (ctx, { patientId }) => withdrawOfDead(ctx, patientId)),
  on(patientMerged, 'message/move-merged', (ctx, merge) => moveMerged(ctx, merge)),
  on(patientUnmerged, 'message/move-back', (ctx, merge) => moveBack(ctx, merge)),
  on(taskReminderDue, 'message/remind-of-task', async (ctx, { taskId, executorId, offsetMinutes }) => {
    const title = await findTaskTitle(ctx.db, ctx.organizationId, taskId)
    await notifyStaff(ctx, executorId, {
      kind: 'task-reminder',
      values: { title: title ?? '' },
      link: `/tasks?task=${taskId}`,
      sourceKey: `task-reminder:${taskId}:${offsetMinutes}`,
    })
  }),
  on(taskDigestDue, 'message/digest-of-tasks', async (ctx, { executorId, day, count, overdue }) => {
    await notifyStaff(ctx, executorId, {
      kind: 'task-digest',
      values: { count, overdue },
      link: '/tasks',
      sourceKey: `task-digest:${day}`,
    })
  }),
]
