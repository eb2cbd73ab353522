import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { addEncounter, correctFact } from '../observation/server/index.ts'
import { holdPromotion, liftPromotion } from '../message/server/index.ts'
import { wake } from '../agenda/server/index.ts'
import { myPathways } from './contract/my.ts'
import { enrol, listRuns } from './contract/run.ts'
import { aPathway, aStep, publish } from './sample-pathway.ts'
import { aPerson, evaluate, pass, signedIn, storyOf } from './sample-plan.ts'
import { visitsToCall } from './server/index.ts'
import { afterStay, stayIn } from './server/rules/stay.ts'

const house = await aHouse()
const manager = await house.as('service-manager', { name: '李素珍' })
const about = { title: { zh: '每周通话', en: 'A call' }, text: { zh: '我们给您打电话。', en: 'We call you.' } }
const once = [aStep({ next: null, message: 'follow-up-due' })]
const day = (offset = 0) => {
  const at = new Date(house.clock.now().getTime() + offset * 86_400_000)
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}
const db = () => house.house.databases.of(house.tenant.id)

beforeAll(async () => {
  await publish(house, aPathway({ code: 'moved', forPatient: about }, once))
  await publish(house, aPathway({ code: 'anew', stay: { kind: 're-anchor' } }, once))
  await publish(house, aPathway({ code: 'going', stay: { kind: 'go-on' } }, once))
})

/** Somebody whose call is due on the seventh day, until the ninth. */
async function enrolled(protocol = 'moved') {
  const patientId = await aPerson(house, { managerId: manager.staffId })
  const caller = await signedIn(house, manager.staffId)
  await caller.call(enrol, { params: { patientId: patientId as never }, body: { protocol, reason: '' } })
  await evaluate(house)
  return patientId
}

const admit = async (patientId: string, from = 0, until: number | null = null) => {
  const at = (offset: number) => new Date(house.clock.now().getTime() + offset * 86_400_000)
  const { id } = await house.write((ctx) =>
    addEncounter(ctx, {
      patientId,
      class: 'inpatient',
      title: '住院',
      startedAt: at(from),
      endedAt: until === null ? null : at(until),
    }),
  )
  await evaluate(house)
  return id
}
const tasks = (patientId: string) =>
  db()
    .selectFrom('task')
    .select(['state', 'reason_code'])
    .where('patient_id', '=', patientId)
    .where('source', '=', 'follow-up')
    .orderBy('created_at')
    .execute()
const states = async (patientId: string) =>
  (await storyOf(house, patientId)).map((line) => line.split(' ').slice(2).join(' '))
const lines = async (patientId: string) => {
  const { runs } = await (
    await signedIn(house, manager.staffId)
  ).call(listRuns, { params: { patientId: patientId as never } })
  return runs[0]!.occurrences
}

