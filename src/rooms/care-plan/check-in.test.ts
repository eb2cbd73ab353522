import { describe, expect, test } from 'vitest'
import { closeTask } from '../task/server/index.ts'
import { myPlan, myReminder, myTick, myUndo, tickFor, undoFor } from './contract/check-in.ts'
import { listAllPlans, movePlan } from './contract/plan.ts'
import { addHomework, endHomework } from './contract/team.ts'
import { aPlanClinic, ofPlan } from './sample-clinic.ts'
import { askForSteps, measurePlans, remind } from './server/round.ts'

const clinic = await aPlanClinic()
const { house, doctor, manager, counsellor } = clinic
const today = () => house.clock.today(house.tenant.timeZone)
const db = () => house.house.databases.of(house.tenant.id)
const uuid = () => house.house.ids.next<string & never>() as string

async function aRunner() {
  const patientId = await clinic.aPatient()
  const plan = await clinic.running(patientId)
  const me = await house.asPatient(patientId)
  const tick = (actionKey: string, more: object = {}) => ({
    body: { clientId: uuid(), planId: plan.id, actionKey, on: today(), outcome: 'done' as const, ...more },
  })
  return { patientId, plan, me, tick }
}

describe('the person ticks', () => {
  test('today with one press, yesterday later, and what they see is theirs alone', async () => {
    const { plan, me, tick } = await aRunner()
    const before = await me.call(myPlan)
    expect(before.plans[0]).toMatchObject({
      title: '血压管理 30 天',
      doctorName: '张文远',
      activeDays: 0,
      adherence: { expected: 0, percent: null },
    })
    expect(before.plans[0]!.days[0]!.actions.map(({ title }) => title)).toEqual([
      '早上量一次血压',
      '今天少放盐',
      '快走 30 分钟',
      '按时吃药',
      '晚上量一次血压',
    ])
    expect(before.plans[0]!.goals[0]).toMatchObject({ target: '收缩压 < 135 mmHg', now: null })
    expect(await me.call(myTick, tick('salt'))).toEqual({ kept: true })
    expect(await me.call(myTick, tick('walk', { outcome: null, value: 20 }))).toEqual({ kept: true })
    const after = (await me.call(myPlan)).plans[0]!
    expect(after.days[0]!.actions.map(({ given }) => given?.outcome ?? null)).toEqual([
      null,
      'done',
      'partly',
      null,
      null,
    ])
    const stranger = await house.asPatient(await clinic.aPatient())
    expect((await stranger.call(myPlan)).plans).toEqual([])
    expect((await stranger.try(myTick, { body: { ...tick('salt').body, planId: plan.id } })).status).toBe(404)
  })

  test('sent twice it ticks once; a new word takes the place of the old', async () => {
    const { patientId, plan, me, tick } = await aRunner()
    const once = tick('salt')
    const answers = await Promise.all([me.call(myTick, once), me.call(myTick, once)])
    expect(answers.filter(({ kept }) => kept).length).toBe(1)
    await me.call(myTick, tick('salt', { outcome: 'not-done' }))
    const rows = await db().selectFrom('care_plan_check_in').selectAll().where('plan_id', '=', plan.id).execute()
    expect(rows.map(({ outcome, replaced_at }) => [outcome, replaced_at !== null]).toSorted()).toEqual([
      ['done', true],
      ['not-done', false],
    ])
    expect((await clinic.read(plan, patientId)).adherence).toMatchObject({ expected: 1, done: 0, percent: 0 })
  })

  test('somebody else’s id of a tick gives nothing away', async () => {
    const one = await aRunner()
    const other = await aRunner()
    const tick = one.tick('salt')
    await one.me.call(myTick, tick)
    expect(
      (await other.me.try(myTick, { body: { ...other.tick('salt').body, clientId: tick.body.clientId } })).code,
    ).toBe('CheckInUnfit')
    expect((await other.me.try(myUndo, { body: { clientId: tick.body.clientId } })).status).toBe(404)
  })

  test('undone on the same day, not on the next', async () => {
    const { me, tick } = await aRunner()
    const salt = tick('salt')
    await me.call(myTick, salt)
    expect(await me.call(myUndo, { body: { clientId: salt.body.clientId } })).toEqual({ undone: true })
    expect(await me.call(myUndo, { body: { clientId: salt.body.clientId } })).toEqual({ undone: false })
    const kept = tick('salt')
    await me.call(myTick, kept)
    await clinic.pass(1)
    const again = await house.asPatient(me.patientId)
    expect((await again.try(myUndo, { body: { clientId: kept.body.clientId } })).code).toBe('CheckInTooLate')
  })

  test.each([
    ['tomorrow', { on: '2026-12-01' }, 'CheckInTooLate'],
    ['long ago', { on: '2026-01-01' }, 'CheckInTooLate'],
    ['an action that is not in the plan', { actionKey: 'dance' }, 'CheckInUnfit'],
    ['nothing', { outcome: null }, 'CheckInUnfit'],
    ['a number that is none', { value: -1 }, 'InvalidInput'],
  ])('%s is refused', async (_what, more, code) => {
    const { me, tick } = await aRunner()
    expect((await me.try(myTick, tick('salt', more))).code).toBe(code)
  })

  test('a plan that rests asks for nothing', async () => {
    const { patientId, plan, me, tick } = await aRunner()
    await manager.call(movePlan, { ...ofPlan(patientId, plan.id), body: { act: 'pause' } })
    expect((await me.call(myPlan)).plans[0]).toMatchObject({ paused: true, days: [{ actions: [] }, { actions: [] }] })
    expect((await me.try(myTick, tick('salt'))).code).toBe('CarePlanNotActive')
  })
})

