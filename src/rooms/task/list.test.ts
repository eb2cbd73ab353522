import { describe, expect, test } from 'vitest'
import { taskTimeline } from './contract/timeline.ts'
import { changeTask, claimTask, completeTask, getTask, listTasks } from './contract/task.ts'
import {
  changeFilter,
  FILTERS_MAX,
  getTeam,
  getWorkbench,
  listFilters,
  removeFilter,
  saveFilter,
} from './contract/workbench.ts'
import { aHouse, type Caller } from '../../../test/house.ts'
import { sampleClinic } from './sample-clinic.ts'

const house = await aHouse()

async function ward() {
  const clinic = await sampleClinic(house)
  clinic.house.clock.set('2026-03-02T02:00:00Z')
  const departmentId = await clinic.department('健康管理科')
  const staff = (role: Parameters<typeof clinic.staff>[0], name: string) => clinic.staff(role, { name, departmentId })
  return {
    clinic,
    doctor: await staff('physician', '张文远'),
    li: await staff('service-manager', '李素珍'),
    wang: await staff('service-manager', '王海燕'),
    lead: await staff('quality-lead', '郑国华'),
  }
}

const titles = (rows: { title: string }[]) => rows.map((row) => row.title)

describe('工作台', () => {
  test('today, overdue and pool in one call, by priority, then due date', async () => {
    const { clinic, li, wang } = await ward()
    const mine = (title: string, dueOn: string, priority: 'stat' | 'urgent' | 'routine' = 'routine') =>
      clinic.task({ title, dueOn, priority, ownerId: li.staffId })
    await mine('今天普通', '2026-03-02')
    await mine('今天立即', '2026-03-02', 'stat')
    await mine('今天优先', '2026-03-02', 'urgent')
    await mine('逾期近', '2026-03-01')
    await mine('逾期远', '2026-02-01')
    await mine('逾期优先', '2026-02-28', 'urgent')
    await mine('本周', '2026-03-09')
    await mine('以后', '2026-03-10')
    await clinic.task({ title: '同事的', ownerId: wang.staffId })
    await clinic.task({ title: '池里的', dueOn: '2026-03-08' })
    await clinic.task({ title: '池里急的', dueOn: '2026-03-09', priority: 'stat' })
    await clinic.task({ title: '别的池', poolRole: 'physician' })
    await li.call(completeTask, { params: { taskId: (await mine('完成的', '2026-03-02')) as never }, body: {} })
    const bench = await li.call(getWorkbench)
    expect(titles(bench.today.rows)).toEqual(['今天立即', '今天优先', '今天普通'])
    expect(titles(bench.overdue.rows)).toEqual(['逾期优先', '逾期远', '逾期近'])
    expect(titles(bench.pool.rows)).toEqual(['池里急的', '池里的'])
    expect([bench.day, bench.today.count, bench.overdue.count, bench.pool.count, bench.soon, bench.doneToday]).toEqual([
      '2026-03-02',
      3,
      3,
      2,
      1,
      1,
    ])
    expect(bench.overdue.rows.every((row) => row.overdue)).toBe(true)
    const short = await li.call(getWorkbench, { query: { limit: 2 } })
    expect([short.today.rows.length, short.today.count]).toEqual([2, 3])
  })

  test('a task with a planned day stands under today from that day to its last, and is overdue only then', async () => {
    const { clinic, li } = await ward()
    const mine = (title: string, plannedOn: string, dueOn: string) =>
      clinic.task({ title, ownerId: li.staffId, plannedOn, dueOn })
    await mine('还早', '2026-03-05', '2026-03-20')
    await mine('今天', '2026-03-02', '2026-03-16')
    await mine('在窗口里', '2026-02-20', '2026-03-06')
    await mine('最后一天', '2026-02-16', '2026-03-02')
    await mine('过了', '2026-02-15', '2026-03-01')
    await mine('同一天', '2026-03-02', '2026-03-02')
    const bench = await li.call(getWorkbench)
    expect(titles(bench.today.rows)).toEqual(['最后一天', '同一天', '在窗口里', '今天'])
    expect(bench.today.rows.map((row) => [row.plannedOn, row.overdue])).toEqual([
      ['2026-02-16', false],
      [null, false],
      ['2026-02-20', false],
      ['2026-03-02', false],
    ])
    expect(titles(bench.overdue.rows)).toEqual(['过了'])
    expect(bench.soon).toBe(1)
    expect(titles((await li.call(listTasks, { query: { scope: 'mine', state: 'today' } })).rows)).toEqual(
      titles(bench.today.rows),
    )
    const moved = bench.today.rows.at(-1)!
    const changed = await li.call(changeTask, {
      params: { taskId: moved.id },
      body: { version: moved.version, dueOn: '2026-03-01' },
    })
    expect([changed.plannedOn, changed.overdue]).toEqual([null, true])
  })

  test('with nothing to do it is empty, not broken', async () => {
    const { li, lead } = await ward()
    for (const who of [li, lead])
      expect(await who.call(getWorkbench)).toMatchObject({
        today: { rows: [], count: 0 },
        overdue: { count: 0 },
        pool: { count: 0 },
        soon: 0,
        doneToday: 0,
      })
  })
})

