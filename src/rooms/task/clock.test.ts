import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { write } from '../../platform/context/house.ts'
import { systemActor } from '../../platform/context/context.ts'
import { changeTask, claimTask, completeTask, createNewTask } from './contract/task.ts'
import { sampleClinic } from './sample-clinic.ts'
import { sendDigests } from './server/digest.ts'
import { remind } from './server/reminder.ts'

const house = await aHouse()

/** What the clock brings: reminders (P7) and the afternoon digest (P8). */

async function atWork() {
  const clinic = await sampleClinic(house)
  clinic.house.clock.set('2026-03-02T02:00:00Z')
  const li = await clinic.staff('service-manager', { name: '李素珍' })
  const remindAll = () => remind(clinic.house.house, clinic.tenant)
  const digest = () => sendDigests(clinic.house.house, clinic.tenant)
  return { clinic, li, remindAll, digest }
}

describe('P7', () => {
  test('P7: the executor is reminded by the offsets of the task, once for each, also by two workers and again and again', async () => {
    const { clinic, li, remindAll } = await atWork()
    const patientId = (await clinic.patient('提醒', { manager: li })) as never
    const made = await li.call(createNewTask, {
      body: {
        type: 'call',
        patientId,
        ownerId: li.staffId as never,
        dueOn: '2026-03-03',
        dueAt: '2026-03-03T10:00:00+08:00',
        remindBefore: [1440, 60],
      },
    })
    const sent = async () =>
      (await clinic.events('task.reminder-due')).map((e) => [e['taskId'], e['executorId'], e['offsetMinutes']])
    await clinic.travel('2026-03-02T01:59:59Z')
    expect(await remindAll()).toBe(0)
    await clinic.travel('2026-03-02T02:00:00Z')
    const counts = await Promise.all([remindAll(), remindAll(), remindAll()])
    expect(counts.reduce((a, b) => a + b)).toBe(1)
    expect(await remindAll()).toBe(0)
    await clinic.travel('2026-03-03T01:00:00Z')
    await Promise.all([remindAll(), remindAll()])
    expect(await sent()).toEqual([
      [made.id, li.staffId, 1440],
      [made.id, li.staffId, 60],
    ])
  })

  test('P7: a task that is done, cancelled or moved to another time is not reminded of at the old one', async () => {
    const { clinic, li, remindAll } = await atWork()
    const task = () => clinic.task({ ownerId: li.staffId, dueOn: '2026-03-03', remindBefore: [0] }) as Promise<never>
    const [done, moved] = [await task(), await task()]
    await li.call(completeTask, { params: { taskId: done }, body: {} })
    await li.call(changeTask, { params: { taskId: moved }, body: { version: 1, dueOn: '2026-03-05' } })
    await clinic.travel('2026-03-03T01:00:00Z')
    expect(await remindAll()).toBe(0)
    await clinic.travel('2026-03-05T01:00:00Z')
    expect(await remindAll()).toBe(1)
    expect((await clinic.events('task.reminder-due')).map((e) => e['taskId'])).toEqual([moved])
  })

  test('P7: what went out once does not go out again when the task is moved', async () => {
    const { clinic, li, remindAll } = await atWork()
    const taskId = (await clinic.task({ ownerId: li.staffId, dueOn: '2026-03-03', remindBefore: [60] })) as never
    await clinic.travel('2026-03-03T00:00:00Z')
    expect(await remindAll()).toBe(1)
    await li.call(changeTask, { params: { taskId }, body: { version: 1, dueOn: '2026-03-06' } })
    await clinic.travel('2026-03-07T00:00:00Z')
    expect(await remindAll()).toBe(0)
  })

  test('P7: in the pool there is nobody to remind; whoever claims late is not told what they have just read', async () => {
    const { clinic, li, remindAll } = await atWork()
    const taskId = (await clinic.task({ dueOn: '2026-03-03', remindBefore: [1440, 0] })) as never
    await clinic.travel('2026-03-02T03:00:00Z')
    expect(await remindAll()).toBe(0)
    await li.call(claimTask, { params: { taskId } })
    expect(await remindAll()).toBe(0)
    await clinic.travel('2026-03-03T01:00:00Z')
    expect(await remindAll()).toBe(1)
    expect(await clinic.events('task.reminder-due')).toMatchObject([{ offsetMinutes: 0, executorId: li.staffId }])
  })

  test('P7: the event and the mark stand or fall together', async () => {
    const { clinic, li, remindAll } = await atWork()
    await clinic.task({ ownerId: li.staffId, dueOn: '2026-03-02', remindBefore: [0] })
    await clinic.travel('2026-03-02T05:00:00Z')
    const failing = {
      ...clinic.house.house,
      listened: {
        has: () => {
          throw new Error('down')
        },
      },
    } as never
    await expect(remind(failing, clinic.tenant)).rejects.toThrow('down')
    expect(await clinic.rows('task_reminder', `state = 'waiting'`)).toHaveLength(1)
    expect(await remindAll()).toBe(1)
  })
})

