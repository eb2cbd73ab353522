import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { startWorker } from '../../apps/worker.ts'
import { wake } from '../agenda/server/index.ts'
import { patientDeathCorrected, patientDied, patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { saveDraft } from '../tag/contract/tag.ts'
import { installShippedTags } from '../tag/server/index.ts'
import { shippedTags } from '../tag/server/shipped.ts'
import { segmentEntered, segmentFilled, segmentLeft } from './contract/events.ts'
import type { SegmentId } from './contract/words.ts'
import { aPerson, aSegment, highPressure, look, measured, membersIn, signInAgain } from './sample-clinic.ts'
import { membersOf } from './server/index.ts'

/** How memberships follow facts, time and people. */
const house = await aHouse()
const { tenant, clock } = house
const db = () => house.house.databases.of(tenant.id)
let first: Caller
let count = 0
const aName = () => ({ name: { zh: `人群${++count}`, en: '' } })

beforeAll(async () => {
  first = await house.as('content-editor')
  await house.write(installShippedTags)
})

const anEditor = () => signInAgain(house, first)

const stored = async (name: string) =>
  (
    await sql<{ payload: { segmentId: string; patientIds: string[]; by: string } }>`
      select payload from outbox_event where name = ${name} order by id`.execute(db())
  ).rows.map(({ payload }) => payload)

describe('facts', () => {
  test('move somebody in and out, once each, and tell of it', async () => {
    const id = await aSegment(house, await anEditor(), aName())
    const patientId = await aPerson(house, { sbp: 120 })
    await look(house)
    expect(await membersIn(house, id)).not.toContain(patientId)
    await measured(house, patientId, 150)
    await look(house)
    expect(await membersIn(house, id)).toContain(patientId)
    // Looked at again, nothing has changed.
    await house.write((ctx) => wake(ctx.tx, tenant.id, [patientId], 'again', ctx.clock.now()))
    await look(house)
    clock.advance({ days: 1 })
    await measured(house, patientId, 118)
    await look(house)
    expect(await membersIn(house, id)).not.toContain(patientId)
    const told = async (name: string) =>
      (await stored(name)).filter((one) => one.segmentId === id && one.patientIds.includes(patientId))
    expect(await told(segmentEntered.name)).toMatchObject([{ by: 'facts', patientIds: [patientId] }])
    expect(await told(segmentLeft.name)).toHaveLength(1)
    const stays = await db()
      .selectFrom('segment_member')
      .selectAll()
      .where('patient_id', '=', patientId)
      .where('segment_id', '=', id)
      .execute()
    expect(stays).toMatchObject([{ left_because: 'facts' }])
  })

  test('come back at the same moment as a stay of its own', async () => {
    const id = await aSegment(house, await anEditor(), aName())
    const patientId = await aPerson(house)
    for (const sbp of [150, 120, 155]) {
      // The higher id is the newer fact at equal moments.
      await measured(house, patientId, sbp)
      await look(house)
    }
    expect(await membersIn(house, id)).toContain(patientId)
    const { rows } =
      await sql`select from segment_member where segment_id = ${id} and patient_id = ${patientId}`.execute(db())
    expect(rows).toHaveLength(2)
  })

  test('reach a segment that asks for a segment in one go', async () => {
    const inner = await aSegment(house, await anEditor(), aName())
    const outer = await aSegment(house, await anEditor(), {
      ...aName(),
      condition: { all: [{ sex: 'male' }, { segment: { segment: inner } }] },
    })
    const patientId = await aPerson(house, { sex: 'male', sbp: 160 })
    await look(house)
    expect(await membersIn(house, outer)).toContain(patientId)
  })
})

test('a tag may ask for a segment, but not for one that asks for it', async () => {
  const reviewer = await house.as('medical-reviewer')
  const id = await aSegment(house, await anEditor(), { ...aName(), condition: { tag: { code: 'bp-recheck' } } })
  const body = (code: string) => ({
    definition: {
      ...shippedTags.find((tag) => tag.code === 'overweight')!,
      code,
      condition: { segment: { segment: id } },
    },
  })
  const draft = (code: string) => reviewer.try(saveDraft, { params: { code }, body: body(code) as never })
  expect((await draft('called-back')).status).toBe(200)
  const refused = await draft('bp-recheck')
  expect([refused.status, refused.code]).toEqual([422, 'RuleFaulty'])
})

describe('time', () => {
  test('alone moves somebody out on the day, with nobody else looked at', async () => {
    const id = await aSegment(house, await anEditor(), {
      ...aName(),
      condition: { indicator: { code: 'sbp', pick: 'newest', is: { op: '>=', value: 140 }, within: { days: 10 } } },
    })
    const patientId = await aPerson(house, { sbp: 150 })
    await look(house)
    clock.advance({ days: 9 })
    await look(house)
    expect(await membersIn(house, id)).toContain(patientId)
    clock.advance({ days: 3 })
    await look(house)
    expect(await membersIn(house, id)).not.toContain(patientId)
  })

  test('moves whom a fill alone has ever looked at', async () => {
    const patientId = await aPerson(house, { sbp: 150 })
    await look(house)
    const id = await aSegment(house, await anEditor(), {
      ...aName(),
      condition: { indicator: { code: 'sbp', pick: 'newest', is: { op: '>=', value: 140 }, within: { days: 10 } } },
    })
    expect(await membersIn(house, id)).toContain(patientId)
    clock.advance({ days: 12 })
    await look(house)
    expect(await membersIn(house, id)).not.toContain(patientId)
  })
})

describe('people', () => {
  let frozen: SegmentId, dynamic: SegmentId, patientId: string
  beforeEach(async () => {
    patientId = await aPerson(house, { sbp: 150 })
    await look(house)
    frozen = await aSegment(house, await anEditor(), { ...aName(), mode: 'frozen' })
    dynamic = await aSegment(house, await anEditor(), aName())
  })
  const isIn = async (segmentId: string, id: string) => (await membersIn(house, segmentId)).includes(id)

  test('who has died is in none, and is again in both when it was a mistake', async () => {
    await house.write(async (ctx) => {
      await ctx.tx.updateTable('patient').set({ state: 'deceased' }).where('id', '=', patientId).execute()
      await ctx.emit(patientDied, { patientId: patientId as never })
    })
    await house.settle()
    await look(house)
    expect([await isIn(frozen, patientId), await isIn(dynamic, patientId)]).toEqual([false, false])
    await house.write(async (ctx) => {
      await ctx.tx.updateTable('patient').set({ state: 'active' }).where('id', '=', patientId).execute()
      await ctx.emit(patientDeathCorrected, { patientId: patientId as never })
    })
    await house.settle()
    await look(house)
    expect([await isIn(frozen, patientId), await isIn(dynamic, patientId)]).toEqual([true, true])
  })

  test('stays follow a merge of two files, and come back with its undoing', async () => {
    const into = await aPerson(house)
    const mergeId = house.house.ids.next()
    const tell = (event: typeof patientMerged) =>
      house.write((ctx) => ctx.emit(event, { fromId: patientId, intoId: into, mergeId } as never))
    const setState = (state: 'merged' | 'active') =>
      house.write((ctx) =>
        ctx.tx
          .updateTable('patient')
          .set({ state, merged_into: state === 'merged' ? into : null })
          .where('id', '=', patientId)
          .execute(),
      )
    await setState('merged')
    await tell(patientMerged)
    await house.settle()
    await look(house)
    expect([await isIn(frozen, patientId), await isIn(frozen, into)]).toEqual([false, true])
    expect(await isIn(dynamic, patientId)).toBe(false)
    await setState('active')
    await tell(patientUnmerged)
    await house.settle()
    await look(house)
    expect([await isIn(frozen, patientId), await isIn(frozen, into)]).toEqual([true, false])
    expect([await isIn(dynamic, patientId), await isIn(dynamic, into)]).toEqual([true, false])
  })
})

test('other rooms read members page by page, all or the newcomers', async () => {
  const id = await aSegment(house, await anEditor(), aName())
  const ctx = { db: db(), organizationId: tenant.id }
  const all = await membersIn(house, id)
  const first = await membersOf(ctx, id, { limit: 2 })
  expect(first).toEqual({ patientIds: all.slice(0, 2), next: all[1] })
  expect((await membersOf(ctx, id, { limit: 500, after: first.next })).patientIds).toEqual(all.slice(2))
  clock.advance({ days: 1 })
  const newcomer = await aPerson(house, { sbp: 171 })
  await look(house)
  expect((await membersOf(ctx, id, { limit: 500, since: clock.now() })).patientIds).toEqual([newcomer])
  expect((await stored(segmentFilled.name)).some((one) => one.segmentId === id)).toBe(false)
})

test('two organizations know nothing of each other', async () => {
  const other = await house.anOrganization()
  const theirs = await aPerson(house, { sbp: 180 }, other)
  const id = await aSegment(house, await anEditor(), aName())
  expect(await membersIn(house, id)).not.toContain(theirs)
  const theirEditor = await house.as('content-editor', { tenant: other })
  const theirId = await aSegment(house, theirEditor, aName())
  expect(await membersIn(house, theirId, other)).toEqual([theirs])
})

test('a changed fact changes the membership end to end, by the worker alone', async () => {
  const id = await aSegment(house, await anEditor(), {
    ...aName(),
    condition: { all: [highPressure, { sex: 'male' }] },
  })
  const patientId = await aPerson(house, { sex: 'male' })
  const worker = await startWorker(house.house, house.rooms)
  try {
    await measured(house, patientId, 166)
    await expect.poll(() => membersIn(house, id), { timeout: 30_000 }).toContain(patientId)
  } finally {
    await worker.stop()
  }
})