describe('lists', () => {
  const readAll = async (who: Caller, query: object, limit = 3) => {
    const seen: string[] = []
    for (let cursor: string | undefined, page = 0; page < 30; page++) {
      const answer = await who.call(listTasks, { query: { ...query, limit, ...(cursor ? { cursor } : {}) } })
      seen.push(...titles(answer.rows))
      if (!answer.next) return { seen, total: answer.total }
      cursor = answer.next
    }
    throw new Error('no end')
  }

  test('pages follow each other without gap or repetition, in each order', async () => {
    const { clinic, li } = await ward()
    const days = ['2026-03-01', '2026-03-02', '2026-03-02', '2026-03-05', '2026-03-05', '2026-03-05', '2026-03-09']
    for (const [i, dueOn] of days.entries())
      await clinic.task({ title: `开${i}`, dueOn, ownerId: li.staffId, priority: i % 3 === 0 ? 'urgent' : 'routine' })
    for (let i = 0; i < 5; i++) {
      await clinic.travel(`2026-03-02T02:0${i}:00Z`)
      await li.call(completeTask, {
        params: { taskId: (await clinic.task({ title: `完${i}`, ownerId: li.staffId })) as never },
        body: {},
      })
    }
    const open = await readAll(li, {})
    expect(open.total).toBe(7)
    expect(open.seen.slice(0, 3)).toEqual(['开0', '开3', '开6'])
    expect(open.seen.toSorted()).toEqual(['开0', '开1', '开2', '开3', '开4', '开5', '开6'])
    expect((await readAll(li, { state: 'completed' }, 2)).seen).toEqual(['完4', '完3', '完2', '完1', '完0'])
    const all = await readAll(li, { state: 'all', scope: 'mine' })
    expect([all.seen.length, new Set(all.seen).size]).toEqual([12, 12])
    expect((await li.call(listTasks, { query: { cursor: 'rubbish' } })).rows).toHaveLength(7)
  })

  test('filters: type, state, priority, due range, patient, owner', async () => {
    const { clinic, li, wang, doctor } = await ward()
    const patientId = (await clinic.patient('筛选', { manager: li, doctor })) as never
    await clinic.task({
      title: 'a',
      type: 'recheck',
      patientId,
      ownerId: li.staffId,
      dueOn: '2026-03-01',
      priority: 'stat',
    })
    await clinic.task({ title: 'b', type: 'call', patientId, ownerId: wang.staffId, dueOn: '2026-03-03' })
    await clinic.task({ title: 'c', type: 'call', ownerId: li.staffId, dueOn: '2026-03-05' })
    await clinic.task({ title: 'd', type: 'call', patientId, dueOn: '2026-03-06' })
    const done = (await clinic.task({ title: 'e', ownerId: li.staffId })) as never
    await li.call(completeTask, { params: { taskId: done }, body: {} })
    const of = async (query: object) => titles((await li.call(listTasks, { query })).rows).toSorted()
    expect(await of({})).toEqual(['a', 'c'])
    expect(await of({ type: 'recheck' })).toEqual(['a'])
    expect(await of({ state: 'overdue' })).toEqual(['a'])
    expect(await of({ priority: 'stat' })).toEqual(['a'])
    expect(await of({ dueFrom: '2026-03-02', dueTo: '2026-03-05' })).toEqual(['c'])
    expect(await of({ state: 'completed', closedFrom: '2026-03-02' })).toEqual(['e'])
    expect(await of({ state: 'completed', closedFrom: '2026-03-03' })).toEqual([])
    expect(await of({ patientId })).toEqual(['a', 'b', 'd'])
    expect(await of({ patientId, ownerId: wang.staffId })).toEqual(['b'])
    expect(await of({ scope: 'customers' })).toEqual(['a', 'b', 'd'])
    expect(await of({ scope: 'customers', ownerId: 'none' })).toEqual(['d'])
    expect(await of({ scope: 'pool' })).toEqual(['d'])
    expect(await of({ scope: 'department' })).toEqual([])
    expect((await li.try(listTasks, { query: { state: 'nonsense' as never } })).status).toBe(400)
  })
})

