import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { listPatients, searchPatients } from './contract/patient.ts'
import { grantAccess } from './server/index.ts'

const house = await aHouse()
const [loner, few, some, many, sales] = await Promise.all(
  (['physician', 'physician', 'physician', 'physician', 'sales-manager'] as const).map((role) => house.as(role)),
)
const desk = await house.as('front-desk')
const found = async (who: Caller, q: string) =>
  (await who.call(searchPatients, { query: { q, limit: 20 } })).rows.map((row) => row.name)

/** People of these names in the order of numbers, which their words repeat. */
async function people(count: number, name: (n: string) => string, doctorId: string | null): Promise<void> {
  const ids = Array.from({ length: count }, () => house.house.ids.next<string>())
  const names = ids.map((_, n) => name(String(n).padStart(5, '0')))
  const words = names.map((one) => one.toLowerCase())
  await house.write(async (ctx) => {
    await sql`insert into patient (organization_id, id, name, sex, doctor_id, created_at, updated_at)
      select ${ctx.organizationId}, id, name, 'female', ${doctorId}, ${ctx.clock.now()}, ${ctx.clock.now()}
      from unnest(${ids}::uuid[], ${names}::text[]) p (id, name)`.execute(ctx.tx)
    await sql`insert into patient_search (organization_id, word, patient_id)
      select ${ctx.organizationId}, word, id from unnest(${ids}::uuid[], ${words}::text[]) w (id, word)`.execute(ctx.tx)
  })
}

// A family name of 4,000 others, with the own people behind all of them: the first hits never hold one of theirs.
await people(4000, (n) => `欧阳甲${n}`, null)
await people(5, (n) => `欧阳乙${n}`, few!.staffId)
await people(2100, (n) => `另外丙${n}`, some!.staffId)
await people(3, (n) => `欧阳丁${n}`, some!.staffId)
await people(20_100, (n) => `另外戊${n}`, many!.staffId)
await people(2, (n) => `欧阳己${n}`, many!.staffId)

describe('among thousands of one name, everybody finds their own', () => {
  test('the front desk: the first in order', async () => {
    expect(await found(desk, '欧阳')).toHaveLength(20)
  })

  test.each([
    { who: 'nobody of their own', caller: loner!, names: [] },
    { who: 'a few', caller: few!, names: ['欧阳乙00000', '欧阳乙00001', '欧阳乙00002', '欧阳乙00003', '欧阳乙00004'] },
    { who: 'two thousand', caller: some!, names: ['欧阳丁00000', '欧阳丁00001', '欧阳丁00002'] },
    { who: 'twenty thousand', caller: many!, names: ['欧阳己00000', '欧阳己00001'] },
  ])('a physician with $who', async ({ caller, names }) => {
    expect((await found(caller, '欧阳')).toSorted()).toEqual(names)
    expect(await found(caller, '欧阳乙00003')).toEqual(caller === few ? ['欧阳乙00003'] : [])
  })

  test('a sales manager finds the pool from the first hits', async () => {
    const names = await found(sales!, '欧阳')
    expect(names).toHaveLength(20)
    expect(names.every((name) => name.startsWith('欧阳甲'))).toBe(true)
    expect(await found(sales!, '欧阳乙')).toEqual([])
  })

  test('whom a hand-over opens is found with them, and no longer when it has ended', async () => {
    const [row] = (await desk.call(listPatients, { query: { limit: 1 } })).rows
    const until = new Date(house.clock.now().getTime() + 5 * 60_000)
    await house.write((ctx) => grantAccess(ctx, row!.id, loner!.staffId, 'hand-over', until))
    expect(await found(loner!, '欧阳')).toEqual([row!.name])
    house.clock.advance({ minutes: 6 })
    expect(await found(loner!, '欧阳')).toEqual([])
  })
})
