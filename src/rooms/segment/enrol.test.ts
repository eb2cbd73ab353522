import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { withClient } from '../../../test/database.ts'
import { aHouse } from '../../../test/house.ts'
import { hold } from '../agenda/server/index.ts'
import { evaluate } from '../follow-up/sample-plan.ts'
import { aPathway, aStep, publish } from '../follow-up/sample-pathway.ts'
import { enrol, exitRun } from '../follow-up/contract/run.ts'
import { countForEnrolment, enrolMembers } from './contract/enrol.ts'
import { aPerson, aSegment, membersIn, signInAgain } from './sample-clinic.ts'

/** A list is put into a pathway: each gets a day, once. */
const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
const doctor = await house.as('physician')
const other = await house.as('physician')
const editor = await house.as('content-editor')
const calm = aStep({ first: { days: 7 }, after: { days: 30 }, window: { before: { days: 0 }, after: { days: 5 } } })
await publish(house, aPathway({ code: 'calm' }, [calm]))
await publish(house, aPathway({ code: 'hasty' }, [aStep({ first: { days: 2 } })]))
await publish(house, aPathway({ code: 'after-birth', anchor: 'delivery' }, [calm]))

const daysOf = async (code: string) => {
  const waiting = await db.selectFrom('plan_wait').select('begins_on as on').where('protocol_code', '=', code).execute()
  const begun = await db.selectFrom('plan_run').select('anchor_on as on').where('protocol_code', '=', code).execute()
  const byDay = Map.groupBy([...waiting, ...begun], ({ on }) => on)
  return [...byDay].map(([on, those]) => `${on} ${those.length}`).toSorted()
}

const waitingForLocks = async () => {
  const { rows } = await withClient(house.databaseUrl, (client) =>
    client.query<{ n: number }>(`select count(*)::int n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`),
  )
  return rows[0]!.n
}

test('one’s own people of a segment begin on different days; asked again nobody is put in twice', async () => {
  const ids: string[] = []
  for (let n = 0; n < 9; n++) ids.push(await aPerson(house, { sbp: 150, doctorId: doctor.staffId }))
  const strange = await aPerson(house, { sbp: 150, doctorId: other.staffId })
  const segmentId = await aSegment(house, editor)
  expect(await membersIn(house, segmentId)).toHaveLength(10)
  const params = { segmentId }

  // One of them has said no to it before, and one is in it.
  const [refuser, runner] = ids as [string, string]
  const started = await doctor.call(enrol, { params: { patientId: refuser as never }, body: { protocol: 'calm' } })
  await doctor.call(exitRun, { params: { runId: started.runId }, body: { reason: 'refusal', note: '不想参加' } })
  await doctor.call(enrol, { params: { patientId: runner as never }, body: { protocol: 'calm' } })

  expect(await doctor.call(countForEnrolment, { params, body: { protocol: 'calm' } })).toEqual({ people: 7 })
  const body = { protocol: 'calm', spread: { perDay: 3 } }
  expect((await editor.try(enrolMembers, { params, body })).status).toBe(403)
  expect((await doctor.try(enrolMembers, { params, body: { ...body, protocol: 'after-birth' } })).code).toBe(
    'PlanCountsFromEvent',
  )
  expect((await doctor.try(enrolMembers, { params, body: { ...body, protocol: 'hasty' } })).code).toBe('PlanCannotWait')
  expect((await doctor.try(enrolMembers, { params, body: { ...body, protocol: 'nowhere' } })).code).toBe(
    'ProtocolUnknown',
  )
  expect(await db.selectFrom('plan_wait').selectAll().execute()).toEqual([])

  const both = await Promise.all([0, 1].map(() => doctor.call(enrolMembers, { params, body })))
  expect(both.flatMap(({ beginnings }) => beginnings)).toEqual([
    { on: '2026-03-02', count: 3 },
    { on: '2026-03-03', count: 3 },
    { on: '2026-03-04', count: 1 },
  ])
  await evaluate(house)
  expect(await daysOf('calm')).toEqual(['2026-03-02 5', '2026-03-03 3', '2026-03-04 1'])
  expect(await db.selectFrom('plan_wait').selectAll().where('patient_id', 'in', [strange, refuser]).execute()).toEqual(
    [],
  )
  // Those whose day comes begin on it, though no condition of the pathway takes them in.
  house.clock.advance({ days: 1 })
  await evaluate(house)
  const begun = await db.selectFrom('plan_run').selectAll().where('anchor_on', '=', '2026-03-03').execute()
  expect(begun.map(({ state, entry_key }) => [state, entry_key.split(':')[0]])).toEqual(
    Array.from({ length: 3 }, () => ['active', 'list']),
  )
})

test('without spreading all begin today', async () => {
  const again = await house.as('physician')
  for (let n = 0; n < 4; n++) await aPerson(house, { sbp: 170, doctorId: again.staffId })
  const segmentId = await aSegment(house, await signInAgain(house, editor), { name: { zh: '血压很高', en: '' } })
  const { beginnings } = await again.call(enrolMembers, { params: { segmentId }, body: { protocol: 'hasty' } })
  expect(beginnings).toEqual([{ on: '2026-03-03', count: 4 }])
  await evaluate(house)
  expect(await daysOf('hasty')).toEqual(['2026-03-03 4'])
})

test('a list waits for people whom the engine has, before it takes the days that the engine may need', async () => {
  const third = await house.as('physician')
  const person = await aPerson(house, { sbp: 170, doctorId: third.staffId })
  const segmentId = await aSegment(house, await signInAgain(house, editor), { name: { zh: '血压也高', en: '' } })
  let putIn: Promise<unknown> = Promise.resolve()
  await house.write(async ({ tx, organizationId }) => {
    await hold(tx, organizationId, [person])
    putIn = third.call(enrolMembers, { params: { segmentId }, body: { protocol: 'calm', spread: { perDay: 3 } } })
    await vi.waitFor(async () => expect(await waitingForLocks()).toBe(1), { timeout: 15_000, interval: 20 })
    await sql`select from plan_intake where protocol_code = 'calm' for update nowait`.execute(tx)
  })
  expect(await putIn).toMatchObject({ beginnings: [{ count: 1 }] })
})
