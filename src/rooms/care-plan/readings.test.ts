import { describe, expect, test } from 'vitest'
import { correctReading } from '../observation/contract/readings.ts'
import { getCourses } from '../observation/contract/indicators.ts'
import { myPlan, myTick, myUndo, tickFor } from './contract/check-in.ts'
import { startPlan } from './contract/plan.ts'
import type { Asked, PlanContent } from './contract/words.ts'
import { aPlanClinic, ofPatient, ofPlan } from './sample-clinic.ts'

const clinic = await aPlanClinic()
const { house, doctor, manager } = clinic
const today = () => house.clock.today(house.tenant.timeZone)
const db = () => house.house.databases.of(house.tenant.id)
const uuid = () => house.house.ids.next<string & never>() as string

const asks = (key: string, ask: Asked) => (content: PlanContent) =>
  void content.actions.push({ key, kind: 'other', title: key, words: '', cadence: { kind: 'daily' }, ask })
const number = (indicator: string, label: string, unit: string): Asked => ({
  kind: 'number',
  label,
  unit,
  atLeast: null,
  indicator,
})

async function aRunner(edit?: (content: PlanContent) => void) {
  const patientId = await clinic.aPatient()
  const plan = await clinic.running(patientId, (content) => {
    asks('weigh', number('weight', '体重', '公斤'))(content)
    edit?.(content)
  })
  const me = await house.asPatient(patientId)
  const tick = (actionKey: string, more: object = {}) =>
    me.try(myTick, { body: { clientId: uuid(), planId: plan.id, actionKey, on: today(), ...more } })
  return { patientId, plan, me, tick }
}

const recordOf = (patientId: string, ended = false) =>
  db()
    .selectFrom('observation')
    .selectAll()
    .where('organization_id', '=', house.tenant.id)
    .where('patient_id', '=', patientId)
    .where('superseded_by', ended ? 'is not' : 'is', null)
    .orderBy('code')
    .execute()

describe('what is measured at home goes into the record', () => {
  test('a weight: with unit and time, as the person’s own, and their body mass with it', async () => {
    const { patientId, tick } = await aRunner()
    await clinic.aValue(patientId, 'height', 160, 30)
    expect((await tick('weigh', { value: 64 })).status).toBe(200)
    const rows = (await recordOf(patientId)).filter(({ code }) => code !== 'height')
    expect(rows.map(({ code, value, unit, source, method }) => [code, value, unit, source, method])).toEqual([
      ['bmi', 25, 'kg/m2', 'patient', 'home'],
      ['weight', 64, 'kg', 'patient', 'home'],
    ])
    expect(rows[1]!.effective_at).toEqual(house.clock.now())
    const { indicators } = await doctor.call(getCourses, {
      params: { patientId: patientId as never },
      query: { codes: 'weight' },
    } as never)
    expect(indicators[0]!.series).toMatchObject([{ method: 'home', points: [{ value: 64, source: 'patient' }] }])
  })

  test('both numbers of a pressure, steps, and a sugar in its own unit', async () => {
    const { patientId, tick } = await aRunner((content) => {
      asks('walked', number('steps', '走了', '步'))(content)
      asks('sugar', number('fpg', '空腹血糖', 'mmol/L'))(content)
    })
    for (const [key, more] of [
      ['measure', { value: 128, second: 82 }],
      ['walked', { value: 6120 }],
      ['sugar', { value: 5.8 }],
    ] as const)
      expect((await tick(key, more)).status).toBe(200)
    expect((await recordOf(patientId)).map(({ code, value, unit }) => [code, value, unit])).toEqual([
      ['dbp', 82, 'mm[Hg]'],
      ['fpg', 5.8, 'mmol/L'],
      ['sbp', 128, 'mm[Hg]'],
      ['steps', 6120, '/d'],
    ])
  })

  test.each([
    ['a weight that cannot be', 'weigh', { value: 6400 }, 'ValueImplausible'],
    ['a pressure the wrong way round', 'measure', { value: 82, second: 128 }, 'PressureSwapped'],
    ['half a pressure', 'measure', { value: 128 }, 'PressureHalf'],
    ['a lower number alone', 'measure', { second: 82 }, 'PressureHalf'],
  ])('%s is refused with a sentence, and nothing is kept', async (_what, key, more, code) => {
    const { patientId, plan, tick } = await aRunner()
    const answer = await tick(key, more)
    expect(answer).toMatchObject({ status: 422, code })
    expect((answer.body as { title: string }).title).toMatch(/。$/)
    expect(await recordOf(patientId)).toEqual([])
    const ticks = await db().selectFrom('care_plan_check_in').select('id').where('plan_id', '=', plan.id).execute()
    expect(ticks).toEqual([])
  })

  test('taken and not noted is a tick and no value; not done is neither', async () => {
    const { patientId, tick } = await aRunner()
    expect((await tick('measure', { outcome: 'done' })).status).toBe(200)
    expect((await tick('weigh', { outcome: 'not-done' })).status).toBe(200)
    expect(await recordOf(patientId)).toEqual([])
  })
})

