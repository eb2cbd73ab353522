import { sql, type SqlBool } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { systemActor } from '../../platform/context/context.ts'
import { readContext } from '../../platform/context/house.ts'
import { countActive, halves, type Divide, type Part } from '../patient/server/index.ts'
import { aPerson, highPressure } from './sample-clinic.ts'
import { countForSegment } from './server/count.ts'

const house = await aHouse()
const { tenant } = house
const actor = { ...systemActor(tenant.id, 'test'), permissions: new Set(['patient.read']) }
const ctx = () => readContext(house.house, { tenant, actor: actor as never })
let people: string[] = []

beforeAll(async () => {
  const ids: string[] = []
  for (const sbp of [150, 120, 160, 171, 110]) ids.push(await aPerson(house, { sbp }))
  people = ids.toSorted()
})

const dividedAt =
  (...places: number[]): Divide =>
  () =>
    Promise.resolve(
      [0, ...places].map((at, n): Part => ({
        ...(at > 0 ? { from: people[at]! } : {}),
        ...(n < places.length ? { below: people[places[n]!]! } : {}),
      })),
    )

test.each([[[]], [[1]], [[2]], [[4]], [[1, 3]]])('divided at %j, everybody is counted once', async (places) => {
  const answer = await countForSegment(ctx(), highPressure, 'draft', dividedAt(...places))
  expect(answer).toMatchObject({ size: { count: 3 }, of: 5, ended: null })
})

test('whoever has died, or whose file was joined with another, is not among everybody', async () => {
  const [dead, joined] = [await aPerson(house), await aPerson(house)]
  const db = house.house.databases.of(tenant.id)
  expect(await countActive(db, tenant.id)).toBe(7)
  await sql`update patient set state = 'deceased', deceased_on = '2026-01-01' where id = ${dead}`.execute(db)
  await sql`update patient set state = 'merged', merged_into = ${people[0]} where id = ${joined}`.execute(db)
  expect(await countActive(db, tenant.id)).toBe(5)
  expect(await countActive(db, tenant.id, sql<SqlBool>`p.id = any(${[dead, people[1]]}::uuid[])`)).toBe(1)
  expect(await countForSegment(ctx(), highPressure, 'with the dead')).toMatchObject({ size: { count: 3 }, of: 5 })
})

test('a small organization is not divided', async () => {
  expect(await halves(house.house.databases.of(tenant.id), tenant.id)).toEqual([{}])
})

test('one part that is broken off ends the whole, and nobody is shown half a number', async () => {
  const one = countForSegment(ctx(), highPressure, 'typing', dividedAt(2))
  const two = countForSegment(ctx(), highPressure, 'typing', dividedAt(3))
  for (const answer of await Promise.all([one, two]))
    expect(answer.ended === null ? answer.size.count : answer).toEqual(
      answer.ended === null ? 3 : expect.objectContaining({ of: 0, ended: 'superseded' }),
    )
})
