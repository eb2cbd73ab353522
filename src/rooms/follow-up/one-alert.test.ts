import { beforeAll, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { recordObservations } from '../observation/server/index.ts'
import { installShippedTags } from '../tag/server/index.ts'
import { completeTask, getTask } from '../task/contract/task.ts'
import { complete } from './contract/visit.ts'
import { aPerson, evaluate, pass, setUp, signedIn } from './sample-plan.ts'

/** A critical pressure is noticed by the form of a follow-up and by the tag `critical`: one event, one task. */
const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let nurse: Caller
let doctor: Caller

beforeAll(async () => {
  await setUp(house)
  await house.write(installShippedTags)
  nurse = await house.as('service-manager', { name: '李健管' })
  doctor = await house.as('physician', { name: '张医生' })
})

async function person() {
  const patientId = await aPerson(house, { condition: 'I10', managerId: nurse.staffId, doctorId: doctor.staffId })
  await evaluate(house)
  await pass(house, 2)
  return patientId
}

async function visit(patientId: string, answers: object) {
  const { id } = await db()
    .selectFrom('occurrence')
    .select('id')
    .where('patient_id', '=', patientId)
    .where('state', '=', 'due')
    .where('track', '=', 'visit')
    .executeTakeFirstOrThrow()
  await (
    await signedIn(house, nurse.staffId)
  ).call(complete, {
    params: { occurrenceId: id as never },
    body: {
      actualOn: house.clock.today('Asia/Shanghai'),
      way: 'clinic',
      answers: {
        'emergency-signs': ['none'],
        symptoms: ['none'],
        adherence: 'regular',
        'adverse-reaction': 'none',
        complication: 'none',
        sbp: 130,
        dbp: 80,
        ...answers,
      },
      classReason: '',
      lateReason: '',
    },
  })
}

const read = (patientId: string, sbp: number) =>
  house.write((ctx) =>
    recordObservations(ctx, [
      { id: ctx.ids.next(), patientId, code: 'sbp', value: sbp, effectiveAt: ctx.clock.now(), source: 'test' },
    ]),
  )

const calls = (patientId: string) =>
  db()
    .selectFrom('task')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('type', '=', 'call')
    .orderBy('created_at')
    .execute()

const critical = (patientId: string) =>
  db()
    .selectFrom('patient_tag')
    .select('state')
    .where('patient_id', '=', patientId)
    .where('tag_code', '=', 'critical')
    .execute()

const finish = async (taskId: string) =>
  (await signedIn(house, doctor.staffId)).call(completeTask, { params: { taskId: taskId as never }, body: {} })

test('the form first, then the tag: the doctor has one call, and it says what was measured', async () => {
  const patientId = await person()
  await visit(patientId, { sbp: 186, dbp: 104 })
  await evaluate(house)
  expect(await critical(patientId)).toEqual([{ state: 'active' }])
  const [task, ...more] = await calls(patientId)
  expect(more).toEqual([])
  expect(task).toMatchObject({ source: 'follow-up-alert', owner_id: doctor.staffId, priority: 'stat' })
  const shown = await (await signedIn(house, doctor.staffId)).call(getTask, { params: { taskId: task!.id as never } })
  expect(shown.history.map(({ kind, reason }) => [kind, reason])).toEqual([
    ['created', ''],
    ['joined', '危急值：立即联系本人'],
  ])
  await finish(task!.id)
  await pass(house, 3)
  expect(await calls(patientId)).toHaveLength(1)
})

test('the tag first, then the form: the call that is open gets what the form has found', async () => {
  const patientId = await person()
  await read(patientId, 188)
  await evaluate(house)
  expect(await calls(patientId)).toMatchObject([{ source: 'tag', note: '' }])
  await visit(patientId, { sbp: 184, dbp: 96, 'emergency-signs': ['blurred-vision'] })
  await evaluate(house)
  const [task, ...more] = await calls(patientId)
  expect(more).toEqual([])
  expect(task).toMatchObject({ source: 'tag', note: '收缩压：184 mmHg；危急情况：视力模糊、眼痛', version: 2 })
  // The pressure is down and the tag goes; what the form has found is still to be called about.
  house.clock.advance({ days: 1 })
  await read(patientId, 128)
  await evaluate(house)
  expect(await critical(patientId)).toEqual([])
  expect((await calls(patientId)).map(({ state }) => state)).toEqual(['accepted'])
})

test('done before the tag is looked at, it is the same event; what is measured after it is another', async () => {
  const patientId = await person()
  await visit(patientId, { sbp: 186, dbp: 104 })
  await finish((await calls(patientId))[0]!.id)
  await evaluate(house)
  expect(await calls(patientId)).toHaveLength(1)

  const other = await person()
  await visit(other, { 'emergency-signs': ['blurred-vision'] })
  await finish((await calls(other))[0]!.id)
  house.clock.advance({ hours: 1 })
  await read(other, 190)
  await evaluate(house)
  expect((await calls(other)).map(({ source, state }) => [source, state])).toEqual([
    ['follow-up-alert', 'completed'],
    ['tag', 'accepted'],
  ])
})

test('the form and the care engine at the same moment make one', async () => {
  const patientId = await person()
  await read(patientId, 192)
  await Promise.all([visit(patientId, { sbp: 190, dbp: 100 }), evaluate(house)])
  await evaluate(house)
  expect(await calls(patientId)).toHaveLength(1)
})
