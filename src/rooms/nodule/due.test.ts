import { describe, expect, test } from 'vitest'
import { listNotices } from '../message/contract/notice.ts'
import { completeTask, listTasks } from '../task/contract/task.ts'
import { listNodules, type View } from './contract/nodule.ts'
import { listNoduleSettings, putNoduleSetting } from './contract/setting.ts'
import type { NoduleView } from './contract/words.ts'
import { aNoduleClinic, SOLID } from './sample-nodule.ts'
import { actOnDue } from './server/round.ts'

const clinic = await aNoduleClinic()

const on = async (view: View) =>
  (await clinic.nurse.call(listNodules, { query: { view, limit: 200 } as never })).rows.map(({ id }) => id)
const tasksOf = async (nodule: NoduleView) =>
  (await clinic.nurse.call(listTasks, { query: { scope: 'mine', patientId: nodule.patient.id } as never })).rows

describe('the guideline', () => {
  test('until it is set nothing counts: a settled category waits for it, and the round plans once it is there', async () => {
    const nodule = await clinic.settled(await clinic.found('lung', SOLID), 'lung-rads-2022', '3', '看过片子')
    expect(nodule).toMatchObject({ waiting: 'setting', dueOn: null })
    expect(nodule.scans[0]!.refusal).toBeNull()
    const ungraded = await clinic.found('lung', SOLID)
    expect(ungraded.scans[0]!.grades).toEqual([])
    await clinic.set('lung', 'lung-rads-2022')
    await clinic.pass(0)
    expect(await clinic.read(nodule)).toMatchObject({ waiting: null, dueOn: '2026-09-01' })
    expect((await clinic.read(ungraded)).scans[0]!.grades).toMatchObject([{ source: 'instrument', category: '3' }])
  })

  test('is set by version in one’s own name; two at once are one', async () => {
    const { organs } = await clinic.doctor.call(listNoduleSettings)
    const breast = organs.find(({ organ }) => organ === 'breast')!
    expect(breast.current).toBeNull()
    const guideline = breast.guidelines[0]!
    const rows = Object.fromEntries(guideline.rows.map(({ key, plan }) => [key, plan]))
    const put = (change: object, more: object = {}) =>
      clinic.doctor.try(putNoduleSetting, {
        params: { organ: 'breast' },
        body: {
          definition: { system: 'bi-rads', rows, windowDays: 30, referDays: 7, ...change } as never,
          version: 0,
          confirmed: true,
          ...more,
        },
      })
    expect(await put({}, { confirmed: false })).toMatchObject({ code: 'NoduleGuidelineUnconfirmed' })
    expect(await put({ system: 'c-tirads' })).toMatchObject({ code: 'NoduleSystemUnfit' })
    expect(await put({ rows: { '3': rows['3'] } })).toMatchObject({ code: 'NoduleRowsWrong' })
    const falling = { ...rows, '3': { act: 'recheck', months: [12, 6], then: 'repeat' } }
    expect(await put({ rows: falling })).toMatchObject({ code: 'NoduleRowsWrong' })
    const answers = await Promise.all([put({}), put({})])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await put({ windowDays: 7 }, { version: 1 })).status).toBe(200)
    const after = (await clinic.nurse.call(listNoduleSettings)).organs.find(({ organ }) => organ === 'breast')!
    expect(after.current).toMatchObject({ version: 2, windowDays: 7, byName: '张文远' })
    expect(after.history.map(({ version }) => version)).toEqual([2, 1])
    const body = { definition: { ...after.current!, rows } as never, version: 2, confirmed: true }
    expect(await clinic.nurse.try(putNoduleSetting, { params: { organ: 'breast' }, body })).toMatchObject({
      status: 403,
    })
  })
})

