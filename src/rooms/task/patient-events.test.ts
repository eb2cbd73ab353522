import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { correctDeath, markDeceased } from '../patient/contract/patient.ts'
import { assignCarers } from '../patient/server/index.ts'
import { patientDied, patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { handOverTask } from './contract/hand-over.ts'
import { listTasks, startTask } from './contract/task.ts'
import { sampleClinic } from './sample-clinic.ts'
import type { TaskRow } from './server/store.ts'

const house = await aHouse()
const clinic = await sampleClinic(house)
const { tenant } = clinic
const li = await clinic.staff('service-manager', { name: '李素珍' })
const wang = await clinic.staff('service-manager', { name: '王海燕' })
const rowOf = async (id: string) => (await clinic.rows<TaskRow>('task', `id = '${id}'`))[0]!

test('whoever has died is owed nothing: open tasks are cancelled with the reason, at once also when told twice', async () => {
  const patientId = (await clinic.patient('逝者', { manager: li })) as never
  const tasks = [
    await clinic.task({ patientId, ownerId: li.staffId, remindBefore: [0] }),
    await clinic.task({ patientId }),
    await clinic.task({ patientId, ownerId: li.staffId }),
  ]
  const other = await clinic.task({ ownerId: li.staffId })
  const desk = await clinic.staff('front-desk')
  await desk.call(markDeceased, { params: { patientId }, body: { deceasedOn: '2026-03-01' } })
  await house.settle()
  await house.write((ctx) => ctx.emit(patientDied, { patientId }), tenant)
  await house.settle()
  for (const id of tasks)
    expect(await rowOf(id)).toMatchObject({
      state: 'cancelled',
      reason_code: 'patient-died',
      version: 2,
      closed_by: null,
    })
  expect(await rowOf(other)).toMatchObject({ state: 'accepted' })
  expect(await clinic.rows('task_reminder', `task_id = '${tasks[0]}'`)).toMatchObject([{ state: 'dropped' }])
  expect((await clinic.events('task.cancelled')).filter((e) => tasks.includes(e['taskId'] as string))).toHaveLength(3)
  await desk.call(correctDeath, { params: { patientId }, body: { reason: '登记错误' } })
  expect((await li.call(listTasks, { query: { patientId, state: 'cancelled' } })).rows).toHaveLength(3)
})

test('a death that is entered while a task is made leaves no open task', async () => {
  const desk = await clinic.staff('front-desk')
  for (let round = 0; round < 5; round++) {
    const patientId = (await clinic.patient(`同时${'甲乙丙丁戊'[round]}`, { manager: li })) as never
    await Promise.allSettled([
      ...[1, 2, 3].map(() => clinic.task({ patientId, ownerId: li.staffId })),
      desk.call(markDeceased, { params: { patientId }, body: { deceasedOn: '2026-03-01' } }),
    ])
    await house.settle()
    expect(await clinic.rows('task', `patient_id = '${patientId as string}' and state <> 'cancelled'`)).toEqual([])
  }
})

test('when the manager of a patient changes, open tasks follow; what was handed over by name and what is closed stays', async () => {
  const doctor = await clinic.staff('physician')
  const patientId = await clinic.patient('换人', { manager: li, doctor })
  const [open, begun, given, ofDoctor] = await Promise.all([
    clinic.task({ patientId, ownerId: li.staffId }),
    clinic.task({ patientId, ownerId: li.staffId }),
    clinic.task({ patientId, ownerId: (await clinic.staff('service-manager')).staffId }),
    clinic.task({ patientId, ownerId: doctor.staffId }),
  ])
  await li.call(startTask, { params: { taskId: begun as never } })
  const change = async (managerId: string | null) => {
    await house.write((ctx) => assignCarers(ctx, patientId, { managerId }), tenant)
    await house.settle()
  }
  await change(wang.staffId)
  for (const id of [open, begun])
    expect(await rowOf(id)).toMatchObject({ owner_id: wang.staffId, state: 'accepted', access_granted: false })
  expect(await clinic.rows('task_event', `task_id = '${open}' and kind = 'handed-over'`)).toMatchObject([
    { reason_code: 'carer-changed', by_id: null },
  ])
  expect([await rowOf(given), await rowOf(ofDoctor)]).toMatchObject([
    { version: 1 },
    { version: 1, owner_id: doctor.staffId },
  ])
  await change(null)
  expect(await rowOf(open)).toMatchObject({ state: 'requested', owner_id: null, pool_role: 'service-manager' })
})

test('a merge moves the tasks, and undoing it moves back those and no others', async () => {
  const [from, into] = [
    await clinic.patient('合并甲', { manager: li }),
    await clinic.patient('合并乙', { manager: li }),
  ]
  const moved = await clinic.task({ patientId: from, ownerId: li.staffId })
  const own = await clinic.task({ patientId: into, ownerId: li.staffId })
  await li.call(handOverTask, {
    params: { taskId: moved as never },
    body: { toId: wang.staffId as never, reason: '请接着跟' },
  })
  const merge = { fromId: from as never, intoId: into as never, mergeId: house.house.ids.next() as never }
  const tell = async (event: typeof patientMerged) => {
    await house.write((ctx) => ctx.emit(event, merge), tenant)
    await house.settle()
  }
  const access = async () =>
    (await clinic.rows<{ patient_id: string }>('patient_access', `staff_id = '${wang.staffId}'`)).map(
      (a) => a.patient_id,
    )
  expect(await access()).toEqual([from])
  await tell(patientMerged)
  expect([(await rowOf(moved)).patient_id, (await rowOf(own)).patient_id]).toEqual([into, into])
  expect(await access()).toEqual([into])
  const later = await clinic.task({ patientId: into, ownerId: li.staffId })
  await tell(patientUnmerged)
  expect(await Promise.all([moved, own, later].map(async (id) => (await rowOf(id)).patient_id))).toEqual([
    from,
    into,
    into,
  ])
  expect(await access()).toEqual([from])
  expect(
    (await clinic.rows<{ kind: string }>('task_event', `task_id = '${moved}' order by version`)).map((e) => e.kind),
  ).toEqual(['created', 'handed-over', 'merged', 'unmerged'])
})
