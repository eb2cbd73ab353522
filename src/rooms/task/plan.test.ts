import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { cardActivated, cardOpened } from '../card/contract/card.ts'
import { assignDoctor, listDoctors } from './contract/assign-doctor.ts'
import { createNewTask, getTask, listExecutors, listTasks } from './contract/task.ts'
import { getWorkbench } from './contract/workbench.ts'
import { sampleClinic, type SampleClinic } from './sample-clinic.ts'
import type { TaskRow } from './server/store.ts'

const house = await aHouse()

/** The rules P1 to P6 of the plan engine. */

const tasksOf = (clinic: SampleClinic, patientId: string) =>
  clinic.rows<TaskRow>('task', `patient_id = '${patientId}' order by type, id`)
const asked = async (clinic: SampleClinic, patientId: string) =>
  (await tasksOf(clinic, patientId)).find((t) => t.type === 'assign-doctor')!.id as never

async function twoManagers() {
  const clinic = await sampleClinic(house)
  const [zhou, wu] = [
    await clinic.staff('sales-manager', { name: '周敏' }),
    await clinic.staff('sales-manager', { name: '吴越' }),
  ]
  const doctor = await clinic.staff('physician', { name: '张文远' })
  // The first one has the smaller id, which breaks the last tie.
  const both = [
    await clinic.staff('service-manager', { name: '李素珍' }),
    await clinic.staff('service-manager', { name: '王海燕' }),
  ]
  const [li, wang] = both.toSorted((a, b) => (a.staffId < b.staffId ? -1 : 1)) as [(typeof both)[0], (typeof both)[0]]
  await clinic.bind(doctor, li, wang)
  return { clinic, zhou, wu, doctor, li, wang }
}

describe('P1', () => {
  test('P1: an activated card asks for a doctor exactly once, also when the event comes again and again', async () => {
    const { clinic } = await twoManagers()
    const patientId = await clinic.patient()
    const card = await clinic.activate(patientId)
    await clinic.activate(patientId, card)
    await clinic.activate(patientId, card)
    expect(await tasksOf(clinic, patientId)).toMatchObject([
      {
        type: 'assign-doctor',
        state: 'requested',
        pool_role: 'sales-manager',
        owner_id: null,
        due_on: '2026-03-02',
        source: 'card',
        source_key: card,
      },
    ])
  })

  test('P1: delivered twice by two dispatchers at once, it is still one', async () => {
    const { clinic } = await twoManagers()
    const patientId = await clinic.patient()
    const cardId = clinic.house.house.ids.next() as never
    const emit = () =>
      clinic.house.write((ctx) => ctx.emit(cardActivated, { cardId, patientId: patientId as never }), clinic.tenant)
    await Promise.all([emit(), emit(), emit()])
    await Promise.all([clinic.house.settle(), clinic.house.settle()])
    await clinic.house.settle()
    expect(await tasksOf(clinic, patientId)).toHaveLength(1)
  })

  test('P1: a card that is opened and not activated asks for nothing', async () => {
    const { clinic } = await twoManagers()
    const patientId = await clinic.patient()
    await clinic.house.write(
      (ctx) => ctx.emit(cardOpened, { cardId: ctx.ids.next() as never, patientId: patientId as never }),
      clinic.tenant,
    )
    await clinic.house.settle()
    expect(await tasksOf(clinic, patientId)).toEqual([])
  })
})