describe('as the days go by', () => {
  test('planned, due with a task, late with another and a word; never closed; met by a scan', async () => {
    const nodule = await clinic.settled(
      await clinic.found('lung', { ...SOLID, on: '2025-10-01' }),
      'lung-rads-2022',
      '3',
    )
    expect(nodule).toMatchObject({ fromOn: '2026-03-18', dueOn: '2026-04-01' })
    expect(await on('planned')).toContain(nodule.id)
    await clinic.pass(15)
    expect(await tasksOf(nodule)).toEqual([])
    await clinic.pass(1)
    expect(await on('due')).toContain(nodule.id)
    const [task] = await tasksOf(nodule)
    expect(task).toMatchObject({
      type: 'recheck',
      title: '肺结节 上部：复查',
      dueOn: '2026-04-01',
      priority: 'routine',
    })
    expect(await actOnDue(clinic.house.house, clinic.house.tenant)).toBe(0)

    await clinic.pass(14)
    expect(await on('due')).toContain(nodule.id)
    await clinic.pass(1)
    expect(await on('overdue')).toContain(nodule.id)
    expect(await tasksOf(nodule)).toHaveLength(1)
    for (const who of [clinic.nurse, clinic.doctor])
      expect((await who.call(listNotices)).rows[0]).toMatchObject({
        kind: 'nodule-overdue',
        link: '/nodules?view=overdue',
      })

    await clinic.nurse.call(completeTask, {
      params: { taskId: task!.id },
      body: { version: task!.version, outcome: { text: '打过电话' } } as never,
    })
    expect((await clinic.read(nodule)).state).toBe('open')
    await clinic.pass(7)
    const [again] = await tasksOf(nodule)
    expect(again).toMatchObject({ title: '肺结节 上部：复查（已逾期）', priority: 'urgent' })
    expect(again!.id).not.toBe(task!.id)

    await clinic.pass(400)
    expect(await clinic.read(nodule)).toMatchObject({ state: 'open', dueOn: '2026-04-01' })
    expect(await on('overdue')).toContain(nodule.id)
    const met = await clinic.look(nodule, { ...SOLID, on: '2027-05-01' })
    expect(met.rechecks[0]).toMatchObject({ state: 'met' })
    expect((await tasksOf(nodule)).filter(({ type }) => type === 'recheck')).toEqual([])
    expect(await on('overdue')).not.toContain(nodule.id)
    expect(await on('waiting')).toContain(nodule.id)
  })

  test('two rounds at once make one task', async () => {
    const nodule = await clinic.settled(
      await clinic.found('lung', { ...SOLID, on: '2026-01-01' }),
      'lung-rads-2022',
      '3',
    )
    await Promise.all([1, 2, 3].map(() => actOnDue(clinic.house.house, clinic.house.tenant)))
    expect(await tasksOf(nodule)).toHaveLength(1)
  })

  test('a doctor who does not answer is asked again, in the same task', async () => {
    const nodule = await clinic.found('lung', SOLID)
    const asked = async () =>
      (await clinic.doctor.call(listTasks, { query: { scope: 'mine', patientId: nodule.patient.id } as never })).rows
    expect(await asked()).toHaveLength(1)
    await clinic.pass(7)
    expect(await asked()).toHaveLength(1)
    expect((await clinic.read(nodule)).waiting).toBe('grade')
  })

  test('of those who died nothing is due; the death corrected, it is again', async () => {
    const nodule = await clinic.settled(
      await clinic.found('lung', { ...SOLID, on: '2025-10-01' }),
      'lung-rads-2022',
      '3',
    )
    const db = clinic.house.house.databases.of(clinic.house.tenant.id)
    const set = (state: 'deceased' | 'active') =>
      db.updateTable('patient').set({ state }).where('id', '=', nodule.patient.id).execute()
    await set('deceased')
    await clinic.pass(1)
    expect(await on('overdue')).not.toContain(nodule.id)
    expect(await tasksOf(nodule)).toEqual([])
    await set('active')
    await clinic.pass(1)
    expect(await on('overdue')).toContain(nodule.id)
    expect(await tasksOf(nodule)).toHaveLength(1)
  })
})

test('the table itself refuses to forget: open without a recheck or a wait, closed without a result, a log changed', async () => {
  const nodule = await clinic.found('lung', SOLID)
  const db = clinic.house.house.databases.of(clinic.house.tenant.id)
  const change = (values: object) => db.updateTable('nodule').set(values).where('id', '=', nodule.id).execute()
  await expect(change({ waiting: null, waiting_since: null, waiting_act_on: null })).rejects.toMatchObject({
    constraint: 'nodule_never_lost',
  })
  await expect(change({ state: 'closed' })).rejects.toMatchObject({ constraint: 'nodule_closed_with_result' })
  await expect(db.deleteFrom('nodule_event').execute()).rejects.toThrow()
})
