import { addDays } from '../../platform/clock.ts'
import { openCard, sendCode } from '../../rooms/card/contract/card.ts'
import { proposeMerge } from '../../rooms/patient/contract/merge.ts'
import { setUpKiosk } from '../../rooms/questionnaire/contract/kiosks.ts'
import { addSource } from '../../rooms/report-intake/contract/sources.ts'
import { submitHl7 } from '../../rooms/report-intake/contract/submit.ts'
import { handOverMany } from '../../rooms/task/contract/hand-over.ts'
import { createNewTask } from '../../rooms/task/contract/task.ts'
import { saveFilter } from '../../rooms/task/contract/workbench.ts'
import story from './content/story.json' with { type: 'json' }
import type { Scene } from './story.ts'

/** What lies on the desks: a task by hand, a kept filter, two files that may be one person's, a card that is being opened. */
export async function deskWorked(scene: Scene): Promise<void> {
  const { manager, customer, others, today } = scene
  const task = { type: 'call', patientId: customer.id, ownerId: manager.id, dueOn: addDays(today, 1) }
  const { title, note } = story.task
  await manager.does(createNewTask, { body: { ...task, title, note } as never })
  await manager.does(saveFilter, { body: { name: story.filter, filter: { scope: 'mine' } as never } })
  await manager.does(setUpKiosk, { body: { name: story.kiosk } })
  const desk = await scene.role('front-desk')
  const [one, other] = others.slice(2)
  if (desk && one && other)
    await desk.does(proposeMerge, { body: { oneId: one.id as never, otherId: other.id as never } })
  if (!desk) return
  const { card } = await desk.does(openCard, { body: { patient: story.newcomer } as never })
  await desk.does(sendCode, { params: { cardId: card.id } })
}

/** A task that the head of the department has given to somebody else. */
export async function tasksHandedOver(scene: Scene): Promise<void> {
  const lead = await scene.role('quality-lead')
  const colleague = scene.colleague
  if (!lead || !colleague) return
  const { manager, today } = scene
  const { title, because } = story.handedOver
  const body = { type: 'other', title, ownerId: manager.id, dueOn: addDays(today, 2) } as never
  const { id } = await manager.does(createNewTask, { body })
  await lead.does(handOverMany, {
    body: { selection: { taskIds: [id] }, toId: colleague.id as never, reason: because, expected: 1 } as never,
  })
}

/** The laboratory's interface, and a report of somebody whom nobody knows yet, with an item that is not mapped. */
export async function reportsComeIn(scene: Scene): Promise<void> {
  const administrator = await scene.role('system-administrator')
  const { source, person, item } = story.intake
  await administrator?.does(addSource, { body: { name: source, sending: 'LIS/HEKANG' } as never })
  const day = scene.today.replaceAll('-', '')
  const lines = [
    `MSH|^~\\&|LIS|HEKANG|PEIBAN|PEIBAN|${day}080000||ORU^R01|DEMO1|P|2.4||||||UNICODE UTF-8`,
    `PID|1||D404^^^&HEKANG||${person}||19850612|F`,
    `OBR|1|DP1|DF1|LAB^${source}|||${day}070000|||||||||||||||${day}073000|||F`,
    `OBX|1|NM|Z901^${item}||12.3|umol/L|3.4-20.5|N|||F`,
  ]
  await scene.manager.hands(submitHl7, lines.map((line) => `${line}\r`).join(''))
}
