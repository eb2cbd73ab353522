import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { evaluateDue, wake } from '../agenda/server/index.ts'
import { addCondition } from '../observation/server/index.ts'
import { mergePatients, proposeMerge, undoMerge } from '../patient/contract/merge.ts'
import { tagStep } from '../tag/server/index.ts'
import { taskStep } from '../task/server/index.ts'
import { draftProtocol, getProtocol, publishProtocol } from './contract/catalogue.ts'
import { measureIntake } from './contract/load.ts'
import { enrol, listRuns } from './contract/run.ts'
import { checkDraft } from './contract/walk.ts'
import { aPathway, aStep, publish } from './sample-pathway.ts'
import { aPerson, evaluate, pass, signedIn, storyOf } from './sample-plan.ts'
import { followUpStep } from './server/index.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const managerId = (await house.as('service-manager', { name: '李素珍' })).staffId
const [editorId, reviewerId] = [
  (await house.as('content-editor')).staffId,
  (await house.as('medical-reviewer')).staffId,
]
const as = (staffId: string) => signedIn(house, staffId)
/** Each test has an illness of its own. */
const taking = (code: string, illness: string, spread?: object, over: object = {}) =>
  aPathway(
    {
      code,
      entry: { condition: { condition: { codes: [illness] } }, leaves: true },
      ...(spread ? { spread } : {}),
      ...over,
    },
    [aStep({ first: { days: 7 }, after: { days: 30 }, window: { before: { days: 0 }, after: { days: 5 } } })],
  )
const people = async (count: number, condition: string) => {
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push(await aPerson(house, { condition, managerId }))
  return ids
}
/** How many begin on which day, those who wait and those who have begun. */
const daysOf = async (code: string) => {
  const waiting = await db().selectFrom('plan_wait').select('begins_on').where('protocol_code', '=', code).execute()
  const begun = await db().selectFrom('plan_run').select('anchor_on').where('protocol_code', '=', code).execute()
  const days = [...waiting.map((row) => row.begins_on), ...begun.map((row) => row.anchor_on)].toSorted()
  return [...Map.groupBy(days, (day) => day)].map(([day, those]) => `${day} ${those.length}`)
}
const runOf = (patientId: string, code: string) =>
  db()
    .selectFrom('plan_run')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('protocol_code', '=', code)
    .executeTakeFirst()
const waitOf = (patientId: string, code: string) =>
  db()
    .selectFrom('plan_wait')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('protocol_code', '=', code)
    .executeTakeFirst()
const waitingOf = async (ids: readonly string[], code: string) => {
  const found = await db()
    .selectFrom('plan_wait')
    .selectAll()
    .where('protocol_code', '=', code)
    .orderBy('begins_on')
    .execute()
  return found.filter((wait) => ids.includes(wait.patient_id))
}
const again = async (ids: readonly string[]) => {
  await house.write((ctx) => wake(ctx.tx, ctx.organizationId, ids, 'test', ctx.clock.now()))
  await evaluate(house)
}

