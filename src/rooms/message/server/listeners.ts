import { on, type Listener } from '../../../platform/context/room.ts'
import { cardActivated } from '../../card/contract/card.ts'
import { patientChanged, patientDied, patientMerged, patientUnmerged } from '../../patient/contract/events.ts'
import { tagRefused } from '../../tag/contract/events.ts'
import {
  taskCancelled,
  taskCreated,
  taskDigestDue,
  taskDone,
  taskHandedOver,
  taskReminderDue,
} from '../../task/contract/events.ts'
import { withdrawMessages } from './act.ts'
import { resumeForGuardian } from './guardian.ts'
import { moveBack, moveMerged, withdrawOfDead } from './patient-events.ts'
import { notifyStaff } from './notice.ts'
import { linkMerged, unlinkMerged } from './right.ts'
import { smsReplied, smsSettled } from '../../sms/contract/events.ts'
import { sendMessage } from './send.ts'
import { dropUrgentTask, tellOfUrgentTask } from './urgent-task.ts'
import { takeReceipt, takeReply } from './sms-events.ts'
import { findTaskTitle } from './task-title.ts'
import { massAsked, massOver, wechatActed, wechatFault, wechatSettled } from '../../wechat/contract/events.ts'
import * as wechat from './wechat-events.ts'

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
  on(tagRefused, 'message/withdraw-of-refused', async (ctx, { patientId, code }) => {
    await withdrawMessages(ctx, { patientId, source: 'tag', sourceKey: code })
  }),
  on(patientDied, 'message/withdraw-of-dead', (ctx, { patientId }) => withdrawOfDead(ctx, patientId)),
  on(patientMerged, 'message/move-merged', (ctx, merge) => moveMerged(ctx, merge)),
  on(patientUnmerged, 'message/move-back', (ctx, merge) => moveBack(ctx, merge)),
  on(patientMerged, 'message/link-accounts', (ctx, merge) => linkMerged(ctx, merge)),
  on(patientUnmerged, 'message/unlink-accounts', (ctx, { mergeId }) => unlinkMerged(ctx, mergeId)),
  on(smsSettled, 'message/receipt-of-sms', (ctx, settled) => takeReceipt(ctx, settled)),
  on(smsReplied, 'message/reply-to-sms', (ctx, reply) => takeReply(ctx, reply)),
  on(wechatActed, 'message/act-in-wechat', (ctx, act) => wechat.takeAct(ctx, act)),
  on(wechatSettled, 'message/report-of-wechat', (ctx, settled) => wechat.takeReport(ctx, settled)),
  on(massAsked, 'message/ask-to-confirm', (ctx, asked) => wechat.askToConfirm(ctx, asked)),
  on(massOver, 'message/confirmation-over', (ctx, over) => wechat.confirmationOver(ctx, over)),
  on(wechatFault, 'message/alarm-of-wechat', (ctx, fault) => wechat.alarmOfFault(ctx, fault)),
  on(taskCreated, 'message/urgent-task', (ctx, { taskId, executorId }) => tellOfUrgentTask(ctx, taskId, executorId)),
  on(taskHandedOver, 'message/urgent-task-handed-over', async (ctx, { taskId, toId, by }) => {
    await dropUrgentTask(ctx, taskId)
    if (toId !== by) await tellOfUrgentTask(ctx, taskId, toId)
  }),
  on(taskDone, 'message/urgent-task-done', (ctx, { taskId }) => dropUrgentTask(ctx, taskId)),
  on(taskCancelled, 'message/urgent-task-cancelled', (ctx, { taskId }) => dropUrgentTask(ctx, taskId)),
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
