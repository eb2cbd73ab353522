import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { taskDone } from '../task/contract/events.ts'
import type { WorklistId } from './contract/words.ts'
import * as contract from './contract/worklist.ts'
import { aPerson, highPressure, look, measured, signInAgain } from './sample-clinic.ts'
import { shareOf } from './server/interval.ts'

const house = await aHouse()
const { tenant, clock } = house
const db = () => house.house.databases.of(tenant.id)
let manager: Caller, other: Caller, doctor: Caller, counsellor: Caller, editor: Caller
let high = '',
  low = ''

beforeAll(async () => {
  ;[manager, other, doctor, counsellor, editor] = await Promise.all([
    house.as('service-manager'),
    house.as('service-manager'),
    house.as('physician'),
    house.as('counsellor'),
    house.as('content-editor'),
  ])
  const carers = { managerId: manager.staffId, doctorId: doctor.staffId }
  high = await aPerson(house, { sbp: 150, birthDate: '1950-01-01', ...carers })
  low = await aPerson(house, { sbp: 120, ...carers })
  await look(house)
})

const aDefinition = (over: Partial<contract.WorklistDefinition> = {}): contract.WorklistDefinition => ({
  name: '血压偏高要联系',
  purpose: '一周内问到每一位',
  condition: highPressure,
  sort: 'due',
  targetDays: 7,
  ...over,
})

async function aWorklist(over: Partial<contract.WorklistDefinition> = {}, by = manager): Promise<WorklistId> {
  const { id } = await by.call(contract.createWorklist, { body: { definition: aDefinition(over) } })
  await house.settle()
  return id
}

const of = (worklistId: WorklistId) => ({ params: { worklistId } })
const item = (worklistId: WorklistId, patientId: string) => ({ params: { worklistId, patientId: patientId as never } })
const list = async (worklistId: WorklistId, filter: (typeof contract.ITEM_FILTERS)[number] = 'open', by = manager) =>
  (await by.call(contract.listItems, { ...of(worklistId), query: { filter } })).rows

const later = async (days: number) => {
  clock.advance({ days })
  ;[manager, other, doctor, counsellor, editor] = (await Promise.all(
    [manager, other, doctor, counsellor, editor].map((who) => signInAgain(house, who)),
  )) as [Caller, Caller, Caller, Caller, Caller]
}

