import { describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { handOverMany, handOverTask, listHandOvers, previewHandOver, undoHandOver } from './contract/hand-over.ts'
import { completeTask, listTasks, startTask } from './contract/task.ts'
import { getPatient } from '../patient/contract/patient.ts'
import { sampleClinic } from './sample-clinic.ts'
import type { TaskRow } from './server/store.ts'

const house = await aHouse()

async function ward() {
  const clinic = await sampleClinic(house)
  clinic.house.clock.set(TEST_NOW)
  const departmentId = await clinic.department('健康管理科')
  const staff = (role: Parameters<typeof clinic.staff>[0], name: string) => clinic.staff(role, { name, departmentId })
  const [li, wang, lead] = [
    await staff('service-manager', '李素珍'),
    await staff('service-manager', '王海燕'),
    await staff('quality-lead', '郑国华'),
  ]
  const rows = () => clinic.rows<TaskRow>('task', 'true order by id')
  const rowOf = async (id: string) => (await clinic.rows<TaskRow>('task', `id = '${id}'`))[0]!
  return { clinic, li, wang, lead, rows, rowOf }
}

const to = (caller: { staffId: string }) => caller.staffId as never
const ids = (list: string[]) => ({ taskIds: list as never[] })

describe('handing one over', () => {
  test('S0-25: the new executor has it with the note, and sees the patient until it is closed', async () => {
    const { clinic, li, wang, rowOf } = await ward()
    const patientId = await clinic.patient('徐一', { manager: li })
    const taskId = (await clinic.task({ patientId, ownerId: li.staffId })) as never
    expect((await wang.try(getPatient, { params: { patientId: patientId as never } })).status).toBe(404)
    const after = await li.call(handOverTask, {
      params: { taskId },
      body: { toId: to(wang), reason: '下周休假，请接着跟' },
    })
    expect(after.history.at(-1)).toMatchObject({
      kind: 'handed-over',
      fromOwnerName: '李素珍',
      toOwnerName: '王海燕',
      reason: '下周休假，请接着跟',
      byName: '李素珍',
    })
    expect(await rowOf(taskId)).toMatchObject({ state: 'accepted', owner_id: wang.staffId, access_granted: true })
    expect((await wang.try(getPatient, { params: { patientId: patientId as never } })).status).toBe(200)
    expect(await clinic.events('task.handed-over')).toMatchObject([
      { taskId, fromId: li.staffId, toId: wang.staffId, by: li.staffId },
    ])
    await wang.call(completeTask, { params: { taskId }, body: {} })
    expect((await wang.try(getPatient, { params: { patientId: patientId as never } })).status).toBe(404)
  })

  test('to oneself, to somebody who does no tasks, to a counsellor what is a diagnosis: refused', async () => {
    const { clinic, li, lead, rowOf } = await ward()
    const counsellor = await clinic.staff('counsellor')
    const taskId = (await clinic.task({ type: 'diagnosis-assessment', ownerId: li.staffId })) as never
    const hand = (toId: never) => li.try(handOverTask, { params: { taskId }, body: { toId, reason: '请接手' } })
    expect(await hand(to(li))).toMatchObject({ status: 422, code: 'HandOverToSame' })
    for (const other of [lead, counsellor])
      expect(await hand(to(other))).toMatchObject({ status: 422, code: 'ExecutorUnfit' })
    expect(await rowOf(taskId)).toMatchObject({ owner_id: li.staffId, version: 1 })
    expect(await clinic.events('task.handed-over')).toEqual([])
  })

  test('a lead gives on what stands in the department, and what stands elsewhere does not exist', async () => {
    const { clinic, li, wang, lead } = await ward()
    const elsewhere = await clinic.staff('service-manager', { departmentId: await clinic.department('别的科') })
    const [near, far] = [
      (await clinic.task({ ownerId: li.staffId })) as never,
      (await clinic.task({ ownerId: elsewhere.staffId })) as never,
    ]
    const hand = (taskId: never) =>
      lead.try(handOverTask, { params: { taskId }, body: { toId: to(wang), reason: '人手调整' } })
    expect((await hand(near)).status).toBe(200)
    expect((await hand(far)).status).toBe(404)
  })
})

describe('handing many over', () => {
  test('the preview says what is reached, the act reaches exactly that, and patients open', async () => {
    const { clinic, li, wang, lead, rows } = await ward()
    const patients: string[] = []
    for (let i = 0; i < 6; i++) patients.push(await clinic.patient(`批${'甲乙丙丁戊己'[i]}`, { manager: li }))
    for (const [i, patientId] of patients.entries())
      await clinic.task({ patientId, ownerId: li.staffId, dueOn: i < 2 ? '2026-03-01' : '2026-03-04' })
    await clinic.task({ patientId: patients[0]!, ownerId: li.staffId })
    const selection = { ownerId: to(li) }
    expect(await lead.call(previewHandOver, { body: { selection, toId: to(wang) } })).toEqual({
      count: 7,
      patients: 6,
      overdue: 2,
      leftOut: 0,
      toName: '王海燕',
      toOpenTasks: 0,
    })
    const body = { selection, toId: to(wang), reason: '李素珍休产假', expected: 7 }
    expect(await lead.call(handOverMany, { body })).toMatchObject({ count: 7, undoUntil: '2026-03-03T02:00:00.000Z' })
    for (const row of await rows())
      expect(row).toMatchObject({ owner_id: wang.staffId, state: 'accepted', version: 2, access_granted: true })
    expect(await clinic.rows('patient_access', `staff_id = '${wang.staffId}'`)).toHaveLength(6)
    expect(await clinic.events('task.handed-over')).toHaveLength(7)
    expect(
      await clinic.rows('task_event', `kind = 'handed-over' and reason = '李素珍休产假' and by_name = '郑国华'`),
    ).toHaveLength(7)
  })

  test('when the reach has changed since the preview nothing happens', async () => {
    const { clinic, li, wang, rows } = await ward()
    const tasks = [await clinic.task({ ownerId: li.staffId }), await clinic.task({ ownerId: li.staffId })]
    await li.call(completeTask, { params: { taskId: tasks[0] as never }, body: {} })
    const before = await rows()
    const answer = await li.try(handOverMany, {
      body: { selection: ids(tasks), toId: to(wang), reason: '休假', expected: 2 },
    })
    expect(answer).toMatchObject({ status: 409, code: 'ReachChanged', body: { values: { expected: 2, count: 1 } } })
    expect(await rows()).toEqual(before)
    expect(await clinic.events('task.handed-over')).toEqual([])
  })

  test('one’s own only: chosen tasks of colleagues are left out', async () => {
    const { clinic, li, wang } = await ward()
    const third = await clinic.staff('service-manager')
    const tasks = [
      await clinic.task({ ownerId: li.staffId }),
      await clinic.task({ ownerId: wang.staffId }),
      await clinic.task({}),
    ]
    expect(await li.call(previewHandOver, { body: { selection: ids(tasks), toId: to(third) } })).toMatchObject({
      count: 1,
      leftOut: 2,
    })
    expect(
      await li.call(previewHandOver, { body: { selection: { ownerId: to(wang) }, toId: to(third) } }),
    ).toMatchObject({ count: 0, leftOut: 1 })
    for (const role of ['front-desk', 'sales-manager', 'counsellor'] as const)
      expect(
        await (
          await clinic.staff(role)
        ).try(handOverMany, { body: { selection: ids(tasks), toId: to(third), reason: '休假', expected: 1 } }),
      ).toMatchObject({ status: 403 })
  })

  test('two hand the same over at once: one does, the other’s reach has changed', async () => {
    const { clinic, li, wang, lead } = await ward()
    const third = await clinic.staff('service-manager')
    const tasks: never[] = []
    for (let i = 0; i < 5; i++) tasks.push((await clinic.task({ ownerId: li.staffId })) as never)
    const answers = await Promise.all([
      lead.try(handOverMany, { body: { selection: { ownerId: to(li) }, toId: to(wang), reason: '休假', expected: 5 } }),
      li.try(handOverMany, { body: { selection: ids(tasks), toId: to(third), reason: '休假', expected: 5 } }),
    ])
    expect(answers.map((a) => a.status).toSorted()).toEqual([200, 409])
    expect(await clinic.rows('hand_over_item')).toHaveLength(5)
  })
})

describe('taking it back', () => {
  test('goes back exactly as it was: owner, state, since when, and who sees the patient', async () => {
    const { clinic, li, wang, rows } = await ward()
    const own = await clinic.patient('己客', { manager: li })
    const others = await clinic.patient('他客', { manager: wang })
    const tasks = [
      await clinic.task({ patientId: own, ownerId: li.staffId }),
      await clinic.task({ patientId: others, ownerId: li.staffId, priority: 'stat' }),
      await clinic.task({ patientId: own, ownerId: li.staffId, dueOn: '2026-02-20' }),
    ]
    await li.call(startTask, { params: { taskId: tasks[2] as never } })
    const essence = (list: TaskRow[]) => list.map(({ version: _version, ...row }) => row)
    const [before, accessBefore] = [await rows(), await clinic.rows('patient_access', 'true order by patient_id')]
    const { batchId } = await li.call(handOverMany, {
      body: { selection: ids(tasks), toId: to(wang), reason: '休假', expected: 3 },
    })
    await clinic.travel('2026-03-03T02:00:00Z')
    expect(await li.call(undoHandOver, { params: { batchId } })).toEqual({ undone: 3, kept: 0 })
    await clinic.travel(TEST_NOW)
    expect(essence(await rows())).toEqual(essence(before))
    const access = await clinic.rows<{ staff_id: string; patient_id: string }>(
      'patient_access',
      'true order by patient_id',
    )
    expect(access.map((a) => [a.patient_id, a.staff_id])).toEqual(
      accessBefore.map((a) => [a['patient_id'], a['staff_id']]),
    )
    expect(await clinic.rows('task_event', `kind = 'hand-over-undone'`)).toHaveLength(3)
    expect(await li.try(undoHandOver, { params: { batchId } })).toMatchObject({ status: 409, code: 'HandOverUndone' })
  })

  test('what somebody has touched since stays where it is', async () => {
    const { clinic, li, wang, rowOf } = await ward()
    const tasks: never[] = []
    for (let i = 0; i < 4; i++) tasks.push((await clinic.task({ ownerId: li.staffId })) as never)
    const { batchId } = await li.call(handOverMany, {
      body: { selection: ids(tasks), toId: to(wang), reason: '休假', expected: 4 },
    })
    await wang.call(startTask, { params: { taskId: tasks[0]! } })
    await wang.call(completeTask, { params: { taskId: tasks[1]! }, body: {} })
    expect(await li.call(undoHandOver, { params: { batchId } })).toEqual({ undone: 2, kept: 2 })
    expect(await Promise.all(tasks.map(async (id) => (await rowOf(id)).owner_id))).toEqual([
      wang.staffId,
      wang.staffId,
      li.staffId,
      li.staffId,
    ])
    expect(await rowOf(tasks[0]!)).toMatchObject({ state: 'in-progress' })
  })

  test('a second after 24 hours it stays, and what came from the pool goes back into it before that', async () => {
    const { clinic, wang, lead, rowOf } = await ward()
    const pooled = (await clinic.task({})) as never
    const hand = () =>
      lead.call(handOverMany, { body: { selection: ids([pooled]), toId: to(wang), reason: '分派', expected: 1 } })
    const first = await hand()
    expect((await lead.call(listHandOvers)).batches).toMatchObject([{ id: first.batchId, toName: '王海燕', count: 1 }])
    await lead.call(undoHandOver, { params: { batchId: first.batchId } })
    expect(await rowOf(pooled)).toMatchObject({
      state: 'requested',
      owner_id: null,
      owned_since: null,
      pool_role: 'service-manager',
    })
    const second = await hand()
    await clinic.travel('2026-03-03T02:00:01Z')
    expect(await lead.try(undoHandOver, { params: { batchId: second.batchId } })).toMatchObject({
      status: 409,
      code: 'HandOverTooOld',
    })
    expect((await lead.call(listHandOvers)).batches).toEqual([])
    await clinic.travel(TEST_NOW)
    expect(await rowOf(pooled)).toMatchObject({ state: 'accepted', owner_id: wang.staffId })
  })

  test('only who did it, or a lead of the same department', async () => {
    const { clinic, li, wang, lead } = await ward()
    const farLead = await clinic.staff('quality-lead', { departmentId: await clinic.department('别的科') })
    const task = await clinic.task({ ownerId: li.staffId })
    const { batchId } = await li.call(handOverMany, {
      body: { selection: ids([task]), toId: to(wang), reason: '休假', expected: 1 },
    })
    for (const other of [wang, farLead])
      expect((await other.try(undoHandOver, { params: { batchId } })).status).toBe(404)
    expect(await lead.call(undoHandOver, { params: { batchId } })).toEqual({ undone: 1, kept: 0 })
    expect((await li.call(listTasks, { query: { scope: 'mine' } })).rows).toHaveLength(1)
  })
})
