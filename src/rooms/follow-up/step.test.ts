import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { aPerson, evaluate, pass, setUp, storyOf } from './sample-plan.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const runsOf = (patientId: string) =>
  db().selectFrom('plan_run').selectAll().where('patient_id', '=', patientId).orderBy('started_at').execute()
const openTasks = (patientId: string) =>
  db()
    .selectFrom('task')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('source', '=', 'follow-up')
    .where('state', 'in', ['requested', 'accepted', 'in-progress'])
    .execute()

beforeAll(() => setUp(house))

describe('letting people in', () => {
  test('hypertension from 35 years on starts the plan once, with the first visit and the yearly check planned', async () => {
    const patientId = await aPerson(house, { condition: 'I10.x00' })
    await evaluate(house)
    expect(await runsOf(patientId)).toMatchObject([
      { protocol_code: 'hypertension', protocol_version: 1, state: 'active', anchor_on: '2026-03-02' },
    ])
    expect(await storyOf(house, patientId)).toEqual([
      'yearly-check 1 planned 2026-08-03/2026-09-02/2026-11-01',
      'quarterly 1 planned 2026-03-03/2026-03-16/2026-03-30',
    ])
    await evaluate(house)
    expect(await runsOf(patientId)).toHaveLength(1)
  })

  test('younger people wait for their birthday', async () => {
    const patientId = await aPerson(house, { condition: 'I10', birthDate: '1991-03-05' })
    await evaluate(house)
    expect(await runsOf(patientId)).toEqual([])
    const agenda = await db()
      .selectFrom('agenda')
      .select('due_at')
      .where('patient_id', '=', patientId)
      .executeTakeFirstOrThrow()
    expect(agenda.due_at).toEqual(new Date('2026-03-04T16:00:00Z'))
  })
})

describe('S3-20 after surgery', () => {
  test('day 3 and day 7 count from the day of the operation; each becomes due with a task', async () => {
    const patientId = await aPerson(house, { surgeryOn: '2026-03-01' })
    await evaluate(house)
    expect(await storyOf(house, patientId)).toEqual([
      'day-3 1 planned 2026-03-04/2026-03-04/2026-03-06',
      'day-3-questions 1 planned 2026-03-04/2026-03-04/2026-03-06',
      'day-7 1 planned 2026-03-07/2026-03-08/2026-03-12',
      'day-7-questions 1 planned 2026-03-07/2026-03-08/2026-03-12',
    ])
    await pass(house, 2)
    // Whom the questions cannot be sent to is asked by a colleague.
    const tasks = await openTasks(patientId)
    expect(tasks.toSorted((a, b) => a.title.length - b.title.length)).toMatchObject(
      ['术后恢复随访 · 术后第 3 天', '术后恢复随访 · 术后第 3 天小问卷'].map((title) => ({
        title,
        planned_on: '2026-03-04',
        due_on: '2026-03-06',
        pool_role: 'service-manager',
      })),
    )
    await pass(house, 12)
    expect((await storyOf(house, patientId)).map((line) => line.split(' ')[2])).toEqual(Array(4).fill('missed'))
    expect(await openTasks(patientId)).toHaveLength(4)
    expect(await runsOf(patientId)).toMatchObject([{ state: 'active' }])
    await pass(house, 14)
    expect(await runsOf(patientId)).toMatchObject([{ state: 'completed' }])
    expect(await openTasks(patientId)).toEqual([])
  })
})