describe('P2', () => {
  test('P2: all sales managers see it, and nobody else has it to do', async () => {
    const { clinic, zhou, wu, li, doctor } = await twoManagers()
    await clinic.activate(await clinic.patient('陈桂芳'))
    for (const manager of [zhou, wu]) {
      const { pool } = await manager.call(getWorkbench)
      expect(pool).toMatchObject({
        count: 1,
        rows: [{ type: 'assign-doctor', can: ['assign-doctor'], patient: { name: '陈桂芳' } }],
      })
    }
    for (const other of [li, doctor]) expect((await other.call(getWorkbench)).pool.rows).toEqual([])
  })

  test('P2: when one has assigned the doctor it is handled for all, and the other one is told who and when', async () => {
    const { clinic, zhou, wu, doctor } = await twoManagers()
    const patientId = await clinic.patient()
    await clinic.activate(patientId)
    const taskId = await asked(clinic, patientId)
    await zhou.call(assignDoctor, { params: { taskId }, body: { doctorId: doctor.staffId as never } })
    clinic.house.clock.advance({ minutes: 5 })
    const late = await wu.try(assignDoctor, { params: { taskId }, body: { doctorId: doctor.staffId as never } })
    expect(late).toMatchObject({
      status: 409,
      code: 'TaskAlreadyHandled',
      body: { title: '已由周敏于10:00处理', values: { name: '周敏', time: '10:00' } },
    })
    expect((await wu.call(getTask, { params: { taskId } })).state).toBe('completed')
    expect((await wu.call(getWorkbench)).pool.rows).toEqual([])
    clinic.house.clock.advance({ minutes: -5 })
  })

  test('P2: twenty at the same moment: one wins, nineteen are told who, the patient has one doctor', async () => {
    const { clinic, doctor } = await twoManagers()
    const other = await clinic.staff('physician')
    const managers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => clinic.staff('sales-manager', { name: `健管${i}` })),
    )
    const patientId = await clinic.patient()
    await clinic.activate(patientId)
    const taskId = await asked(clinic, patientId)
    const answers = await Promise.all(
      managers.map((m, i) =>
        m.try(assignDoctor, { params: { taskId }, body: { doctorId: (i % 2 ? doctor : other).staffId as never } }),
      ),
    )
    const winners = managers.filter((_, i) => answers[i]!.status === 200)
    expect(winners).toHaveLength(1)
    const losers = answers.filter((a) => a.status === 409)
    expect(losers).toHaveLength(19)
    expect(new Set(losers.map((a) => (a.body as { values: { name: string } }).values.name))).toEqual(
      new Set([winners[0]!.name]),
    )
    expect((await tasksOf(clinic, patientId)).map((t) => t.type).toSorted()).toEqual([
      'assign-doctor',
      'complete-record',
    ])
    expect(await clinic.rows('task_event', `task_id = '${taskId}' and kind = 'completed'`)).toMatchObject([
      { by_name: winners[0]!.name, from_state: 'requested', to_state: 'completed' },
    ])
  })
})

describe('P3', () => {
  test('P3: the record is asked for in the same transaction, and the patient has doctor and manager', async () => {
    const { clinic, zhou, doctor, li } = await twoManagers()
    const patientId = await clinic.patient()
    await clinic.activate(patientId)
    const { next } = await zhou.call(assignDoctor, {
      params: { taskId: await asked(clinic, patientId) },
      body: { doctorId: doctor.staffId as never },
    })
    expect(next).toMatchObject({ executor: { id: li.staffId, name: li.name }, alert: null })
    const [first, second] = await tasksOf(clinic, patientId)
    expect(first).toMatchObject({ type: 'assign-doctor', state: 'completed', owner_id: zhou.staffId })
    expect(second).toMatchObject({
      id: next.taskId,
      type: 'complete-record',
      state: 'accepted',
      owner_id: li.staffId,
      source: 'assign-doctor',
    })
    expect(second!.created_at).toEqual(first!.closed_at)
    expect(await clinic.rows('patient', `id = '${patientId}'`)).toMatchObject([
      { doctor_id: doctor.staffId, manager_id: li.staffId },
    ])
    expect(await clinic.events('task.created')).toContainEqual(
      expect.objectContaining({ taskId: next.taskId, executorId: li.staffId }),
    )
  })

  test('P3: an assignment that is refused leaves neither doctor nor task nor event', async () => {
    const { clinic, zhou, li } = await twoManagers()
    const patientId = await clinic.patient()
    await clinic.activate(patientId)
    const before = await clinic.events('task.created')
    const answer = await zhou.try(assignDoctor, {
      params: { taskId: await asked(clinic, patientId) },
      body: { doctorId: li.staffId as never },
    })
    expect(answer).toMatchObject({ status: 422, code: 'DoctorUnfit' })
    expect(await tasksOf(clinic, patientId)).toMatchObject([{ state: 'requested', version: 1 }])
    expect(await clinic.rows('patient', `id = '${patientId}'`)).toMatchObject([{ doctor_id: null, manager_id: null }])
    expect(await clinic.events('task.created')).toEqual(before)
    expect(await clinic.events('task.done')).toEqual([])
  })
})

