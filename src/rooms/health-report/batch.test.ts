import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import type { PatientId } from '../../platform/contract/index.ts'
import * as batch from './contract/batch.ts'
import * as signing from './contract/composition.ts'
import { anExam, aPerson } from './sample-exam.ts'
import { claimItems } from './server/batch-store.ts'
import { workOpenBatches } from './server/index.ts'

const house = await aHouse()
let doctor: Caller, manager: Caller
const people: PatientId[] = []

interface Unzipped {
  loadAsync(bytes: Buffer): Promise<{ files: Record<string, { async(kind: 'string'): Promise<string> }> }>
}
const jszip = createRequire(import.meta.url)('jszip') as Unzipped

beforeAll(async () => {
  ;[doctor, manager] = [
    await house.as('physician', { name: '张文远' }),
    await house.as('service-manager', { name: '王护士' }),
  ]
  for (const [n, name] of ['王一', '王二', '王三', '没有检查'].entries())
    await house.write(async (ctx) => {
      const id = await aPerson(ctx, { doctorId: doctor.staffId, managerId: manager.staffId }, name)
      if (n < 3) await anExam(ctx, id, { number: `R-${n}` })
      people.push(id)
    })
  // A name as an import from elsewhere may have left it.
  await house.write((ctx) =>
    ctx.tx.updateTable('patient').set({ name: '=甲/乙' }).where('id', '=', people[0]!).execute(),
  )
  for (const patientId of people.slice(0, 2)) await issue(patientId)
})

async function issue(patientId: PatientId): Promise<void> {
  const { listPrintedReports } = await import('./contract/health-report.ts')
  const { exams } = await doctor.call(listPrintedReports, { params: { patientId } })
  const { id } = await doctor.call(signing.startComposition, { params: { patientId }, body: { examId: exams[0]!.id } })
  const params = { compositionId: id }
  const { parts, hash } = await doctor.call(signing.getComposition, { params })
  await doctor.call(signing.signParts, {
    params,
    body: { parts: parts.map((part) => ({ key: part.key, hash: part.hash })) },
  })
  await doctor.call(signing.issueComposition, { params, body: { hash } })
}

const stranger = '00000000-0000-7000-8000-00000000ffff' as PatientId
const print = (body: object, caller = manager) => caller.call(batch.printMany, { body: { title: '三月体检', ...body } })
const progress = (id: string, caller = manager) =>
  caller.call(batch.batchProgress, { params: { batchId: id as never } })

test('a list is worked off as one job; who is refused is named with the reason, and the archive holds the rest', async () => {
  const { batchId, total } = await print({ patientIds: [...people, stranger] })
  expect(total).toBe(5)
  expect(await progress(batchId)).toMatchObject({
    state: 'waiting',
    done: 0,
    refused: 1,
    can: { cancel: true, download: false },
  })
  expect((await manager.try(batch.downloadBatch, { params: { batchId } })).code).toBe('BatchNotFinished')
  await house.settle()
  expect(await progress(batchId)).toMatchObject({
    state: 'completed',
    done: 2,
    refused: 3,
    failed: 0,
    can: { download: true },
  })
  const { rows } = await manager.call(batch.batchRefusals, { params: { batchId } })
  expect(rows.map(({ name, reason }) => [name, reason])).toEqual([
    ['王三', 'not-issued'],
    ['没有检查', 'no-exam'],
    [null, 'not-visible'],
  ])
  const file = await manager.try(batch.downloadBatch, { params: { batchId } })
  expect(file.raw.headers['content-type']).toBe('application/zip')
  const { files } = await jszip.loadAsync(file.raw.rawPayload)
  expect(Object.keys(files)).toEqual([
    '清单.csv',
    expect.stringMatching(/^0001-=甲_乙-\d{8}-\d{4}\.pdf$/),
    expect.stringMatching(/^0002-王二-/),
  ])
  expect(await files[Object.keys(files)[1]!]!.async('string')).toMatch(/^%PDF/)
  const contents = await files['清单.csv']!.async('string')
  expect(contents).toContain(`"'=甲/乙"`)
  expect(contents).toContain('"3","王三","","最近一次检查的报告还没有签发"')
  expect(contents).toContain('"5","—","","不是您负责的客户"')
})