describe('staff tick on a call', () => {
  test('up to a week back, named as theirs; and take it back', async () => {
    const { patientId, plan } = await aRunner()
    await clinic.pass(5)
    const me = await house.asPatient(patientId)
    const clientId = uuid()
    const body = { clientId, actionKey: 'salt', on: plan.startedOn!, outcome: 'partly' as const }
    await manager.call(tickFor, { ...ofPlan(patientId, plan.id), body })
    const row = await db()
      .selectFrom('care_plan_check_in')
      .selectAll()
      .where('id', '=', clientId)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ by_kind: 'staff', by_name: '李素珍', outcome: 'partly' })
    expect(await manager.call(undoFor, { ...ofPlan(patientId, plan.id), body: { clientId } })).toEqual({ undone: true })
    expect((await counsellor.try(tickFor, { ...ofPlan(patientId, plan.id), body })).status).toBe(403)
    expect((await me.try(tickFor, { ...ofPlan(patientId, plan.id), body })).status).toBe(401)
  })
})

test('a week of ticks: adherence with its n, and low adherence is found', async () => {
  const { patientId, plan, me } = await aRunner()
  const quiet = await aRunner()
  let own = me
  for (let day = 0; day < 7; day++) {
    const key = day < 5 ? 'done' : 'partly'
    await own.call(myTick, {
      body: { clientId: uuid(), planId: plan.id, actionKey: 'salt', on: today(), outcome: key as 'done' },
    })
    await clinic.pass(1)
    own = await house.asPatient(patientId)
  }
  await measurePlans(house.house, house.tenant)
  const view = await clinic.read(plan, patientId)
  // Five days done and two in part of seven due; yesterday was ticked, today can still be.
  expect(view.actions.find(({ key }) => key === 'salt')!.adherence).toEqual({
    expected: 7,
    done: 5,
    partly: 2,
    percent: 86,
  })
  const strip = view.actions
    .find(({ key }) => key === 'salt')!
    .strip.slice(-8)
    .map(({ mark }) => mark)
  expect(strip).toEqual(['done', 'done', 'done', 'done', 'done', 'partly', 'partly', 'open'])
  const low = await doctor.call(listAllPlans, { query: { filter: 'low-adherence', limit: 200 } as never })
  expect(low.rows.map(({ id }) => id)).toContain(quiet.plan.id)
  expect(await measurePlans(house.house, house.tenant)).toBe(0)
})