describe('P4', () => {
  const assign = async (
    clinic: SampleClinic,
    by: Awaited<ReturnType<SampleClinic['staff']>>,
    doctorId: string,
    patient = '赵一',
  ) => {
    const patientId = await clinic.patient(patient)
    await clinic.activate(patientId)
    return by.call(assignDoctor, {
      params: { taskId: await asked(clinic, patientId) },
      body: { doctorId: doctorId as never },
    })
  }

  test('P4: of several managers whoever has the fewest living customers', async () => {
    const { clinic, zhou, doctor, li, wang } = await twoManagers()
    for (let i = 0; i < 3; i++) await clinic.patient(`李客${'甲乙丙'[i]}`, { manager: li })
    const dead: string[] = []
    for (let i = 0; i < 4; i++) dead.push(await clinic.patient(`王客${'甲乙丙丁'[i]}`, { manager: wang }))
    await clinic.house.write(
      (ctx) => ctx.tx.updateTable('patient').set({ state: 'deceased' }).where('id', 'in', dead.slice(0, 2)).execute(),
      clinic.tenant,
    )
    expect((await assign(clinic, zhou, doctor.staffId)).next.executor).toMatchObject({ id: wang.staffId })
  })

  test('P4: at equal load whoever has waited longest, then by id', async () => {
    const { clinic, zhou, doctor, li, wang } = await twoManagers()
    const order: string[] = []
    for (let i = 0; i < 4; i++) {
      clinic.house.clock.advance({ seconds: 1 })
      order.push((await assign(clinic, zhou, doctor.staffId, `轮${'甲乙丙丁'[i]}`)).next.executor!.id)
    }
    expect(order).toEqual([li.staffId, wang.staffId, li.staffId, wang.staffId])
  })

  test('P4: twenty assignments to one doctor at the same moment spread evenly', async () => {
    const { clinic, doctor } = await twoManagers()
    await clinic.bind(doctor, await clinic.staff('service-manager'), await clinic.staff('service-manager'))
    const sales = await Promise.all(Array.from({ length: 20 }, () => clinic.staff('sales-manager')))
    const patients: string[] = []
    for (let i = 0; i < 20; i++) {
      patients.push(await clinic.patient(`同时${String.fromCodePoint(0x5b89 + i)}`))
      await clinic.activate(patients[i]!)
    }
    const ids = await Promise.all(patients.map((patientId) => asked(clinic, patientId)))
    await Promise.all(
      sales.map((m, i) =>
        m.call(assignDoctor, { params: { taskId: ids[i]! }, body: { doctorId: doctor.staffId as never } }),
      ),
    )
    const owners = (await clinic.rows<TaskRow>('task', `type = 'complete-record'`)).map((t) => t.owner_id!)
    const counts = Object.values(Object.groupBy(owners, (id) => id)).map((list) => list!.length)
    expect(counts).toEqual([5, 5, 5, 5])
  })

  test('P4: a manager who works with two doctors is counted right while both get customers at once', async () => {
    const { clinic, doctor, li, wang } = await twoManagers()
    const second = await clinic.staff('physician')
    await clinic.bind(second, wang, li)
    const sales = await Promise.all(Array.from({ length: 8 }, () => clinic.staff('sales-manager')))
    const ids: never[] = []
    for (let i = 0; i < 8; i++) {
      const patientId = await clinic.patient(`两医${String.fromCodePoint(0x5b89 + i)}`)
      await clinic.activate(patientId)
      ids.push(await asked(clinic, patientId))
    }
    await Promise.all(
      sales.map((m, i) =>
        m.call(assignDoctor, {
          params: { taskId: ids[i]! },
          body: { doctorId: (i % 2 ? doctor : second).staffId as never },
        }),
      ),
    )
    const owners = (await clinic.rows<TaskRow>('task', `type = 'complete-record'`)).map((t) => t.owner_id!)
    expect([li, wang].map((m) => owners.filter((id) => id === m.staffId).length)).toEqual([4, 4])
  })

  test('P4: nobody bound: the lead of the doctor’s department gets it, with a flag', async () => {
    const clinic = await sampleClinic(house)
    const sales = await clinic.staff('sales-manager')
    const lead = await clinic.staff('quality-lead', { name: '郑国华' })
    const doctor = await clinic.staff('physician', { departmentId: await clinic.department('全科', lead.staffId) })
    const { next } = await assign(clinic, sales, doctor.staffId)
    expect(next).toMatchObject({ executor: { id: lead.staffId, name: '郑国华' }, alert: 'no-manager-bound' })
    expect((await lead.call(getWorkbench)).soon).toBe(1)
    expect(await clinic.events('task.created')).toContainEqual(
      expect.objectContaining({ taskId: next.taskId, alert: 'no-manager-bound' }),
    )
  })

  test('P4: nobody bound and no lead: the pool of quality leads', async () => {
    const clinic = await sampleClinic(house)
    const sales = await clinic.staff('sales-manager')
    const lead = await clinic.staff('quality-lead')
    const { next } = await assign(clinic, sales, (await clinic.staff('physician')).staffId)
    expect(next).toMatchObject({ executor: null, alert: 'no-manager-bound' })
    expect((await lead.call(getWorkbench)).pool.rows).toMatchObject([
      { id: next.taskId, poolRole: 'quality-lead', can: ['hand-over'] },
    ])
  })

  test('P4: a patient whose manager already works with the doctor keeps that manager', async () => {
    const { clinic, zhou, doctor, li, wang } = await twoManagers()
    for (let i = 0; i < 3; i++) await clinic.patient(`多客${'甲乙丙'[i]}`, { manager: wang })
    const patientId = await clinic.patient('老客户', { manager: wang })
    await clinic.activate(patientId)
    const { next } = await zhou.call(assignDoctor, {
      params: { taskId: await asked(clinic, patientId) },
      body: { doctorId: doctor.staffId as never },
    })
    expect(next.executor).toMatchObject({ id: wang.staffId })
    expect(li.staffId).not.toBe(wang.staffId)
  })

  test('the choice of doctors shows what each and their managers look after', async () => {
    const { clinic, zhou, doctor, li } = await twoManagers()
    await clinic.patient('已有', { doctor, manager: li })
    const { doctors } = await zhou.call(listDoctors)
    expect(doctors).toMatchObject([
      {
        name: '张文远',
        customers: 1,
        managers: expect.arrayContaining([expect.objectContaining({ name: li.name, customers: 1 })]),
      },
    ])
  })
})