test('each person’s report has its own line in the log, when printed and when handed out', async () => {
  const rows = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('audit_entry')
    .select(['action', 'patient_id', 'actor_name'])
    .where('patient_id', 'in', people)
    .where('action', 'in', ['health-report.print', 'health-report.open'])
    .execute()
  for (const patientId of people.slice(0, 2))
    for (const action of ['health-report.print', 'health-report.open'])
      expect(rows).toContainEqual({ action, patient_id: patientId, actor_name: '王护士' })
})

test('a list is its maker’s alone', async () => {
  const { batches } = await manager.call(batch.listBatches)
  expect(batches.length).toBeGreaterThan(0)
  expect((await doctor.call(batch.listBatches)).batches).toEqual([])
  expect((await doctor.try(batch.downloadBatch, { params: { batchId: batches[0]!.id } })).status).toBe(404)
  const desk = await house.as('front-desk')
  expect((await desk.try(batch.printMany, { body: { title: 'x', patientIds: people } })).status).toBe(403)
})

test('whose report was issued in some days; drafts where they are asked for', async () => {
  const days = { from: '2026-03-02', to: '2026-03-02' }
  expect((await print({ issued: days })).total).toBe(2)
  expect(
    (await manager.try(batch.printMany, { body: { title: 'x', issued: { from: '2025-01-01', to: '2025-01-02' } } }))
      .code,
  ).toBe('BatchEmpty')
  const { batchId } = await print({ patientIds: people, drafts: true })
  await house.settle()
  expect(await progress(batchId)).toMatchObject({ done: 3, refused: 1 })
})

test('stopped, it keeps what is printed and prints no more', async () => {
  const { batchId } = await print({ patientIds: people })
  expect((await manager.call(batch.cancelBatch, { params: { batchId } })).cancelled).toBe(true)
  await house.settle()
  expect(await progress(batchId)).toMatchObject({ state: 'cancelled', done: 0 })
  expect((await manager.call(batch.cancelBatch, { params: { batchId } })).cancelled).toBe(false)
})

test('people are taken a few at a time, and by two at once nobody twice', async () => {
  const { batchId } = await print({ patientIds: people })
  const now = house.clock.now()
  const until = new Date(now.getTime() + 60_000)
  const take = (most: number, at = now) =>
    house.write((ctx) => claimItems(ctx.tx, ctx.organizationId, batchId, { now: at, until, most }))
  const [one, other] = await Promise.all([take(1), take(2)])
  expect([one.length, other.length]).toEqual([1, 2])
  expect([...one, ...other].map(({ place }) => place).toSorted()).toEqual([1, 2, 3])
  expect((await take(3)).map(({ place }) => place)).toEqual([4])
  expect(await take(3)).toEqual([])
  const later = await take(2, new Date(until.getTime() + 1))
  expect(later.map(({ place, attempts }) => [place, attempts])).toEqual([
    [1, 2],
    [2, 2],
  ])
})

test('what a worker left is taken up a minute later, by two at once, and nobody has two papers', async () => {
  const { batchId } = await print({ patientIds: people })
  const { rowCount } = await house.house.databases.pool.query(
    `update health_report_batch_item set claimed_until = $1, attempts = 1 where batch_id = $2 and state = 'waiting'`,
    [new Date(house.clock.now().getTime() + 60_000), batchId],
  )
  expect(rowCount).toBe(4)
  const papers = async () =>
    (
      await house.house.databases
        .of(house.tenant.id)
        .selectFrom('health_report')
        .select('id')
        .where('patient_id', 'in', people)
        .where('composition_id', 'is not', null)
        .execute()
    ).length
  const before = await papers()
  await workOpenBatches(house.house, house.tenant)
  expect(await progress(batchId)).toMatchObject({ done: 0 })
  house.clock.advance({ minutes: 2 })
  await Promise.all([workOpenBatches(house.house, house.tenant), workOpenBatches(house.house, house.tenant)])
  expect(await progress(batchId)).toMatchObject({ state: 'completed', done: 2, refused: 2 })
  expect(await papers()).toBe(before)
})
