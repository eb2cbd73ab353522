import { addDays, instantAt } from '../../platform/clock.ts'
import { systemActor, type Tenant } from '../../platform/context/context.ts'
import { write } from '../../platform/context/house.ts'
import { recordHomeVisit } from '../../rooms/home-visit/contract/home-visit.ts'
import { startMedication } from '../../rooms/medication/contract/medication.ts'
import { myTake } from '../../rooms/medication/contract/my.ts'
import { givePraise } from '../../rooms/praise/server/index.ts'
import story from './content/story.json' with { type: 'json' }
import type { Scene } from './story.ts'

const nextId = ({ house }: Scene) => house.ids.next() as string
const ofCustomer = ({ customer }: Scene) => ({ patientId: customer.id as never })

/** What she takes and when, some days of it ticked, one of them left out with her reason. */
export async function medicineTaken(scene: Scene): Promise<void> {
  const { manager, customer, today } = scene
  const { daysAgo, schedules, skipped } = story.medicine
  for (const { name, dose, words, minutes } of schedules) {
    const id = nextId(scene) as never
    const fromOn = addDays(today, -daysAgo)
    const content = {
      name,
      dose,
      words,
      days: { kind: 'daily' as const },
      minutes,
      fromOn,
      untilOn: null,
      remind: true,
    }
    await manager.does(
      startMedication,
      { params: ofCustomer(scene), body: { id, medicationId: null, content } },
      daysAgo,
    )
    for (let ago = daysAgo - 1; ago > 0; ago--)
      for (const minute of minutes) {
        const isSkipped = ago === skipped.daysAgo && minute === minutes.at(-1)
        const taken = isSkipped
          ? { outcome: 'skipped' as const, reason: skipped.reason as 'other', words: skipped.words }
          : { outcome: 'taken' as const, reason: null, words: '' }
        const at = instantAt(addDays(today, -ago), minute + 5, 'Asia/Shanghai').toISOString()
        const body = { clientId: nextId(scene), scheduleId: id, on: addDays(today, -ago), minute, ...taken, at }
        // The evening is noted the next morning: by then it is behind her.
        await customer.does(myTake, { body }, ago - 1)
      }
  }
}

/** The manager went to see somebody at home, and wrote down where and what she saw. */
export async function homeVisited(scene: Scene): Promise<void> {
  const { manager, today } = scene
  const { daysAgo, arrived, left, ...content } = story.homeVisit
  const on = addDays(today, -daysAgo)
  const at = (minute: number) => instantAt(on, minute, 'Asia/Shanghai').toISOString()
  await manager.does(
    recordHomeVisit,
    {
      params: ofCustomer(scene),
      body: {
        key: nextId(scene),
        followUpId: null,
        taskId: null,
        content: { ...content, arrivedAt: at(arrived), leftAt: at(left) } as never,
        photos: { answer: 'refused', saidBy: 'person' },
      },
    },
    daysAgo - 1,
  )
}

/** A good word for days in a row. To somebody whom nothing holds: who has a result open hears none. */
export async function praised({ house, others }: Scene, tenant: Tenant): Promise<void> {
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, async (ctx) => {
    for (const { id } of others)
      if (
        (await givePraise(ctx, [{ patientId: id, milestone: 'days-in-a-row', occurrence: `demo:${id}`, days: 7 }])) > 0
      )
        return
  })
}