describe('P5', () => {
  test('P5: to complete a record by hand only the managers bound to the responsible doctor are offered and accepted', async () => {
    const { clinic, doctor, li, wang } = await twoManagers()
    const stranger = await clinic.staff('service-manager', { name: '外人' })
    const patientId = (await clinic.patient('钱二', { doctor, manager: li })) as never
    const { executors } = await li.call(listExecutors, { query: { type: 'complete-record', patientId } })
    expect(executors.map((e) => e.name).toSorted()).toEqual(['李素珍', '王海燕'].toSorted())
    const create = (ownerId: string | null) =>
      li.try(createNewTask, {
        body: { type: 'complete-record', patientId, ownerId: ownerId as never, dueOn: '2026-03-03' },
      })
    expect((await create(wang.staffId)).status).toBe(200)
    for (const id of [stranger.staffId, doctor.staffId, null])
      expect(await create(id)).toMatchObject({ status: 422, code: 'ExecutorUnfit' })
    expect(await tasksOf(clinic, patientId)).toMatchObject([{ owner_id: wang.staffId, source: 'manual' }])
  })

  test('P5: without a responsible doctor there is nobody to choose', async () => {
    const { clinic, li } = await twoManagers()
    const patientId = (await clinic.patient('孙三', { manager: li })) as never
    const answer = await li.try(createNewTask, {
      body: { type: 'complete-record', patientId, ownerId: li.staffId as never, dueOn: '2026-03-03' },
    })
    expect(answer).toMatchObject({ status: 422, code: 'NoResponsibleDoctor' })
    expect((await li.call(listExecutors, { query: { type: 'complete-record', patientId } })).executors).toEqual([])
  })
})

describe('P6', () => {
  test('P6: every type but the assignment of a doctor can be made by hand', async () => {
    const { clinic, doctor, li } = await twoManagers()
    const patientId = (await clinic.patient('周四', { doctor, manager: li })) as never
    for (const type of ['complete-record', 'follow-up', 'diagnosis-assessment', 'recheck', 'call', 'other'] as const) {
      const made = await li.call(createNewTask, {
        body: { type, patientId, ownerId: li.staffId as never, dueOn: '2026-03-04', title: type },
      })
      expect(made).toMatchObject({
        type,
        state: 'accepted',
        owner: { id: li.staffId },
        history: [{ kind: 'created', byName: li.name }],
      })
    }
  })

  test('P6: the API denies the assignment of a doctor, and nothing is made or sent', async () => {
    const { clinic, li } = await twoManagers()
    const patientId = (await clinic.patient('吴五', { manager: li })) as never
    const answer = await li.try(createNewTask, { body: { type: 'assign-doctor', patientId, dueOn: '2026-03-04' } })
    expect(answer).toMatchObject({ status: 403, code: 'TaskTypeNotByHand' })
    expect(await tasksOf(clinic, patientId)).toEqual([])
    expect(await clinic.events('task.created')).toEqual([])
    expect(await clinic.rows('audit_entry', `action = 'task.create'`)).toMatchObject([{ outcome: 'denied' }])
  })

  test('P6: for somebody else’s customer nothing can be made', async () => {
    const { clinic, li, wang } = await twoManagers()
    const patientId = (await clinic.patient('郑六', { manager: wang })) as never
    expect(await li.try(createNewTask, { body: { type: 'call', patientId, dueOn: '2026-03-04' } })).toMatchObject({
      status: 404,
    })
  })

  test('P6: sent twice by an impatient page it is one task', async () => {
    const { clinic, li } = await twoManagers()
    const patientId = (await clinic.patient('冯七', { manager: li })) as never
    const body = { type: 'call' as const, patientId, dueOn: '2026-03-04', key: clinic.house.house.ids.next() as string }
    const [a, b] = await Promise.all([li.call(createNewTask, { body }), li.call(createNewTask, { body })])
    expect(a.id).toBe(b.id)
    expect((await li.call(listTasks, { query: { patientId } })).rows).toHaveLength(1)
  })
})
