import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { latestOf } from '../observation/server/index.ts'
import { markDeceased } from '../patient/contract/patient.ts'
import { complete, getVisit } from './contract/visit.ts'
import { listRuns } from './contract/run.ts'
import type { Answers } from './contract/form.ts'
import { aPerson, evaluate, pass, setUp, signedIn, storyOf } from './sample-plan.ts'

/** A year of one person under each protocol, day by day, with the clock that travels. */
const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let nurse: Caller
let doctor: Caller

beforeAll(async () => {
  await setUp(house)
  nurse = await house.as('service-manager', { name: '李健管' })
  doctor = await house.as('physician', { name: '张医生' })
})

const person = (over: Parameters<typeof aPerson>[1]) =>
  aPerson(house, { managerId: nurse.staffId, doctorId: doctor.staffId, ...over })
const open = (patientId: string, track: string) =>
  db()
    .selectFrom('occurrence')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('track', '=', track)
    .where('state', 'in', ['due', 'planned', 'missed'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
const now = () => signedIn(house, nurse.staffId)
const day = () => house.clock.today('Asia/Shanghai')
const fine: Answers = {
  'emergency-signs': ['none'],
  symptoms: ['none'],
  adherence: 'regular',
  'adverse-reaction': 'none',
  complication: 'none',
}
const visitAt = async (patientId: string, answers: Answers, over: object = {}) =>
  (await now()).call(complete, {
    params: { occurrenceId: (await open(patientId, 'visit')).id },
    body: {
      actualOn: day(),
      way: 'clinic',
      answers: { ...fine, ...answers },
      classReason: '',
      lateReason: '',
      ...over,
    },
  })
const tasksOf = (patientId: string) =>
  db().selectFrom('task').selectAll().where('patient_id', '=', patientId).orderBy('created_at').execute()

describe('hypertension', () => {
  let patientId = ''
  test('enrolment: the first visit within a month, its task with the manager, the message to the patient', async () => {
    patientId = await person({ condition: 'I10' })
    await evaluate(house)
    await pass(house, 1)
    expect(await open(patientId, 'visit')).toMatchObject({ state: 'due', due_on: '2026-03-16' })
    expect(await tasksOf(patientId)).toMatchObject([
      { type: 'follow-up', owner_id: nurse.staffId, state: 'accepted', planned_on: '2026-03-16', due_on: '2026-03-30' },
    ])
    const messages = await db()
      .selectFrom('message')
      .select(['template', 'channel'])
      .where('patient_id', '=', patientId)
      .orderBy('channel')
      .execute()
    expect(messages).toEqual([
      { template: 'follow-up-due', channel: 'email' },
      { template: 'follow-up-due', channel: 'in-app' },
    ])
  })

  test('a satisfactory visit: its values stand in the record, its task is done, the next counts from its day', async () => {
    await pass(house, 7)
    const view = await visitAt(patientId, { sbp: 132, dbp: 84, weight: 66, 'weight-target': 64 })
    expect(view).toMatchObject({ state: 'done', class: 'satisfied', action: 'routine', backEntered: false })
    expect(await open(patientId, 'visit')).toMatchObject({
      step: 'quarterly',
      sequence: 2,
      state: 'planned',
      due_on: '2026-06-10',
    })
    expect(await tasksOf(patientId)).toMatchObject([{ state: 'completed' }])
    const latest = await house.write((ctx) => latestOf(ctx, patientId, ['sbp', 'weight']))
    expect(latest.get('sbp')).toMatchObject({
      value: 132,
      source: 'follow-up',
      author_id: nurse.staffId,
      unit: 'mm[Hg]',
    })
    const thanks = await db()
      .selectFrom('message')
      .select('template')
      .where('patient_id', '=', patientId)
      .where('template', '=', 'follow-up-thanks')
      .execute()
    expect(thanks).toHaveLength(2)
  })

  test('unsatisfactory: two weeks; again: referral with its own look; then the normal cycle', async () => {
    await pass(house, 92)
    const opened = await (await now()).call(getVisit, { params: { occurrenceId: (await open(patientId, 'visit')).id } })
    expect(opened.lastTargets['weight']).toEqual({ value: 64, on: '2026-03-10' })
    expect(opened.visits[0]).toMatchObject({ class: 'satisfied', values: { sbp: 132, dbp: 84, weight: 66 } })
    expect(await visitAt(patientId, { sbp: 150, dbp: 92 })).toMatchObject({ class: 'unsatisfied', action: 'two-weeks' })
    expect(await open(patientId, 'visit')).toMatchObject({ step: 'check-2-weeks', due_on: '2026-06-24' })

    await pass(house, 13)
    expect(
      await visitAt(
        patientId,
        { sbp: 148, dbp: 90 },
        { referral: { reason: '连续两次不满意', referTo: '市一院心内科' } },
      ),
    ).toMatchObject({ class: 'unsatisfied', action: 'refer' })
    const look = await open(patientId, 'visit')
    expect(look).toMatchObject({ step: 'referral-check', due_on: '2026-07-07', rank: 0 })
    expect(await db().selectFrom('referral').selectAll().where('patient_id', '=', patientId).execute()).toMatchObject([
      { state: 'open', refer_to: '市一院心内科', check_id: look.id, urgent: false },
    ])

    await pass(house, 12)
    const back = await visitAt(patientId, {
      sbp: 144,
      dbp: 86,
      'referral-outcome': 'attended',
      'referral-result': '加用氨氯地平',
    })
    expect(back).toMatchObject({ class: 'unsatisfied', action: 'routine' })
    expect(await db().selectFrom('referral').selectAll().where('patient_id', '=', patientId).execute()).toMatchObject([
      { state: 'attended', outcome: '加用氨氯地平' },
    ])
    expect(await open(patientId, 'visit')).toMatchObject({ step: 'quarterly', due_on: '2026-10-05' })
  })

  test('missed is not late and not cancelled; entered later with its real day it re-anchors what was planned', async () => {
    await pass(house, 107)
    const missed = await open(patientId, 'visit').then(async (row) =>
      db()
        .selectFrom('occurrence')
        .selectAll()
        .where('run_id', '=', row.run_id)
        .where('track', '=', 'visit')
        .where('sequence', '=', row.sequence - 1)
        .executeTakeFirstOrThrow(),
    )
    expect(day()).toBe('2026-10-20')
    expect(missed).toMatchObject({ state: 'missed', due_on: '2026-10-05', window_until: '2026-10-19' })
    expect(await open(patientId, 'visit')).toMatchObject({ state: 'planned', due_on: '2027-01-05' })
    const body = {
      actualOn: '2026-10-20',
      way: 'phone' as const,
      answers: { ...fine, sbp: 130, dbp: 80, worry: '怕中风', 'tell-us': '没有' },
      classReason: '',
      lateReason: '',
    }
    expect(await (await now()).try(complete, { params: { occurrenceId: missed.id as never }, body })).toMatchObject({
      status: 422,
      code: 'LateReasonNeeded',
    })
    const late = await (
      await now()
    ).call(complete, { params: { occurrenceId: missed.id as never }, body: { ...body, lateReason: '外地探亲刚回来' } })
    expect(late).toMatchObject({ state: 'done-late', reason: '外地探亲刚回来', class: 'satisfied' })
    expect(await open(patientId, 'visit')).toMatchObject({ state: 'planned', due_on: '2027-01-20' })
    const story = await db()
      .selectFrom('occurrence')
      .select(['state', 'reason'])
      .where('patient_id', '=', patientId)
      .where('track', '=', 'visit')
      .orderBy('sequence')
      .execute()
    expect(story.map((row) => row.state)).toEqual(['done', 'done', 'done', 'done', 'done-late', 'cancelled', 'planned'])
    expect(story[5]!.reason).toBe('re-anchored')
    const worry = await db()
      .selectFrom('patient')
      .select('main_worry')
      .where('id', '=', patientId)
      .executeTakeFirstOrThrow()
    expect(worry.main_worry).toBe('怕中风')
  })

  test('a visit that took place in its window but is entered after it is in time: 补录', async () => {
    const other = await person({ condition: 'I10' })
    await evaluate(house)
    await pass(house, 32)
    const first = await db()
      .selectFrom('occurrence')
      .selectAll()
      .where('patient_id', '=', other)
      .where('track', '=', 'visit')
      .where('sequence', '=', 1)
      .executeTakeFirstOrThrow()
    expect(first.state).toBe('missed')
    const view = await (
      await now()
    ).call(complete, {
      params: { occurrenceId: first.id as never },
      body: {
        actualOn: first.due_on,
        way: 'home',
        answers: { ...fine, sbp: 120, dbp: 70 },
        classReason: '',
        lateReason: '',
      },
    })
    expect(view).toMatchObject({ state: 'done', backEntered: true, actualOn: first.due_on })
    const { runs } = await (await now()).call(listRuns, { params: { patientId: other as never } })
    expect(runs[0]!.quotas).toMatchObject([
      { way: 'face-to-face', track: 'visit', perYear: 4, done: 1, name: { zh: expect.any(String) } },
      { way: 'any', track: 'health-check', perYear: 1, done: 0 },
    ])
  })

  test('an emergency tells the doctor at once', async () => {
    const other = await person({ condition: 'I10' })
    await evaluate(house)
    await pass(house, 2)
    const view = await visitAt(other, { sbp: 186, dbp: 100, 'emergency-signs': ['blurred-vision'] })
    expect(view).toMatchObject({ action: 'refer', referral: { urgent: true } })
    const alert = (await tasksOf(other)).find((task) => task.source === 'follow-up-alert')
    expect(alert).toMatchObject({
      type: 'call',
      priority: 'stat',
      owner_id: doctor.staffId,
      note: '收缩压：186 mmHg；危急情况：视力模糊、眼痛',
    })
  })

  test('with a death everything that is open ends', async () => {
    await (await now()).call(markDeceased, { params: { patientId: patientId as never }, body: { deceasedOn: day() } })
    await house.settle()
    expect((await storyOf(house, patientId)).filter((line) => / (planned|due) /.test(line))).toEqual([])
    const { runs } = await (await now()).call(listRuns, { params: { patientId: patientId as never } })
    expect(runs).toMatchObject([{ state: 'exited', exitReason: 'death' }])
    expect(
      (await tasksOf(patientId)).filter((task) => ['requested', 'accepted', 'in-progress'].includes(task.state)),
    ).toEqual([])
    await pass(house, 1)
    expect(await db().selectFrom('plan_run').selectAll().where('patient_id', '=', patientId).execute()).toHaveLength(1)
  })
})

describe('a year of the others', () => {
  test('diabetes: four visits with fasting glucose and one yearly check, on their days', async () => {
    const patientId = await person({ condition: 'E11.9' })
    await evaluate(house)
    const actions: (string | null)[] = []
    for (let days = 0; days < 365; days++) {
      await pass(house, 1)
      const due = await open(patientId, 'visit')
      if (due.state === 'due' && due.due_on === day())
        actions.push(
          (await visitAt(patientId, { fpg: 6.4, sbp: 128, dbp: 78, hypoglycaemia: 'none', 'foot-pulse': 'normal' }))
            .action,
        )
    }
    expect(actions).toEqual(['routine', 'routine', 'routine', 'routine'])
    const series = await db()
      .selectFrom('observation')
      .select('value')
      .where('patient_id', '=', patientId)
      .where('code', '=', 'fpg')
      .execute()
    expect(series.map((row) => row.value)).toEqual([6.4, 6.4, 6.4, 6.4])
    const check = await db()
      .selectFrom('occurrence')
      .selectAll()
      .where('patient_id', '=', patientId)
      .where('track', '=', 'health-check')
      .orderBy('sequence')
      .execute()
    expect(check.map((row) => row.state)).toEqual(['missed', 'planned'])
  })

  test('S3-20 an abnormal answer after surgery becomes a task of the manager', async () => {
    const patientId = await person({ surgeryOn: day() })
    await evaluate(house)
    await pass(house, 3)
    const survey: Answers = {
      'emergency-signs': ['none'],
      pain: 4,
      fever: 'high',
      wound: 'red',
      eating: 'less',
      bowel: 'normal',
      walking: 'help',
      sleep: 'fair',
      medication: 'yes',
      'knows-return': 'yes',
      worry: '伤口会不会感染',
      'tell-us': '没有',
    }
    const view = await (
      await now()
    ).call(complete, {
      params: { occurrenceId: (await open(patientId, 'day-3')).id as never },
      body: { actualOn: day(), way: 'phone', answers: survey, classReason: '', lateReason: '' },
    })
    expect(view).toMatchObject({ state: 'done', class: 'abnormal', action: 'attend' })
    const alert = (await tasksOf(patientId)).find((task) => task.source === 'follow-up-alert')
    expect(alert).toMatchObject({
      priority: 'urgent',
      owner_id: nurse.staffId,
      note: '发热：38.5 ℃ 及以上；伤口：红肿、发热',
    })
  })
})