describe('a worklist', () => {
  test('holds whom its condition is true of, since when and until when, for those who look after them', async () => {
    const id = await aWorklist()
    expect(await list(id)).toMatchObject([{ patient: { id: high }, dueOn: '2026-03-09', state: 'open', doneBy: null }])
    expect(await list(id, 'open', other)).toEqual([])
    const view = await manager.call(contract.openWorklist, of(id))
    expect(view).toMatchObject({
      progress: { open: 1, overdue: 0, done: 0, inTime: null },
      stopped: false,
      filling: null,
    })
    expect(view.sentence.zh).toContain('收缩压')
    expect((await other.call(contract.listWorklists)).worklists.find((one) => one.id === id)?.progress.open).toBe(0)
  })

  test('is done with a note, put back, and done once however many press', async () => {
    const id = await aWorklist()
    expect((await manager.try(contract.doItem, { ...item(id, high), body: { note: '' } })).status).toBe(400)
    const press = () => doctor.try(contract.doItem, { ...item(id, high), body: { note: '约了周五复测' } })
    const answers = await Promise.all([press(), press()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await list(id)).toEqual([])
    expect(await list(id, 'done')).toMatchObject([{ note: '约了周五复测', doneBy: doctor.name, state: 'done' }])
    await manager.call(contract.putBackItem, item(id, high))
    expect(await list(id)).toMatchObject([{ state: 'open', note: '' }])
    expect((await manager.try(contract.putBackItem, item(id, high))).code).toBe('WorklistItemGone')
    const why = await manager.call(contract.explainItem, item(id, high))
    expect(why.acts.map(({ act, by }) => [act, by])).toEqual([
      ['put-back', manager.name],
      ['done', doctor.name],
    ])
    expect(why).toMatchObject({ isIn: true, holds: true })
  })

  test('who is not on it, or not one’s own, cannot be done', async () => {
    const id = await aWorklist()
    const note = { note: '打过电话' }
    expect((await manager.try(contract.doItem, { ...item(id, low), body: note })).code).toBe('WorklistItemGone')
    expect((await other.try(contract.doItem, { ...item(id, high), body: note })).status).toBe(404)
    expect((await editor.try(contract.doItem, { ...item(id, high), body: note })).status).toBe(403)
    expect((await sql`select from worklist_act where worklist_id = ${id}`.execute(db())).rows).toEqual([])
    const denied = await db()
      .selectFrom('audit_entry')
      .select('outcome')
      .where('action', '=', 'worklist.do')
      .where('outcome', '=', 'denied')
      .execute()
    expect(denied.length).toBeGreaterThan(0)
  })

  test('done stays done while the condition holds, and begins anew when it has come round again', async () => {
    const id = await aWorklist()
    const patientId = await aPerson(house, { sbp: 155, managerId: manager.staffId })
    await look(house)
    await manager.call(contract.doItem, { ...item(id, patientId), body: { note: '已提醒' } })
    await later(1)
    await measured(house, patientId, 160)
    await look(house)
    const openOnes = async () => (await list(id)).map(({ patient }) => patient.id)
    expect(await openOnes()).not.toContain(patientId)
    await later(1)
    await measured(house, patientId, 118)
    await look(house)
    await later(1)
    await measured(house, patientId, 158)
    await look(house)
    expect(await openOnes()).toContain(patientId)
    expect((await list(id, 'done')).map(({ patient }) => patient.id)).toContain(patientId)
  })

  test('says what is overdue', async () => {
    const id = await aWorklist({ targetDays: 1 })
    await later(3)
    expect((await manager.call(contract.openWorklist, of(id))).progress.overdue).toBeGreaterThan(0)
    expect((await list(id, 'overdue')).map(({ patient }) => patient.id)).toContain(high)
  })

  test('makes a task once, and is done with it', async () => {
    const id = await aWorklist()
    const body = { dueOn: clock.today('Asia/Shanghai') }
    const first = await manager.call(contract.makeTask, { ...item(id, high), body })
    const again = await manager.call(contract.makeTask, { ...item(id, high), body })
    expect(again.taskId).toBe(first.taskId)
    const task = await db().selectFrom('task').selectAll().where('id', '=', first.taskId!).executeTakeFirstOrThrow()
    expect(task).toMatchObject({ owner_id: manager.staffId, source: 'worklist', title: '血压偏高要联系' })
    const { source, source_key: sourceKey } = task
    const about = { taskId: task.id, type: 'call', patientId: high, source, sourceKey, by: manager.staffId }
    await house.write((ctx) => ctx.emit(taskDone, about as never))
    await house.settle()
    expect((await list(id)).map(({ patient }) => patient.id)).not.toContain(high)
    expect(await list(id, 'done')).toMatchObject([{ taskId: first.taskId, doneBy: manager.name }])
  })

  test('is changed by one at a time, put away and taken up again', async () => {
    const id = await aWorklist({ sort: 'oldest' })
    const change = (by: Caller) =>
      by.try(contract.changeWorklist, {
        ...of(id),
        body: { definition: aDefinition({ condition: { sex: 'female' } }), version: 1 },
      })
    const answers = await Promise.all([change(manager), change(doctor)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    await house.settle()
    expect((await list(id)).map(({ patient }) => patient.id)).toEqual(expect.arrayContaining([high, low]))
    await manager.call(contract.retireWorklist, of(id))
    expect(await list(id)).toEqual([])
    expect((await manager.try(contract.doItem, { ...item(id, high), body: { note: '打过电话' } })).code).toBe(
      'WorklistRetired',
    )
    expect(
      (await manager.call(contract.listWorklists, { query: { retired: 'true' } as never })).worklists.map(
        (one) => one.id,
      ),
    ).toContain(id)
    await manager.call(contract.restoreWorklist, of(id))
    await house.settle()
    expect((await list(id)).map(({ patient }) => patient.id)).toContain(low)
  })

  test('is sorted as it says, and paged', async () => {
    const id = await aWorklist({ condition: { sex: 'female' }, sort: 'oldest' })
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await manager.call(contract.listItems, {
        ...of(id),
        query: { limit: 1, ...(cursor ? { cursor } : {}) },
      })
      seen.push(...page.rows.map(({ patient }) => patient.id))
      if (!page.next) break
      cursor = page.next
    }
    expect(seen[0]).toBe(high)
    expect(new Set(seen).size).toBe(seen.length)
  })
})

describe('who may know', () => {
  const lowMood = { condition: { codes: ['F32'] } }
  test('what asks about mind and mood is for those who may read such answers', async () => {
    expect(
      (await manager.try(contract.createWorklist, { body: { definition: aDefinition({ condition: lowMood }) } }))
        .status,
    ).toBe(403)
    const id = await aWorklist({ condition: lowMood }, doctor)
    expect((await manager.try(contract.openWorklist, of(id))).status).toBe(404)
    expect((await manager.try(contract.listItems, of(id))).status).toBe(404)
    expect((await manager.call(contract.listWorklists)).worklists.map((one) => one.id)).not.toContain(id)
    const seen = (await counsellor.call(contract.listWorklists)).worklists.map((one) => one.id)
    expect(seen).toEqual([id])
  })

  test('who may not read the record sees no list that asks it', async () => {
    const id = await aWorklist()
    expect((await counsellor.try(contract.openWorklist, of(id))).status).toBe(404)
    expect((await editor.try(contract.listWorklists)).status).toBe(403)
    expect((await counsellor.try(contract.createWorklist, { body: { definition: aDefinition() } })).status).toBe(403)
  })

  test('a count while editing is of one’s own people', async () => {
    const body = { condition: { sex: 'female' as const }, ask: 'list-1' }
    expect((await manager.call(contract.countWorklist, { body })).size.count).toBeGreaterThan(1)
    expect(await other.call(contract.countWorklist, { body })).toMatchObject({ size: { count: 0 }, of: 0 })
  })

  test('what nobody knows is refused', async () => {
    const definition = aDefinition({ condition: { weather: 'wet' } as never })
    expect((await manager.try(contract.createWorklist, { body: { definition } })).code).toBe('WorklistFaulty')
    expect(
      (await manager.try(contract.createWorklist, { body: { definition: aDefinition({ targetDays: -1 }) } })).status,
    ).toBe(400)
  })
})

describe('the share in time', () => {
  // Wilson's interval against the values of R's prop.test(correct = FALSE).
  test.each([
    [29, 29, null],
    [15, 30, { percent: 50, low: 33.2, high: 66.8 }],
    [30, 30, { percent: 100, low: 88.6, high: 100 }],
    [0, 30, { percent: 0, low: 0, high: 11.4 }],
    [81, 263, { percent: 30.8, low: 25.5, high: 36.6 }],
  ])('%i of %i', (part, whole, expected) => {
    expect(shareOf(part, whole)).toEqual(expected)
  })
})
