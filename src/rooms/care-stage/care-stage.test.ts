import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { aPlanClinic } from '../care-plan/sample-clinic.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { enterStage, listStages, readStages, tickStage } from './contract/care-stage.ts'
import type { Stage } from './contract/words.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
let doctor: Caller
let manager: Caller
let count = 0

beforeAll(async () => {
  doctor = await house.as('physician', { name: '张医生' })
  manager = await house.as('service-manager', { name: '李健管' })
})

async function aPatient(carers: object = { managerId: manager.staffId }): Promise<never> {
  const person = { name: '秦朗', birthDate: '1975-03-21', phone: `1350004${String(++count).padStart(4, '0')}` }
  const id = await house.write((ctx) => registerPatient(ctx, person as never))
  await house.write((ctx) => assignCarers(ctx, id, { doctorId: doctor.staffId, ...carers } as never))
  return id as never
}

const of = (patientId: never) => ({ params: { patientId } })
const standing = async (patientId: never) => (await doctor.call(readStages, of(patientId))).current
const enter = (patientId: never, stage: Stage, leaving: string | null, because = '', who = doctor) =>
  who.try(enterStage, { ...of(patientId), body: { stage, leaving: leaving as never, because } })
async function stand(patientId: never, stage: Stage): Promise<string> {
  const current = await standing(patientId)
  const answer = await enter(patientId, stage, current?.id ?? null, '测试')
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return (answer.body as { id: string }).id
}
const tick = (patientId: never, stageId: string, item: string, done = true, note = '') =>
  doctor.try(tickStage, { params: { patientId, patientStageId: stageId as never }, body: { item, done, note } })
