import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import {
  cancelTask,
  changeTask,
  claimTask,
  completeTask,
  getTask,
  listTasks,
  releaseTask,
  startTask,
} from './contract/task.ts'
import { sampleClinic } from './sample-clinic.ts'
import type { TaskRow } from './server/store.ts'

const house = await aHouse()
const clinic = await sampleClinic(house)
const doctor = await clinic.staff('physician', { name: '张文远' })
const li = await clinic.staff('service-manager', { name: '李素珍' })
const wang = await clinic.staff('service-manager', { name: '王海燕' })
const rowOf = async (id: string) => (await clinic.rows<TaskRow>('task', `id = '${id}'`))[0]!
const historyOf = (id: string) =>
  clinic.rows<{
    kind: string
    from_state: string
    to_state: string
    by_name: string
    reason: string
    from_owner_id: string
    to_owner_id: string
  }>('task_event', `task_id = '${id}' order by version`)
const accessTo = async (patientId: string) =>
  (await clinic.rows<{ staff_id: string }>('patient_access', `patient_id = '${patientId}'`)).map((a) => a.staff_id)

describe('claiming', () => {
  test('twenty claim at once: one gets it, the others are told who and when, and the history has one line', async () => {
    const managers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => clinic.staff('service-manager', { name: `领取${i}` })),
    )
    const taskId = (await clinic.task({ patientId: await clinic.patient() })) as never
    const answers = await Promise.all(managers.map((m) => m.try(claimTask, { params: { taskId } })))
    const winners = managers.filter((_, i) => answers[i]!.status === 200)
    expect(winners).toHaveLength(1)
    const refusals = answers.filter((a) => a.status !== 200)
    for (const a of refusals)
      expect(a).toMatchObject({
        status: 409,
        code: 'TaskAlreadyClaimed',
        body: { title: `已由${winners[0]!.name}于10:00领取`, values: { name: winners[0]!.name, time: '10:00' } },
      })
    expect(await rowOf(taskId)).toMatchObject({ state: 'accepted', owner_id: winners[0]!.staffId, version: 2 })
    expect((await historyOf(taskId)).map((e) => e.kind)).toEqual(['created', 'claimed'])
  })

  test('whoever takes a task about somebody else’s customer sees them until it is closed', async () => {
    const patientId = await clinic.patient('何八', { manager: wang })
    const taskId = (await clinic.task({ patientId })) as never
    await li.call(claimTask, { params: { taskId } })
    expect(await accessTo(patientId)).toEqual([li.staffId])
    await li.call(completeTask, { params: { taskId }, body: { outcome: { text: '已联系' } } })
    expect(await accessTo(patientId)).toEqual([])
  })

  test('the access stays while another task about the same patient is open, and access given otherwise is left alone', async () => {
    const patientId = await clinic.patient('吕九', { manager: wang })
    const [one, two] = [(await clinic.task({ patientId })) as never, (await clinic.task({ patientId })) as never]
    for (const taskId of [one, two]) await li.call(claimTask, { params: { taskId } })
    await li.call(completeTask, { params: { taskId: one }, body: {} })
    expect(await accessTo(patientId)).toEqual([li.staffId])
    await li.call(cancelTask, { params: { taskId: two }, body: { reason: '不再需要' } })
    expect(await accessTo(patientId)).toEqual([])
    const own = await clinic.patient('施十', { manager: li })
    const mine = (await clinic.task({ patientId: own })) as never
    await li.call(claimTask, { params: { taskId: mine } })
    expect(await accessTo(own)).toEqual([])
  })

  test('back in the pool it can be taken again, with the reason in the history', async () => {
    const patientId = await clinic.patient('张甲', { manager: wang })
    const taskId = (await clinic.task({ patientId })) as never
    await li.call(claimTask, { params: { taskId } })
    await li.call(releaseTask, { params: { taskId }, body: { reason: '今天外出' } })
    expect(await rowOf(taskId)).toMatchObject({
      state: 'requested',
      owner_id: null,
      pool_role: 'service-manager',
      access_granted: false,
    })
    expect(await accessTo(patientId)).toEqual([])
    await wang.call(claimTask, { params: { taskId } })
    expect((await historyOf(taskId)).map((e) => [e.kind, e.from_state, e.to_state, e.by_name, e.reason])).toEqual([
      ['created', null, 'requested', 'test', ''],
      ['claimed', 'requested', 'accepted', '李素珍', ''],
      ['released', 'accepted', 'requested', '李素珍', '今天外出'],
      ['claimed', 'requested', 'accepted', '王海燕', ''],
    ])
  })
})