describe('a visit that falls into a stay', () => {
  test('rests: no task, no message, never missed; and comes after the discharge', async () => {
    const patientId = await enrolled()
    await pass(house, 7)
    expect((await tasks(patientId)).filter(({ state }) => state !== 'cancelled')).toHaveLength(1)
    const stayId = await admit(patientId)
    expect((await states(patientId)).map((line) => line.split(' ')[0])).toEqual(['planned'])
    expect(await tasks(patientId)).toMatchObject([{ state: 'cancelled', reason_code: 'in-hospital' }])
    expect((await lines(patientId))[0]!.restingSince).toBe(day())
    const own = await house.asPatient(patientId)
    expect((await own.call(myPathways)).rows[0]!.step).toMatchObject({ now: false, resting: true })
    await pass(house, 10)
    expect((await states(patientId)).map((line) => line.split(' ')[0])).toEqual(['planned'])
    await house.write((ctx) =>
      correctFact(
        ctx,
        'encounter',
        { patientId, id: stayId },
        {
          class: 'inpatient',
          title: '住院',
          startedAt: new Date(house.clock.now().getTime() - 10 * 86_400_000),
          endedAt: house.clock.now(),
        },
        'discharged',
      ),
    )
    house.clock.advance({ hours: 1 })
    await Promise.all([evaluate(house), evaluate(house)])
    const [before, after, ...none] = await states(patientId)
    expect(none).toEqual([])
    expect(before).toMatch(/^cancelled /)
    expect(after).toBe(`planned ${day(1)}/${day(3)}/${day(5)}`)
    expect((await lines(patientId))[0]).toMatchObject({ state: 'cancelled', reason: 'in-hospital', restingSince: null })
    await pass(house, 1)
    expect((await states(patientId))[1]).toMatch(/^due /)
    expect((await tasks(patientId)).map(({ state }) => state).filter((state) => state !== 'cancelled')).toHaveLength(1)
    await pass(house, 6)
    expect((await states(patientId))[1]).toMatch(/^missed /)
  })

  test('the other way: without a stay it is missed', async () => {
    const patientId = await enrolled()
    await pass(house, 10)
    expect((await states(patientId))[0]).toMatch(/^missed /)
  })

  test('one that is not open yet is left alone, and opens as planned where the stay is over by then', async () => {
    const patientId = await enrolled()
    await admit(patientId, 0, 3)
    await pass(house, 7)
    expect((await states(patientId)).map((line) => line.split(' ')[0])).toEqual(['due'])
  })

  test('told of late it is moved all the same, and never into the past', async () => {
    const patientId = await enrolled()
    await pass(house, 8)
    await admit(patientId, -2, -0.1)
    const [before, after] = await states(patientId)
    expect(before).toMatch(/^cancelled /)
    expect(after!.split('/')[1]! >= day()).toBe(true)
  })

  test('by the rule of the protocol: counted anew, or going on as planned', async () => {
    const anew = await enrolled('anew')
    const going = await enrolled('going')
    await pass(house, 6)
    for (const one of [anew, going]) await admit(one, 0, 4)
    await pass(house, 1)
    expect((await states(going))[0]).toMatch(/^due /)
    expect((await states(anew))[0]).toMatch(/^planned /)
    await pass(house, 4)
    expect((await states(going))[0]).toMatch(/^missed /)
    // Discharged on the tenth day, seven days after that.
    expect((await states(anew))[1]!.split('/')[1]).toBe(day(6))
  })

  test('a stay that somebody only said counts as well, and ends with it', async () => {
    const patientId = await enrolled()
    await pass(house, 7)
    const look = () =>
      house.write((ctx) => wake(ctx.tx, ctx.organizationId, [patientId as never], 'stay', ctx.clock.now()))
    await house.write((ctx) => holdPromotion(ctx, [{ patientId, kind: 'admission', sourceKey: patientId }]))
    await look()
    await evaluate(house)
    await pass(house, 5)
    expect((await states(patientId)).map((line) => line.split(' ')[0])).toEqual(['planned'])
    await house.write((ctx) => liftPromotion(ctx, 'admission', [patientId]))
    await look()
    await evaluate(house)
    expect((await states(patientId))[1]).toBe(`planned ${day(1)}/${day(3)}/${day(5)}`)
  })

  test('the call desk is given nothing to call', async () => {
    const patientId = await enrolled()
    await pass(house, 7)
    const due = async () => {
      const found = await house.write((ctx) =>
        visitsToCall({ ...ctx, actor: { ...ctx.actor, kind: 'system' } }, { limit: 100, time: 'any' }),
      )
      return JSON.stringify(found).includes(patientId)
    }
    expect(await due()).toBe(true)
    await admit(patientId)
    expect(await due()).toBe(false)
  })
})

describe('the rule', () => {
  const step = aPathway({}, once).steps[0]!
  const window = { windowFrom: '2026-05-01', dueOn: '2026-05-05', windowUntil: '2026-05-10' }
  test.each([
    ['touches it and leaves too little', [{ from: '2026-05-03', until: '2026-05-08' }], '2026-05-08'],
    ['leaves enough of it', [{ from: '2026-05-01', until: '2026-05-03' }], undefined],
    ['lay before it', [{ from: '2026-04-20', until: '2026-04-30' }], undefined],
    ['came after it', [{ from: '2026-05-11', until: '2026-05-20' }], undefined],
  ])('a stay that %s', (_what, stays, wanted) => {
    expect(stayIn(aPathway({}, once), window, stays)?.until).toBe(wanted)
  })

  test.each([
    ['moved', { kind: 'move', days: 3 }, ['2026-05-21', '2026-05-23', '2026-05-28']],
    ['counted anew', { kind: 're-anchor' }, ['2026-05-27', '2026-05-27', '2026-05-29']],
  ] as const)('%s after the discharge', (_what, stay, [windowFrom, dueOn, windowUntil]) => {
    const protocol = aPathway({ stay }, once)
    expect(afterStay(protocol, step, window, '2026-05-20', '2026-05-20')).toEqual({ windowFrom, dueOn, windowUntil })
  })
})