describe('who sees what', () => {
  test('the front desk reads who and when, never what, and no clinical type', async () => {
    const { clinic, li } = await ward()
    const desk = await clinic.staff('front-desk')
    const patientId = (await clinic.patient('王秀英', { manager: li })) as never
    const call = (await clinic.task({
      title: '血糖高，问饮食',
      note: 'HbA1c 9.1%',
      patientId,
      ownerId: li.staffId,
    })) as never
    const recheck = (await clinic.task({ type: 'recheck', title: '复查', patientId, ownerId: li.staffId })) as never
    const { rows } = await desk.call(listTasks)
    expect(rows).toMatchObject([
      {
        id: call,
        type: 'call',
        title: '',
        identityOnly: true,
        patient: { name: '王秀英' },
        owner: { name: '李素珍' },
        can: [],
      },
    ])
    const view = await desk.try(getTask, { params: { taskId: call } })
    expect(view.raw.body).not.toContain('HbA1c')
    expect(view.raw.body).not.toContain('血糖')
    expect((await desk.try(getTask, { params: { taskId: recheck } })).status).toBe(404)
    expect((await desk.call(listTasks, { query: { patientId } })).rows).toHaveLength(1)
    expect((await desk.call(getWorkbench)).today.rows).toEqual([])
  })

  test('a sales manager sees the pool of assignments and no colleague’s work', async () => {
    const { clinic, li } = await ward()
    const sales = await clinic.staff('sales-manager')
    const assigned = await clinic.patient('已分配', { doctor: await clinic.staff('physician'), manager: li })
    const secret = (await clinic.task({ title: '心理量表', patientId: assigned, ownerId: li.staffId })) as never
    expect((await sales.try(getTask, { params: { taskId: secret } })).status).toBe(404)
    expect((await sales.call(listTasks, { query: { scope: 'customers' } })).rows).toEqual([])
  })

  test('a lead sees the department with masked names, another department not', async () => {
    const { clinic, li, lead } = await ward()
    const far = await clinic.staff('service-manager', { departmentId: await clinic.department('别的科') })
    const patientId = await clinic.patient('欧阳雪梅', { manager: li })
    await clinic.task({ title: '近', note: '血压偏高', patientId, ownerId: li.staffId })
    const distant = (await clinic.task({ title: '远', ownerId: far.staffId })) as never
    const { rows } = await lead.call(listTasks)
    expect(rows).toMatchObject([{ title: '近', patient: { name: '欧阳**', phoneMasked: null }, can: ['hand-over'] }])
    expect((await lead.call(getTask, { params: { taskId: rows[0]!.id } })).note).toBe('')
    expect((await lead.try(getTask, { params: { taskId: distant } })).status).toBe(404)
  })

  test('service managers see tasks of their own customers, whoever has them; of others’ none', async () => {
    const { clinic, li, wang } = await ward()
    const patientId = await clinic.patient('共享', { manager: li })
    const taskId = (await clinic.task({ title: '同事做', patientId, ownerId: wang.staffId })) as never
    expect((await li.call(getTask, { params: { taskId } })).can).toEqual([])
    const stranger = await clinic.staff('service-manager')
    expect((await stranger.try(getTask, { params: { taskId } })).status).toBe(404)
  })

  test('roles without task.read are denied', async () => {
    const { clinic } = await ward()
    for (const role of [
      'desk-agent',
      'content-editor',
      'medical-reviewer',
      'corporate-hr',
      'security-administrator',
    ] as const)
      for (const endpoint of [listTasks, getWorkbench, listFilters])
        expect(await (await clinic.staff(role)).try(endpoint as never)).toMatchObject({ status: 403 })
  })

  test('every look leaves a line in the log', async () => {
    const { clinic, li } = await ward()
    const patientId = await clinic.patient('留痕', { manager: li })
    const taskId = (await clinic.task({ patientId, ownerId: li.staffId })) as never
    await li.call(getWorkbench)
    await li.call(listTasks)
    await li.call(getTask, { params: { taskId } })
    const lines = await clinic.rows<{ action: string; patient_id: string | null; subject_id: string | null }>(
      'audit_entry',
      `actor_id = '${li.staffId}'`,
    )
    expect(lines.map((line) => line.action).toSorted()).toEqual(['task.list', 'task.open', 'task.workbench'])
    expect(lines.find((line) => line.action === 'task.open')).toMatchObject({
      patient_id: patientId,
      subject_id: taskId,
    })
  })

  test('in English the title of a tag’s task is English', async () => {
    const { clinic, li } = await ward()
    const taskId = (await clinic.task({ title: { zh: '复查血压', en: 'Recheck' }, ownerId: li.staffId })) as never
    const titleIn = async (locale: 'zh-CN' | 'en') =>
      ((await li.try(getTask, { params: { taskId } }, { locale })).body as { title: string }).title
    expect([await titleIn('zh-CN'), await titleIn('en')]).toEqual(['复查血压', 'Recheck'])
  })
})