describe('a pathway that spreads', () => {
  test('gives each a day once, begins them on it, and moves nobody by looking again', async () => {
    await publish(house, taking('five-a-day', 'N18', { perDay: 5 }))
    const ids = await people(13, 'N18.1')
    await evaluate(house)
    // 2 March 2026 is a Monday; so is the day a week later, when the first call is due.
    expect(await daysOf('five-a-day')).toEqual(['2026-03-02 5', '2026-03-03 5', '2026-03-04 3'])
    const before = await waitingOf(ids, 'five-a-day')
    await again(ids)
    expect(await waitingOf(ids, 'five-a-day')).toEqual(before)
    const next = before[0]!
    expect(await storyOf(house, next.patient_id)).toEqual([])

    await pass(house, 1)
    const run = (await runOf(next.patient_id, 'five-a-day'))!
    expect(run).toMatchObject({ anchor_on: '2026-03-03', state: 'active', entry_key: 'condition:2026-03-03' })
    expect(await storyOf(house, next.patient_id)).toEqual(['call 1 planned 2026-03-10/2026-03-10/2026-03-15'])
    await pass(house, 1)
    expect(await waitingOf(ids, 'five-a-day')).toEqual([])
    expect(await daysOf('five-a-day')).toEqual(['2026-03-02 5', '2026-03-03 5', '2026-03-04 3'])
  })

  test('spreads a wave over days and lets a trickle in at once', async () => {
    const today = house.clock.today(house.tenant.timeZone)
    await publish(house, taking('over-a-week', 'N20', { overDays: 7 }))
    const ids = await people(70, 'N20.0')
    await evaluate(house)
    const days = await daysOf('over-a-week')
    expect(days[0]).toBe(`${today} 50`)
    expect(days.slice(1).map((one) => one.slice(11))).toEqual(['4', '4', '4', '4', '4'])
    expect(await waitingOf(ids, 'over-a-week')).toHaveLength(20)
    await pass(house, 1)
    const [late] = await people(1, 'N20.0')
    await evaluate(house)
    expect(await runOf(late!, 'over-a-week')).toMatchObject({ anchor_on: house.clock.today(house.tenant.timeZone) })
  })

  test('many workers at once fill no day beyond what was said', async () => {
    await publish(house, taking('three-a-day', 'N21', { perDay: 3 }))
    await people(24, 'N21.0')
    const steps = [tagStep, taskStep, followUpStep]
    await Promise.all(Array.from({ length: 4 }, () => evaluateDue(house.house, house.tenant, steps, 6)))
    await evaluate(house)
    const days = await daysOf('three-a-day')
    expect(days.map((one) => one.slice(11))).toEqual(Array.from({ length: 8 }, () => '3'))
    const kept = await db()
      .selectFrom('plan_intake_day')
      .selectAll()
      .where('protocol_code', '=', 'three-a-day')
      .orderBy('day')
      .execute()
    expect(kept.map(({ begins }) => begins)).toEqual(Array.from({ length: 8 }, () => 3))
  })

  test('whoever it is true of no more, or who dies, gives the place to others', async () => {
    await publish(house, taking('leaving-room', 'N22', { perDay: 1 }))
    const ids = await people(3, 'N22.0')
    await evaluate(house)
    const [first, second] = await waitingOf(ids, 'leaving-room')
    await db()
      .updateTable('condition')
      .set({
        superseded_by: first!.patient_id,
        superseded_at: house.clock.now(),
        superseded_because: '诊断更正',
      } as never)
      .where('patient_id', '=', first!.patient_id)
      .execute()
    await db()
      .updateTable('patient')
      .set({ state: 'deceased' } as never)
      .where('id', '=', second!.patient_id)
      .execute()
    await again([first!.patient_id, second!.patient_id])
    expect(await waitingOf(ids, 'leaving-room')).toEqual([])
    const [next] = await people(1, 'N22.0')
    await evaluate(house)
    expect((await waitOf(next!, 'leaving-room'))!.begins_on).toBe(first!.begins_on)
  })

  test('with a version that spreads no more everybody begins', async () => {
    await publish(house, taking('no-more', 'N23', { perDay: 1 }))
    const ids = await people(3, 'N23.0')
    await evaluate(house)
    expect(await waitingOf(ids, 'no-more')).toHaveLength(2)
    await publish(house, taking('no-more', 'N23'))
    await pass(house, 1)
    expect(await waitingOf(ids, 'no-more')).toEqual([])
    expect((await daysOf('no-more')).reduce((sum, one) => sum + Number(one.slice(11)), 0)).toBe(3)
  })

  test('an event is never moved, even where a version says so', async () => {
    const definition = aPathway(
      {
        code: 'after-surgery',
        entry: { procedure: 'surgery', withinDays: 10 },
        anchor: 'procedure',
        spread: { perDay: 1 },
      },
      [aStep({ first: { days: 3 } })],
    )
    await house.write(
      async (ctx) =>
        void (await ctx.tx
          .insertInto('protocol')
          .values({
            organization_id: ctx.organizationId,
            code: 'after-surgery',
            version: 1,
            state: 'published',
            definition: JSON.stringify(definition),
            created_at: ctx.clock.now(),
            published_at: ctx.clock.now(),
          } as never)
          .execute()),
    )
    const today = house.clock.today(house.tenant.timeZone)
    const ids = [await aPerson(house, { surgeryOn: today }), await aPerson(house, { surgeryOn: today })]
    await evaluate(house)
    for (const id of ids) expect(await runOf(id, 'after-surgery')).toMatchObject({ anchor_on: today })
    const [editor, reviewer] = [await as(editorId), await as(reviewerId)]
    const { faults } = await editor.call(checkDraft, { body: { definition } })
    expect(faults.map(({ code }) => code)).toContain('SpreadByEvent')
    await editor.call(draftProtocol, {
      params: { code: 'after-surgery-two' },
      body: { definition: { ...definition, code: 'after-surgery-two' } },
    })
    expect(
      (
        await reviewer.try(publishProtocol, {
          params: { code: 'after-surgery-two' },
          body: { version: 1, running: 'leave' },
        })
      ).code,
    ).toBe('ProtocolFault')
  })
})