describe('a correction of the tick corrects the record', () => {
  test('the former value stays to be seen, the new one stands in its place, and so does what follows from it', async () => {
    const { patientId, tick, me } = await aRunner()
    await clinic.aValue(patientId, 'height', 160, 30)
    await tick('weigh', { value: 84 })
    await tick('weigh', { value: 64 })
    const standing = (await recordOf(patientId)).filter(({ code }) => code !== 'height')
    expect(standing.map(({ code, value, source, method }) => [code, value, source, method])).toEqual([
      ['bmi', 25, 'patient', 'home'],
      ['weight', 64, 'patient', 'home'],
    ])
    const ended = await recordOf(patientId, true)
    expect(ended.map(({ code, value, superseded_because }) => [code, value, superseded_because])).toEqual([
      ['bmi', 32.8125, 'check-in-changed'],
      ['weight', 84, 'check-in-changed'],
    ])
    expect(ended[1]!.superseded_by).toBe(standing[1]!.id)
    const [today_] = (await me.call(myPlan)).plans[0]!.days
    expect(today_!.actions.find(({ key }) => key === 'weigh')!.given).toMatchObject({ value: 64, outcome: 'done' })
  })

  test('taken back, or changed to not done, the value is withdrawn', async () => {
    const { patientId, plan, me, tick } = await aRunner()
    const clientId = uuid()
    await me.call(myTick, {
      body: { clientId, planId: plan.id, actionKey: 'measure', on: today(), value: 150, second: 95 },
    })
    expect(await me.call(myUndo, { body: { clientId } })).toEqual({ undone: true })
    await tick('weigh', { value: 64 })
    await tick('weigh', { outcome: 'not-done' })
    expect(await recordOf(patientId)).toEqual([])
    const because = (await recordOf(patientId, true)).map(({ code, superseded_because }) => [code, superseded_because])
    expect(because).toEqual([
      ['dbp', 'check-in-undone'],
      ['sbp', 'check-in-undone'],
      ['weight', 'check-in-changed'],
    ])
  })

  test('from high to low the two numbers of a pressure are held against each other, not against the former ones', async () => {
    const { patientId, tick } = await aRunner()
    await tick('measure', { value: 150, second: 95 })
    expect((await tick('measure', { value: 90, second: 60 })).status).toBe(200)
    expect((await recordOf(patientId)).map(({ code, value }) => [code, value])).toEqual([
      ['dbp', 60],
      ['sbp', 90],
    ])
  })

  test('what a colleague has corrected since is theirs and stays', async () => {
    const { patientId, tick } = await aRunner()
    await tick('weigh', { value: 84 })
    const [row] = await recordOf(patientId)
    await doctor.call(correctReading, {
      params: { patientId: patientId as never, observationId: row!.id as never },
      body: { reading: { value: 64.5 }, because: '电话里核对过' },
    })
    expect((await tick('weigh', { value: 65 })).status).toBe(200)
    await tick('weigh', { value: 66 })
    expect((await recordOf(patientId)).map(({ value }) => value)).toEqual([64.5])
  })

  test('sent twice it is recorded once', async () => {
    const { patientId, plan, me } = await aRunner()
    const body = { clientId: uuid(), planId: plan.id, actionKey: 'weigh', on: today(), value: 64 }
    await Promise.all([me.call(myTick, { body }), me.call(myTick, { body })])
    expect((await recordOf(patientId)).length).toBe(1)
  })
})

test('a goal is held against the value before the plan, and home against home alone', async () => {
  const patientId = await clinic.aPatient()
  await clinic.aValue(patientId, 'sbp', 152, 3)
  const plan = await clinic.running(patientId)
  const me = await house.asPatient(patientId)
  const body = { clientId: uuid(), planId: plan.id, actionKey: 'measure', on: today(), value: 128, second: 82 }
  await me.call(myTick, { body })
  const goal = (await clinic.read(plan, patientId)).goals.find(({ code }) => code === 'sbp')!
  expect(goal).toMatchObject({ current: { value: 128 }, before: { value: 152 }, direction: null, met: true })
})

test('told on the phone for an earlier day: of that day, as the person’s own, by the colleague', async () => {
  const { patientId, plan } = await aRunner()
  await clinic.pass(2)
  const body = { clientId: uuid(), actionKey: 'weigh', on: plan.startedOn!, value: 64 }
  await manager.call(tickFor, { ...ofPlan(patientId, plan.id), body })
  const [row] = await recordOf(patientId)
  expect(row).toMatchObject({ source: 'patient', method: 'home', author_id: manager.staffId })
  expect(row!.effective_at.toISOString()).toBe(`${plan.startedOn}T04:00:00.000Z`)
})

test('ticked without a line, it is of the moment of the tick; a phone that runs ahead is brought back', async () => {
  const { patientId, tick } = await aRunner()
  const now = house.clock.now()
  const before = new Date(now.getTime() - 3_600_000).toISOString()
  await tick('weigh', { value: 64, at: before })
  await tick('measure', { value: 128, second: 82, at: new Date(now.getTime() + 3_600_000).toISOString() })
  const rows = await recordOf(patientId)
  expect(new Map(rows.map(({ code, effective_at }) => [code, effective_at.toISOString()]))).toEqual(
    new Map([
      ['dbp', now.toISOString()],
      ['sbp', now.toISOString()],
      ['weight', before],
    ]),
  )
})

test.each([
  ['an indicator that nobody knows', number('nonsense', '数', ''), 'CarePlanIndicatorUnknown'],
  ['a unit of something else', number('weight', '体重', '杯'), 'CarePlanUnitUnfit'],
])('a plan that asks for %s is refused', async (_what, ask, code) => {
  const answer = await manager.try(startPlan, {
    ...ofPatient(await clinic.aPatient()),
    body: { kind: 'weight', title: '体重管理', content: clinic.content(asks('odd', ask)) },
  })
  expect(answer.code).toBe(code)
})