test('the timeline tells what was done, newest first, to whoever may open the task', async () => {
  const { clinic, li, wang } = await ward()
  const patientId = (await clinic.patient('时间线', { manager: li })) as never
  for (const [i, title] of ['一', '二', '三'].entries()) {
    await clinic.travel(`2026-03-02T02:0${i}:00Z`)
    const taskId = (await clinic.task({ patientId, title, ownerId: li.staffId })) as never
    await li.call(completeTask, { params: { taskId }, body: { outcome: { text: `结果${title}` } } })
  }
  await clinic.task({ patientId, title: '未完', ownerId: li.staffId })
  const first = await li.call(taskTimeline, { params: { patientId }, query: { limit: 2 } })
  expect(first.rows).toMatchObject([
    { kind: 'task-done', title: '三', text: '结果三', by: '李素珍', code: 'call' },
    { title: '二' },
  ])
  const second = await li.call(taskTimeline, { params: { patientId }, query: { cursor: first.next! } })
  expect([titles(second.rows), second.next]).toEqual([['一'], null])
  expect((await li.call(taskTimeline, { params: { patientId }, query: { kinds: 'report' } })).rows).toEqual([])
  expect((await wang.call(taskTimeline, { params: { patientId } })).rows).toEqual([])
})

describe('saved filters', () => {
  test('are one’s own: saved, changed, removed; a name is taken once', async () => {
    const { li, wang } = await ward()
    const { id } = await li.call(saveFilter, { body: { name: '本周复查', filter: { type: 'recheck', state: 'open' } } })
    expect(await li.try(saveFilter, { body: { name: '本周复查', filter: {} } })).toMatchObject({
      status: 409,
      code: 'FilterNameTaken',
    })
    expect((await wang.call(listFilters)).filters).toEqual([])
    expect((await wang.try(changeFilter, { params: { filterId: id }, body: { name: '改', filter: {} } })).status).toBe(
      404,
    )
    expect((await wang.try(removeFilter, { params: { filterId: id } })).status).toBe(404)
    await li.call(changeFilter, { params: { filterId: id }, body: { name: '复查', filter: { type: 'recheck' } } })
    expect((await li.call(listFilters)).filters).toEqual([{ id, name: '复查', filter: { type: 'recheck' } }])
    await li.call(removeFilter, { params: { filterId: id } })
    expect((await li.call(listFilters)).filters).toEqual([])
  })

  test(`at most ${FILTERS_MAX}`, async () => {
    const { li } = await ward()
    for (let i = 0; i < FILTERS_MAX; i++) await li.call(saveFilter, { body: { name: `筛选${i}`, filter: {} } })
    expect(await li.try(saveFilter, { body: { name: '多一个', filter: {} } })).toMatchObject({
      status: 422,
      code: 'TooManyFilters',
    })
  })
})

test('S0-44: the panel of the lead counts customers, open, overdue and done tasks, and how long they waited', async () => {
  const { clinic, li, wang, lead } = await ward()
  for (let i = 0; i < 3; i++) await clinic.patient(`面板${'甲乙丙'[i]}`, { manager: li })
  await clinic.task({ ownerId: li.staffId, dueOn: '2026-03-01' })
  for (const hour of [3, 4, 8]) {
    await clinic.travel('2026-03-02T02:00:00Z')
    const taskId = (await clinic.task({})) as never
    await li.call(claimTask, { params: { taskId } })
    await clinic.travel(`2026-03-02T0${hour}:00:00Z`)
    await li.call(completeTask, { params: { taskId }, body: {} })
  }
  const { people, from, to } = await lead.call(getTeam, { query: { days: 7 } })
  expect([from, to]).toEqual(['2026-02-24', '2026-03-02'])
  expect(people.find((p) => p.id === li.staffId)).toMatchObject({
    customers: 3,
    open: 1,
    overdue: 1,
    done: 3,
    medianHours: 2,
  })
  expect(people.find((p) => p.id === wang.staffId)).toMatchObject({ customers: 0, open: 0, done: 0, medianHours: null })
  expect((await li.try(getTeam)).status).toBe(403)
})
