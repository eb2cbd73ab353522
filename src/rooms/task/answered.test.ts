import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { evaluateDue } from '../agenda/server/index.ts'
import { addFact } from '../observation/contract/facts.ts'
import { addCondition, recordObservations } from '../observation/server/index.ts'
import { installShippedTags, tagStep } from '../tag/server/index.ts'
import { sampleClinic } from './sample-clinic.ts'
import { getTask } from './contract/task.ts'
import { taskStep } from './server/index.ts'
import type { TaskRow } from './server/store.ts'

const house = await aHouse()

/** 确诊评估 and what answers it, with the shipped rules and the whole way from the reading to the diagnosis. */

const DAY_MS = 86_400_000
const diagnosis = (code: string, name: string) => ({ kind: 'condition' as const, fact: { code, name } as never })

async function ward() {
  const clinic = await sampleClinic(house)
  const doctor = await clinic.staff('physician', { name: '张文远' })
  const write = <T>(use: Parameters<typeof clinic.house.write<T>>[0]) => clinic.house.write(use, clinic.tenant)
  await write(installShippedTags)
  const evaluate = async () => {
    while ((await evaluateDue(clinic.house.house, clinic.tenant, [tagStep, taskStep])) > 0);
  }
  const read = (patientId: string, code: string, values: number[]) =>
    write((ctx) =>
      recordObservations(
        ctx,
        values.map((value, index) => ({
          id: ctx.ids.next(),
          patientId,
          code,
          value,
          unit: code === 'fpg' ? 'mmol/L' : 'mm[Hg]',
          effectiveAt: new Date(ctx.clock.now().getTime() - index * DAY_MS),
          source: 'test',
        })),
      ),
    )
  /** Somebody whose pressure was high on three days, and their doctor, who is asked to assess it. */
  const suspected = async (name: string) => {
    const patientId = await clinic.patient(name, { doctor })
    await read(patientId, 'sbp', [152, 148, 146])
    await evaluate()
    const [task] = await assessments(patientId)
    expect(task).toMatchObject({ state: 'accepted', owner_id: doctor.staffId })
    return { patientId, taskId: task!.id }
  }
  const assessments = (patientId: string) =>
    clinic.rows<TaskRow>('task', `patient_id = '${patientId}' and type = 'diagnosis-assessment' order by created_at`)
  return { clinic, doctor, write, evaluate, read, suspected, assessments }
}

test('the diagnosis that a doctor enters answers the assessment: done, by the doctor, not cancelled', async () => {
  const { clinic, doctor, evaluate, suspected, assessments } = await ward()
  const { patientId, taskId } = await suspected('王秀英')
  const hypertension = diagnosis('I10.x00', '原发性高血压')
  await doctor.call(addFact, { params: { patientId: patientId as never }, body: hypertension })
  await evaluate()
  expect(await assessments(patientId)).toMatchObject([
    { state: 'completed', reason_code: 'diagnosis-recorded', closed_by: doctor.staffId, closed_by_name: '张文远' },
  ])
  const shown = await doctor.call(getTask, { params: { taskId: taskId as never } })
  expect(shown).toMatchObject({ closedByName: '张文远', outcome: { text: 'I10.x00 原发性高血压' } })
  expect(shown.history.at(-1)).toMatchObject({ kind: 'completed', byName: '张文远', reasonCode: 'diagnosis-recorded' })
  expect(await clinic.events('task.done')).toMatchObject([{ taskId, by: doctor.staffId }])
  expect(await clinic.events('task.cancelled')).toEqual([])
})

test('what no person has entered, or another illness, answers nothing', async () => {
  const { doctor, write, evaluate, read, suspected, assessments } = await ward()
  const imported = await suspected('李导入')
  await write((ctx) =>
    addCondition(ctx, { patientId: imported.patientId, code: 'I10', name: '高血压', source: 'his', sourceId: '1' }),
  )
  const better = await suspected('赵好转')
  const gout = diagnosis('M10.9', '痛风')
  await doctor.call(addFact, { params: { patientId: better.patientId as never }, body: gout })
  await evaluate()
  expect(await assessments(imported.patientId)).toMatchObject([
    { state: 'cancelled', reason_code: 'tag-cleared', closed_by: null },
  ])
  expect(await assessments(better.patientId)).toMatchObject([{ state: 'accepted' }])
  const sugar = await suspected('孙血糖')
  await read(sugar.patientId, 'fpg', [8.1])
  await evaluate()
  const hypertension = diagnosis('I10', '高血压')
  await doctor.call(addFact, { params: { patientId: sugar.patientId as never }, body: hypertension })
  await evaluate()
  const states = (await assessments(sugar.patientId)).map((task) => [task.title.slice(5, 7), task.state])
  expect(states.toSorted()).toEqual([
    ['空腹', 'accepted'],
    ['血压', 'completed'],
  ])
})