describe('steps', () => {
  test('become the manager’s task once, and are done with it', async () => {
    const { patientId, plan } = await aRunner()
    await clinic.pass(7)
    await Promise.all([askForSteps(house.house, house.tenant), askForSteps(house.house, house.tenant)])
    const tasks = await db()
      .selectFrom('task')
      .selectAll()
      .where('source', '=', 'care-plan-step')
      .where('patient_id', '=', patientId)
      .execute()
    expect(tasks.map(({ owner_id, title, state }) => [owner_id, title, state])).toEqual([
      [manager.staffId, '血压管理 30 天 · 第 7 天：第一周：还顺利吗', 'accepted'],
    ])
    const due = await doctor.call(listAllPlans, { query: { filter: 'step-due', limit: 200 } as never })
    expect(due.rows.map(({ id }) => id)).toContain(plan.id)
    await house.write((ctx) => closeTask(ctx, tasks[0]!.id, { state: 'completed' }))
    await house.settle()
    const view = await clinic.read(plan, patientId)
    expect(view.steps.map(({ state }) => state)).toEqual(['done', 'ahead', 'ahead'])
    expect(view.nextStepOn).toBe(view.steps[1]!.dueOn)
  })
})

describe('reminders', () => {
  test('nobody is reminded unasked; asked, once a day, of what is open only', async () => {
    const { patientId, plan, me } = await aRunner()
    const sent = async () =>
      (
        await db()
          .selectFrom('message')
          .selectAll()
          .where('template', '=', 'care-plan-check-in')
          .where('patient_id', '=', patientId)
          .execute()
      ).filter(({ channel }) => channel === 'in-app').length
    await remind(house.house, house.tenant)
    expect(await sent()).toBe(0)
    expect(await me.call(myReminder, { body: { wanted: true, minute: 480 } })).toEqual({ wanted: true, minute: 480 })
    await remind(house.house, house.tenant)
    await remind(house.house, house.tenant)
    expect(await sent()).toBe(1)
    await clinic.pass(1)
    const again = await house.asPatient(patientId)
    for (const actionKey of ['measure', 'measure-evening', 'salt', 'medicine'])
      await again.call(myTick, { body: { clientId: uuid(), planId: plan.id, actionKey, on: today(), outcome: 'done' } })
    await again.call(myTick, { body: { clientId: uuid(), planId: plan.id, actionKey: 'walk', on: today(), value: 40 } })
    await remind(house.house, house.tenant)
    expect(await sent()).toBe(1)
    expect((await me.try(myReminder, { body: { wanted: true, minute: 60 } })).status).toBeGreaterThanOrEqual(400)
  })
})

describe('S0-23 homework of the counsellor', () => {
  test('stands in the shared plan, is ticked like the rest, and only who gave it takes it out', async () => {
    const { patientId, plan, me } = await aRunner()
    const id = uuid()
    const body = {
      id,
      title: '慢呼吸十分钟',
      words: '睡前做',
      cadence: { kind: 'daily' as const },
      ask: { kind: 'outcome' as const },
    }
    await counsellor.call(addHomework, { ...ofPlan(patientId, plan.id), body })
    const key = `hw-${id}`
    expect((await clinic.read(plan, patientId)).actions.find((one) => one.key === key)).toMatchObject({
      homeworkBy: '陈静',
      kind: 'homework',
    })
    await me.call(myTick, { body: { clientId: uuid(), planId: plan.id, actionKey: key, on: today(), outcome: 'done' } })
    expect(
      (await manager.try(addHomework, { ...ofPlan(patientId, plan.id), body: { ...body, id: uuid() } })).status,
    ).toBe(403)
    const other = await house.as('counsellor')
    expect(
      (await other.try(endHomework, { params: { ...ofPlan(patientId, plan.id).params, homeworkId: id as never } }))
        .status,
    ).toBe(404)
    expect(
      await counsellor.call(endHomework, { params: { ...ofPlan(patientId, plan.id).params, homeworkId: id as never } }),
    ).toEqual({ ended: true })
    expect((await clinic.read(plan, patientId)).actions.map((one) => one.key)).not.toContain(key)
  })
})