describe('people who wait', () => {
  test('are shown with their day, and are begun at once by hand', async () => {
    await publish(house, taking('by-and-by', 'N25', { perDay: 1 }))
    const ids = await people(3, 'N25.0')
    await evaluate(house)
    const last = (await waitingOf(ids, 'by-and-by')).at(-1)!
    const params = { patientId: last.patient_id as never }
    const manager = await as(managerId)
    const shown = await manager.call(listRuns, { params })
    expect(shown.waiting).toMatchObject([{ protocol: 'by-and-by', beginsOn: last.begins_on, entryKey: 'condition' }])
    expect((await manager.call(getProtocol, { params: { code: 'by-and-by' } })).waiting).toHaveLength(2)

    const stranger = await house.as('front-desk')
    expect((await stranger.try(enrol, { params, body: { protocol: 'by-and-by', reason: '' } })).status).toBe(403)
    expect(await waitOf(last.patient_id, 'by-and-by')).toMatchObject({ begins_on: last.begins_on })

    await manager.call(enrol, { params, body: { protocol: 'by-and-by', reason: '病人着急' } })
    const today = house.clock.today(house.tenant.timeZone)
    expect(await runOf(last.patient_id, 'by-and-by')).toMatchObject({ anchor_on: today, entry_key: last.entry_key })
    expect((await manager.call(listRuns, { params })).waiting).toEqual([])
    // The place is somebody else's now.
    const [next] = await people(1, 'N25.0')
    await evaluate(house)
    expect((await waitOf(next!, 'by-and-by'))!.begins_on).toBe(last.begins_on)
  })

  test('take their day along through a merge, and back', async () => {
    const desk = await house.as('front-desk')
    await publish(house, taking('merging', 'N26', { perDay: 1 }))
    await people(1, 'N26.0')
    await evaluate(house)
    const one = await aPerson(house, { name: '周玉兰', condition: 'N26.0' })
    await evaluate(house)
    const wait = (await waitOf(one, 'merging'))!
    const other = await aPerson(house, { name: '周玉兰' })
    const { proposalId } = await desk.call(proposeMerge, { body: { oneId: one as never, otherId: other as never } })
    const { mergeId } = await desk.call(mergePatients, {
      params: { proposalId },
      body: { intoId: other as never, chosen: {}, reason: '同一个人' },
    })
    await house.settle()
    await evaluate(house)
    expect((await waitOf(other, 'merging'))!.begins_on).toBe(wait.begins_on)
    await desk.call(undoMerge, { params: { mergeId }, body: { reason: '不是同一个人' } })
    await house.settle()
    await evaluate(house)
    expect(await waitOf(other, 'merging')).toBeUndefined()
    expect((await waitOf(one, 'merging'))!.begins_on).toBe(wait.begins_on)
  })
})

describe('the load before it is published', () => {
  test('counts whom it would take in, few as “fewer than”, and nobody who has it or waits for it', async () => {
    const definition = taking('counted', 'N27', { perDay: 4 })
    await people(3, 'N27.0')
    const editor = await as(editorId)
    expect(await editor.call(measureIntake, { body: { definition } })).toMatchObject({
      entering: 10,
      few: true,
      waiting: 0,
    })
    await people(9, 'N27.0')
    const told = await editor.call(measureIntake, { body: { definition } })
    expect(told).toMatchObject({ entering: 12, few: false, enteredToday: 0, begins: [], staff: { manager: 1 } })
    expect(told.shut).toContain('2026-03-21')
    await publish(house, definition)
    await evaluate(house)
    const after = await editor.call(measureIntake, { body: { definition } })
    expect(after).toMatchObject({ entering: 0, waiting: 8, enteredToday: 12 })
    expect(after.begins.map(({ count }) => count)).toEqual([4, 4, 4])
  })

  test('of people who come in by what happens to them it is not asked', async () => {
    const definition = aPathway({ entry: { hand: true } })
    const editor = await as(editorId)
    expect(await editor.call(measureIntake, { body: { definition } })).toMatchObject({ entering: null })
    const desk = await house.as('front-desk')
    expect((await desk.try(measureIntake, { body: { definition } })).status).toBe(403)
  })
})

test('what is recorded of somebody who waits changes nothing about their day', async () => {
  await publish(house, taking('steady', 'N28', { perDay: 1 }))
  const ids = await people(2, 'N28.0')
  await evaluate(house)
  const [wait] = await waitingOf(ids, 'steady')
  await house.write((ctx) =>
    addCondition(ctx, { patientId: wait!.patient_id, code: 'K29.0', name: '胃炎' }).then(() => undefined),
  )
  await evaluate(house)
  expect(await waitingOf(ids, 'steady')).toEqual([wait])
})
