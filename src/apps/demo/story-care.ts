import { addDays } from '../../platform/clock.ts'
import { saveMeeting, signMeeting } from '../../rooms/care-plan/contract/mdt.ts'
import { listPlans } from '../../rooms/care-plan/contract/plan.ts'
import { addHomework, handOverNote, writeNote } from '../../rooms/care-plan/contract/team.ts'
import { writeMood } from '../../rooms/mood-diary/contract/mood-diary.ts'
import story from './content/story.json' with { type: 'json' }
import type { Scene } from './story.ts'

const nextId = ({ house }: Scene) => house.ids.next() as string

/** What the customer writes in the evening, and with whom she shares it. */
export async function diaryKept(scene: Scene): Promise<void> {
  const { customer, today } = scene
  for (const { daysAgo, mood, sleepHours, note, readers } of story.diary)
    await customer.does(
      writeMood,
      {
        body: { key: nextId(scene), on: addDays(today, -daysAgo), mood, sleepHours, note, readers: readers as 'self' },
      },
      daysAgo,
    )
}

/** The counsellor's own notes, and an exercise beside the plan. */
export async function notesWritten(scene: Scene): Promise<void> {
  const { counsellor, customer, today } = scene
  const params = { patientId: customer.id as never }
  for (const { daysAgo, text } of story.counselling)
    await counsellor.does(
      writeNote,
      { params, body: { id: nextId(scene), heldOn: addDays(today, -daysAgo), text } },
      daysAgo,
    )
  const { plans } = await counsellor.does(listPlans, { params })
  const running = plans.find(({ state }) => state === 'active')
  if (!running) return
  const { title, words } = story.homework
  const homework = {
    id: nextId(scene),
    title,
    words,
    cadence: { kind: 'daily' as const },
    ask: { kind: 'words' as const },
  }
  await counsellor.does(addHomework, { params: { ...params, planId: running.id }, body: homework })
}

export async function carersTold(scene: Scene): Promise<void> {
  const { manager, counsellor, customer } = scene
  await manager.does(handOverNote, {
    params: { patientId: customer.id as never },
    body: { id: nextId(scene), text: story.handOver, toId: counsellor.id as never },
  })
}

/** A meeting of three disciplines, signed by its chair. */
export async function meetingHeld(scene: Scene): Promise<void> {
  const { doctor, manager, counsellor, customer, today } = scene
  const { question, material, conclusion, task, roles } = story.meeting
  const member = (person: { id: string; name: string }, role: string) => ({
    staffId: person.id as never,
    name: person.name,
    role,
  })
  const params = { patientId: customer.id as never, meetingId: nextId(scene) as never }
  const body = {
    heldOn: addDays(today, -4),
    chairId: doctor.id as never,
    members: [member(doctor, roles.doctor), member(manager, roles.manager), member(counsellor, roles.counsellor)],
    question,
    material,
    conclusion,
    tasks: [{ title: task, dueOn: addDays(today, 24), ownerId: manager.id as never }],
    revision: 0,
  }
  const { revision } = await doctor.does(saveMeeting, { params, body })
  await doctor.does(signMeeting, { params, body: { revision } })
}