describe('P8', () => {
  test('P8: one digest per executor after the set time, counting today and overdue, none for whoever has nothing open', async () => {
    const { clinic, li, digest } = await atWork()
    const [wang, idle, later] = [
      await clinic.staff('service-manager'),
      await clinic.staff('service-manager'),
      await clinic.staff('service-manager'),
    ]
    await clinic.task({ ownerId: li.staffId })
    await clinic.task({ ownerId: li.staffId, dueOn: '2026-02-27' })
    await clinic.task({ ownerId: li.staffId, dueOn: '2026-03-03' })
    await clinic.task({ ownerId: wang.staffId })
    await clinic.task({ ownerId: later.staffId, dueOn: '2026-03-03' })
    await clinic.task({})
    const done = (await clinic.task({ ownerId: idle.staffId })) as never
    await idle.call(completeTask, { params: { taskId: done }, body: {} })
    await clinic.travel('2026-03-02T06:59:59Z')
    expect(await digest()).toBe(0)
    await clinic.travel('2026-03-02T07:00:00Z')
    expect(await digest()).toBe(2)
    const sent = await clinic.events('task.digest-due')
    expect(sent).toHaveLength(2)
    expect(sent).toEqual(
      expect.arrayContaining([
        { executorId: li.staffId, day: '2026-03-02', count: 2, overdue: 1 },
        { executorId: wang.staffId, day: '2026-03-02', count: 1, overdue: 0 },
      ]),
    )
  })

  test('P8: once a day also with five workers at once, and again the next day', async () => {
    const { clinic, li, digest } = await atWork()
    await clinic.task({ ownerId: li.staffId })
    await clinic.travel('2026-03-02T07:00:30Z')
    const counts = await Promise.all(Array.from({ length: 5 }, digest))
    expect(counts.toSorted()).toEqual([0, 0, 0, 0, 1])
    await clinic.travel('2026-03-02T12:00:00Z')
    expect(await digest()).toBe(0)
    await clinic.travel('2026-03-03T07:00:00Z')
    expect(await digest()).toBe(1)
    expect((await clinic.events('task.digest-due')).map((e) => e['day'])).toEqual(['2026-03-02', '2026-03-03'])
  })

  test('P8: work that arrives after the digest brings none that day', async () => {
    const { clinic, li, digest } = await atWork()
    await clinic.travel('2026-03-02T07:00:00Z')
    expect(await digest()).toBe(0)
    await clinic.task({ ownerId: li.staffId })
    await clinic.travel('2026-03-02T08:00:00Z')
    expect(await digest()).toBe(0)
    expect(await clinic.events('task.digest-due')).toEqual([])
  })

  test('P8: at the time the organization has set, where it is', async () => {
    const { clinic, li } = await atWork()
    await clinic.task({ ownerId: li.staffId })
    const tenant = { ...clinic.tenant, timeZone: 'Asia/Urumqi' }
    const { house } = clinic.house
    await write(house, { tenant, actor: systemActor(tenant.id, 'test') }, (ctx) =>
      ctx.tx
        .updateTable('organization')
        .set({ settings: JSON.stringify({ general: { digestAt: '16:30' } }) })
        .where('id', '=', tenant.id)
        .execute(),
    )
    await clinic.travel('2026-03-02T10:29:00Z')
    expect(await sendDigests(house, tenant)).toBe(0)
    await clinic.travel('2026-03-02T10:30:00Z')
    expect(await sendDigests(house, tenant)).toBe(1)
  })

  test('P8: a run that breaks off leaves nothing, and the next one does it whole', async () => {
    const { clinic, li, digest } = await atWork()
    await clinic.task({ ownerId: li.staffId })
    await clinic.travel('2026-03-02T07:00:00Z')
    const failing = {
      ...clinic.house.house,
      listened: {
        has: () => {
          throw new Error('down')
        },
      },
    } as never
    await expect(sendDigests(failing, clinic.tenant)).rejects.toThrow('down')
    expect(await clinic.rows('task_digest_run')).toEqual([])
    expect(await digest()).toBe(1)
  })
})
