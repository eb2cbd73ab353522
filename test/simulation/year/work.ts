import { addDays } from '../../../src/platform/clock.ts'
import { assignDoctor } from '../../../src/rooms/task/contract/assign-doctor.ts'
import {
  handOverMany,
  handOverTask,
  listHandOvers,
  previewHandOver,
  undoHandOver,
} from '../../../src/rooms/task/contract/hand-over.ts'
import {
  cancelTask,
  changeTask,
  claimTask,
  completeTask,
  createNewTask,
  listTasks,
  releaseTask,
  startTask,
} from '../../../src/rooms/task/contract/task.ts'
import { getWorkbench } from '../../../src/rooms/task/contract/workbench.ts'
import type { Deed } from './acts.ts'
import { living } from './acts.ts'
import { doVisit } from './visits.ts'

const assign: Deed = async ({ ask, sales, dice, doctors }) => {
  const list = await ask(sales, listTasks, { query: { scope: 'pool', type: 'assign-doctor', limit: 50 } as never })
  const task = dice.one(list?.rows ?? [])
  if (!task) return undefined
  await ask(sales, assignDoctor, {
    params: { taskId: task.id },
    body: { doctorId: dice.one(doctors)!.staffId as never },
  })
  return task.id.slice(-6)
}

/** Somebody works off what stands on their workbench: done, begun, put off, given away, dropped. */
const workbench: Deed = async ({ ask, dice, nurses, doctors }) => {
  const team = [...nurses, ...doctors]
  const who = dice.one(team)!
  const bench = await ask(who, getWorkbench, { query: { limit: 50 } as never })
  if (!bench) return undefined
  const claimable = dice.one(bench.pool.rows.filter((task) => task.can.includes('claim')))
  if (claimable) await ask(who, claimTask, { params: { taskId: claimable.id } })
  const task = dice.one([...bench.overdue.rows, ...bench.today.rows])
  if (!task) return claimable && `claim ${claimable.id.slice(-6)}`
  const params = { taskId: task.id }
  const act = dice.weighted([
    [8, 'complete'],
    [1, 'start'],
    [1, 'change'],
    [1, 'release'],
    [1, 'hand-over'],
    [0.5, 'cancel'],
  ] as const)
  // The page offers no finishing beside the form of a follow-up.
  if (act === 'complete' && task.type !== 'follow-up')
    await ask(who, completeTask, { params, body: { outcome: { text: '已联系' } } as never })
  if (act === 'start') await ask(who, startTask, { params })
  if (act === 'change')
    await ask(who, changeTask, { params, body: { version: task.version, dueOn: addDays(bench.day, dice.from(1, 14)) } })
  if (act === 'release') await ask(who, releaseTask, { params, body: { reason: '今天排满了' } })
  if (act === 'hand-over')
    await ask(who, handOverTask, { params, body: { toId: dice.one(team)!.staffId as never, reason: '明天休假' } })
  if (act === 'cancel') await ask(who, cancelTask, { params, body: { reason: '本人说不需要' } })
  return `${act} ${task.type} ${task.id.slice(-6)}`
}

const byHand: Deed = async (clinic) => {
  const patientId = living(clinic)
  if (!patientId) return undefined
  const day = clinic.house.clock.today(clinic.house.tenant.timeZone)
  const who = await clinic.nurseOf(patientId)
  await clinic.ask(who, createNewTask, {
    body: {
      type: 'call',
      title: '问问近况',
      patientId,
      ownerId: clinic.dice.happens(0.5) ? who.staffId : null,
      dueOn: addDays(day, 3),
      remindBefore: [1440],
    } as never,
  })
  return patientId.slice(-6)
}

const handOverAll: Deed = async ({ ask, dice, lead, nurses }) => {
  const [from, to] = dice.happens(0.5) ? [nurses[0]!, nurses[1]!] : [nurses[1]!, nurses[0]!]
  const recent = await ask(lead, listHandOvers)
  const back = dice.happens(0.5) ? recent?.batches[0] : undefined
  if (back) {
    await ask(lead, undoHandOver, { params: { batchId: back.id } })
    return `undo ${back.count}`
  }
  const selection = { ownerId: from.staffId as never }
  const reach = await ask(lead, previewHandOver, { body: { selection, toId: to.staffId as never } })
  if (!reach || reach.count === 0) return undefined
  await ask(lead, handOverMany, {
    body: { selection, toId: to.staffId as never, reason: '李素珍休假', expected: reach.count },
  })
  return `${reach.count}`
}

export const WORK_DEEDS: readonly (readonly [number, string, Deed])[] = [
  [6, 'assign', assign],
  [12, 'workbench', workbench],
  [7, 'visit', doVisit],
  [1, 'task by hand', byHand],
  [0.5, 'hand over', handOverAll],
]
