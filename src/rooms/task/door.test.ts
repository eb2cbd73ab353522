import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { sampleClinic } from './sample-clinic.ts'
import { closeTask, createTask, createTasks, findOpenTasks } from './server/index.ts'

const house = await aHouse()
const clinic = await sampleClinic(house)
const { tenant } = clinic
const manager = await clinic.staff('service-manager')

test('what asks for a task twice gets it once, also in parallel', async () => {
  const patientId = await clinic.patient()
  const ask = () =>
    house.write(
      (ctx) =>
        createTask(ctx, { type: 'recheck', patientId, ownerId: manager.staffId, source: 'asker', sourceKey: 'one' }),
      tenant,
    )
  const made = await Promise.all(Array.from({ length: 12 }, ask))
  expect(new Set(made.map((m) => m.id)).size).toBe(1)
  expect(made.filter((m) => m.created)).toHaveLength(1)
  expect(await clinic.rows('task_event', `task_id = '${made[0]!.id}'`)).toHaveLength(1)
})

test('many are made in their order, and twins in one call are one', async () => {
  const patientId = await clinic.patient()
  const made = await house.write(
    (ctx) =>
      createTasks(
        ctx,
        ['a', 'b', 'a'].map((sourceKey) => ({ type: 'call', patientId, source: 'many', sourceKey })),
      ),
    tenant,
  )
  expect(made[0]!.id).toBe(made[2]!.id)
  expect(made[1]!.id).not.toBe(made[0]!.id)
  expect(made.map((m) => m.created)).toEqual([true, true, false])
})

test('without an owner a task waits in the pool of service managers, due today', async () => {
  const id = await clinic.task({})
  expect(await clinic.rows('task', `id = '${id}'`)).toMatchObject([
    { state: 'requested', pool_role: 'service-manager', owner_id: null, due_on: '2026-03-02' },
  ])
})

test('nothing is made for the dead', async () => {
  const patientId = await clinic.patient()
  await house.write(
    (ctx) => ctx.tx.updateTable('patient').set({ state: 'deceased' }).where('id', '=', patientId).execute(),
    tenant,
  )
  await expect(clinic.task({ patientId })).rejects.toMatchObject({ code: 'PatientNotActive' })
  const living = await clinic.patient()
  const made = await house.write(
    (ctx) =>
      createTasks(
        ctx,
        [patientId, living].map((id) => ({ type: 'call', patientId: id, source: 'x' })),
      ),
    tenant,
  )
  expect(made.map((m) => m.id !== null)).toEqual([false, true])
})

test('a task for somebody merged goes to the one they are now', async () => {
  const [from, into] = [await clinic.patient(), await clinic.patient()]
  await house.write(
    (ctx) => ctx.tx.updateTable('patient').set({ state: 'merged', merged_into: into }).where('id', '=', from).execute(),
    tenant,
  )
  const id = await clinic.task({ patientId: from })
  expect(await clinic.rows('task', `id = '${id}'`)).toMatchObject([{ patient_id: into }])
})

test('closing by source closes once, tells once, and finds nothing open afterwards', async () => {
  const patientId = await clinic.patient()
  const id = await clinic.task({ patientId, ownerId: manager.staffId, source: 'plan', sourceKey: 'k' })
  expect(
    await house.write((ctx) => findOpenTasks(ctx, { patientIds: [patientId], source: 'plan' }), tenant),
  ).toMatchObject([{ id, sourceKey: 'k' }])
  const close = () =>
    house.write(
      (ctx) => closeTask(ctx, { source: 'plan', sourceKey: 'k' }, { state: 'cancelled', reason: '方案已结束' }),
      tenant,
    )
  const closed = await Promise.all([close(), close(), close()])
  expect(closed.filter(Boolean)).toHaveLength(1)
  expect((await clinic.events('task.cancelled')).filter((e) => e['taskId'] === id)).toMatchObject([
    { reason: '方案已结束', source: 'plan', sourceKey: 'k' },
  ])
  expect(await house.write((ctx) => findOpenTasks(ctx, { patientIds: [patientId] }), tenant)).toEqual([])
  expect(
    await house.write(
      (ctx) => closeTask(ctx, { source: 'plan', sourceKey: 'unknown' }, { state: 'cancelled' }),
      tenant,
    ),
  ).toBe(false)
})