async function tickAll(patientId: never, stageId: string): Promise<void> {
  for (const item of (await standing(patientId))!.items.filter(({ seen }) => !seen))
    await tick(patientId, stageId, item.code)
}
describe('S0-31 the way', () => {
  test('begins anywhere, goes on with what was done, and tells how long each stage took', async () => {
    const id = await aPatient()
    expect(await doctor.call(readStages, of(id))).toMatchObject({ current: null, past: [] })
    const first = await stand(id, 'first-visit')
    await tickAll(id, first)
    house.clock.advance({ days: 3 })
    // Her session ended days ago; she comes back in her deputy's name.
    doctor = await house.as('physician', { name: '张医生二' })
    await house.write((ctx) => assignCarers(ctx, id, { doctorId: doctor.staffId } as never))
    expect((await enter(id, 'inpatient', first)).status).toBe(200)
    const { current, past } = await doctor.call(readStages, of(id))
    expect(current).toMatchObject({ stage: 'inpatient', days: 0, because: '', by: '张医生二' })
    expect(past).toMatchObject([{ stage: 'first-visit', days: 3, leftOpen: [], by: '张医生' }])
  })

  test('while somebody is in hospital nothing promotional goes to them', async () => {
    const id = await aPatient()
    const held = async () =>
      (await db().selectFrom('message_hold').select('kind').where('patient_id', '=', id).execute()).map(
        ({ kind }) => kind,
      )
    await stand(id, 'first-visit')
    expect(await held()).toEqual([])
    await stand(id, 'inpatient')
    expect(await held()).toEqual(['admission'])
    await stand(id, 'discharge')
    expect(await held()).toEqual([])
  })

  test('something open or an unusual way wants a reason, which stands with what was left', async () => {
    const id = await aPatient()
    const first = await stand(id, 'first-visit')
    await tick(id, first, 'welcome')
    expect(await enter(id, 'long-term', first)).toMatchObject({ status: 422, code: 'StageReasonWanted' })
    expect((await standing(id))!.id).toBe(first)
    expect((await enter(id, 'long-term', first, '客户只来做体检')).status).toBe(200)
    const { current, past } = await doctor.call(readStages, of(id))
    expect(current).toMatchObject({ stage: 'long-term', because: '客户只来做体检' })
    expect(past[0]!.leftOpen.map(({ en }) => en)).toContain('Checked allergies and current medicines')
  })

  test('ticks are taken back and keep their history; what the record shows is not ticked', async () => {
    const id = await aPatient()
    const first = await stand(id, 'first-visit')
    await tick(id, first, 'worry', true, '怕是癌')
    await tick(id, first, 'worry', true, '怕是癌')
    await tick(id, first, 'worry', false)
    const item = (await standing(id))!.items.find(({ code }) => code === 'worry')!
    expect(item).toMatchObject({ done: false, note: '', by: doctor.name })
    const kept = await db()
      .selectFrom('patient_stage_tick')
      .select('done')
      .where('stage_id', '=', first)
      .orderBy('id')
      .execute()
    expect(kept.map(({ done }) => done)).toEqual([true, false])
    expect(await tick(id, first, 'nonsense')).toMatchObject({ status: 404, code: 'StageItemUnknown' })
    const discharge = await stand(id, 'discharge')
    expect(await tick(id, discharge, 'plan')).toMatchObject({ status: 409, code: 'StageItemSeen' })
    expect(await tick(id, first, 'worry')).toMatchObject({ status: 409, code: 'StageMovedMeanwhile' })
  })

  test('of two who move somebody at once one wins, and the other is told', async () => {
    const id = await aPatient()
    const both = await Promise.all([enter(id, 'first-visit', null), enter(id, 'inpatient', null)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const first = (await standing(id))!
    const moved = await Promise.all([1, 2, 3].map(() => enter(id, 'long-term', first.id, '一起点')))
    expect(moved.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect(await enter(id, 'long-term', (await standing(id))!.id, '再点')).toMatchObject({ code: 'StageSame' })
  })
})

describe('S0-34 discharge', () => {
  test('is not closed without a plan and somebody who follows up, whatever the reason', async () => {
    const id = await aPatient({})
    const discharge = await stand(id, 'discharge')
    await tickAll(id, discharge)
    const refused = await enter(id, 'long-term', discharge, '床位紧张')
    expect(refused).toMatchObject({ status: 409, code: 'StageHeldByFacts' })
    expect(JSON.stringify(refused.body)).toMatch(/康复方案.*专人随访/)
    expect((await standing(id))!.id).toBe(discharge)
    await house.write((ctx) => assignCarers(ctx, id, { managerId: manager.staffId } as never))
    const still = await enter(id, 'long-term', discharge, '床位紧张')
    expect(JSON.stringify(still.body)).toMatch(/康复方案/)
    expect(JSON.stringify(still.body)).not.toMatch(/专人随访/)
    // Back to the ward is no discharge.
    expect((await enter(id, 'inpatient', discharge, '病情变化')).status).toBe(200)
  })
})

test('S0-34 with a signed plan and a manager the way goes on to the long term', async () => {
  const clinic = await aPlanClinic(house)
  const id = (await clinic.aPatient()) as never
  await clinic.running(id)
  const body = { stage: 'discharge' as const, leaving: null }
  const { id: leaving } = await clinic.doctor.call(enterStage, { ...of(id), body })
  const seen = (await clinic.doctor.call(readStages, of(id))).current!.items.filter((item) => item.seen)
  expect(seen.map(({ code, done }) => [code, done])).toEqual([
    ['plan', true],
    ['follower', true],
  ])
  const on = { ...of(id), body: { stage: 'long-term' as const, leaving, because: '清单回头补' } }
  expect((await clinic.manager.try(enterStage, on)).status).toBe(200)
})

describe('who', () => {
  test('counsellors read; desk and sales see nothing; strangers find nothing', async () => {
    const id = await aPatient()
    await stand(id, 'first-visit')
    for (const role of ['front-desk', 'sales-manager'] as const)
      expect((await (await house.as(role)).try(readStages, of(id))).status, role).toBe(403)
    const counsellor = await house.as('counsellor')
    expect((await enter(id, 'inpatient', null, '想动', counsellor)).status).toBe(403)
    expect((await (await house.as('physician')).try(readStages, of(id))).status).toBe(404)
    expect((await enter(id, 'inpatient', null, '想动', await house.as('physician'))).status).toBe(404)
  })

  test('the list shows one’s own, longest first, page by page', async () => {
    const own = await house.as('physician', { name: '周医生' })
    const ids: never[] = []
    for (let n = 0; n < 3; n++) {
      const id = await aPatient({ doctorId: own.staffId })
      await own.call(enterStage, { ...of(id), body: { stage: 'inpatient', leaving: null } })
      ids.push(id)
    }
    const first = await own.call(listStages, { query: { stage: 'inpatient', limit: 2 } as never })
    const rest = await own.call(listStages, { query: { stage: 'inpatient', limit: 2, cursor: first.next } as never })
    expect([...first.rows, ...rest.rows].map(({ patient }) => patient.id)).toEqual(ids)
    expect(rest.next).toBeNull()
  })
})

test('follows a merge: the way of the file that stands goes on; taken back, both stand as before', async () => {
  const [fromId, intoId] = [await aPatient(), await aPatient()]
  await stand(fromId, 'first-visit')
  await stand(intoId, 'inpatient')
  const desk = await house.as('front-desk')
  const { proposalId } = await desk.call(proposeMerge, { body: { oneId: fromId, otherId: intoId } })
  const { mergeId } = await desk.call(mergePatients, { params: { proposalId }, body: { intoId, chosen: {} } })
  await house.settle()
  expect(await doctor.call(readStages, of(intoId))).toMatchObject({
    current: { stage: 'inpatient' },
    past: [{ stage: 'first-visit' }],
  })
  await desk.call(undoMerge, { params: { mergeId }, body: { reason: '认错了' } })
  await house.settle()
  expect([(await standing(fromId))!.stage, (await standing(intoId))!.stage]).toEqual(['first-visit', 'inpatient'])
})