describe('doing', () => {
  test('start, then complete with what came of it; who, when, from and to are kept', async () => {
    const taskId = (await clinic.task({
      patientId: await clinic.patient('孔乙', { manager: li }),
      ownerId: li.staffId,
      source: 'demo',
      sourceKey: 'done',
    })) as never
    expect(await li.call(startTask, { params: { taskId } })).toMatchObject({
      state: 'in-progress',
      can: expect.arrayContaining(['complete', 'release']),
    })
    house.clock.advance({ minutes: 30 })
    const done = await li.call(completeTask, {
      params: { taskId },
      body: { outcome: { text: '血压 128/82', attempts: 2 } },
    })
    expect(done).toMatchObject({
      state: 'completed',
      outcome: { text: '血压 128/82', attempts: 2 },
      closedByName: '李素珍',
      closedAt: '2026-03-02T02:30:00.000Z',
      can: [],
    })
    house.clock.advance({ minutes: -30 })
    expect(done.history.map((e) => [e.kind, e.fromState, e.toState])).toEqual([
      ['created', null, 'accepted'],
      ['started', 'accepted', 'in-progress'],
      ['completed', 'in-progress', 'completed'],
    ])
    expect((await clinic.events('task.done')).filter((e) => e['taskId'] === taskId)).toMatchObject([
      { by: li.staffId, source: 'demo', sourceKey: 'done', type: 'call' },
    ])
  })

  test('completed twice at once is done once', async () => {
    const taskId = (await clinic.task({ ownerId: li.staffId })) as never
    const answers = await Promise.all([1, 2, 3].map(() => li.try(completeTask, { params: { taskId }, body: {} })))
    expect(answers.map((a) => a.status).toSorted()).toEqual([200, 409, 409])
    expect((await clinic.events('task.done')).filter((e) => e['taskId'] === taskId)).toHaveLength(1)
  })

  test('dropped with a reason, which is needed', async () => {
    const taskId = (await clinic.task({ ownerId: li.staffId })) as never
    expect((await li.try(cancelTask, { params: { taskId }, body: { reason: ' ' } })).status).toBe(400)
    expect(await li.call(cancelTask, { params: { taskId }, body: { reason: '客户已迁居外地' } })).toMatchObject({
      state: 'cancelled',
      reason: '客户已迁居外地',
    })
    expect(await li.try(startTask, { params: { taskId } })).toMatchObject({
      status: 409,
      code: 'TaskAlreadyCancelled',
      body: { values: { name: '李素珍', time: '10:00' } },
    })
  })

  test('changed as one saw it, or not at all', async () => {
    const taskId = (await clinic.task({ ownerId: li.staffId })) as never
    const body = { version: 1, dueAt: '2026-03-05T09:00:00+08:00', priority: 'urgent' as const, remindBefore: [60] }
    const [first, second] = await Promise.all([
      li.try(changeTask, { params: { taskId }, body }),
      li.try(changeTask, { params: { taskId }, body }),
    ])
    expect([first.status, second.status].toSorted()).toEqual([200, 409])
    expect(await rowOf(taskId)).toMatchObject({ due_on: '2026-03-05', priority: 'urgent', rank: 1, version: 2 })
    expect(await clinic.rows('task_reminder', `task_id = '${taskId}'`)).toMatchObject([
      { offset_minutes: 60, at: new Date('2026-03-05T00:00:00Z') },
    ])
  })
})

describe('who may not', () => {
  test('a colleague’s task: acts are refused, nothing changes, nothing is sent', async () => {
    const patientId = await clinic.patient('共客', { manager: wang, doctor })
    const taskId = (await clinic.task({ patientId, ownerId: wang.staffId })) as never
    const before = {
      row: await rowOf(taskId),
      history: await historyOf(taskId),
      done: await clinic.events('task.done'),
      moved: await clinic.events('task.handed-over'),
    }
    const acts = (who: typeof doctor) => [
      who.try(startTask, { params: { taskId } }),
      who.try(completeTask, { params: { taskId }, body: {} }),
      who.try(cancelTask, { params: { taskId }, body: { reason: '不需要' } }),
      who.try(releaseTask, { params: { taskId }, body: { reason: '不需要' } }),
      who.try(changeTask, { params: { taskId }, body: { version: 1, note: '改' } }),
    ]
    // The doctor sees the task of the patient, a manager of others does not.
    for (const answer of await Promise.all(acts(doctor)))
      expect(answer).toMatchObject({ status: 403, code: 'TaskActNotAllowed' })
    for (const answer of await Promise.all(acts(li))) expect(answer.status).toBe(404)
    expect({
      row: await rowOf(taskId),
      history: await historyOf(taskId),
      done: await clinic.events('task.done'),
      moved: await clinic.events('task.handed-over'),
    }).toEqual(before)
  })

  test('roles that do no tasks are denied by the gate, and the denial is kept', async () => {
    const taskId = (await clinic.task({ patientId: await clinic.patient() })) as never
    for (const role of [
      'front-desk',
      'sales-manager',
      'quality-lead',
      'desk-agent',
      'content-editor',
      'corporate-hr',
      'system-administrator',
    ] as const) {
      const who = await clinic.staff(role)
      expect(await who.try(claimTask, { params: { taskId } })).toMatchObject({ status: 403, code: 'NotPermitted' })
    }
    expect(await rowOf(taskId)).toMatchObject({ state: 'requested', version: 1 })
    expect(
      (await clinic.rows('audit_entry', `action = 'task.claim' and outcome = 'denied' and subject_id = '${taskId}'`))
        .length,
    ).toBe(7)
  })

  test('nobody of another organization finds it', async () => {
    const other = await sampleClinic(house)
    const stranger = await other.staff('service-manager')
    const taskId = (await clinic.task({})) as never
    expect((await stranger.try(claimTask, { params: { taskId } })).status).toBe(404)
    expect((await stranger.try(getTask, { params: { taskId } })).status).toBe(404)
    expect((await stranger.call(listTasks, { query: { scope: 'pool' } })).rows).toEqual([])
  })

  test('a counsellor takes no diagnosis, not even from the pool’s neighbour', async () => {
    const counsellor = await clinic.staff('counsellor')
    const taskId = (await clinic.task({
      type: 'diagnosis-assessment',
      patientId: await clinic.patient('林客', { counsellor }),
    })) as never
    expect((await counsellor.try(claimTask, { params: { taskId } })).status).toBe(404)
  })
})
