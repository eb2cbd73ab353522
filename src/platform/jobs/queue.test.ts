import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import pg from 'pg'
import { z } from 'zod'
import { aHouse } from '../../../test/house.ts'
import { job } from '../contract/event.ts'
import { systemActor } from '../context/context.ts'
import { write, type House } from '../context/house.ts'
import { work } from '../context/room.ts'
import { silent } from '../log.ts'
import { openJobQueue } from './queue.ts'

const draw = job('test/draw', z.object({ n: z.number() }))
const other = job('test/other', z.object({ n: z.number() }))

const { house: built, tenant, databaseUrl } = await aHouse()
let drawn: { organizationId: string; n: number }[] = []
let fails = false
const handlers = [
  work(draw, async (_house, organizationId, { n }) => {
    if (fails) throw new Error('no paper')
    drawn.push({ organizationId, n })
  }),
  work(other, async () => {}),
]
// The queues of this file's jobs, made as the owner makes those of the house.
const owner = new pg.Pool({ connectionString: databaseUrl, max: 2 })
const installing = await openJobQueue({ pool: owner, log: silent, handlers, install: true })
await installing.stop()
await owner.end()
const jobs = await openJobQueue({ pool: built.databases.pool, log: silent, handlers })
afterAll(() => jobs.stop())

const house: House = { ...built, jobs }
const options = { tenant, actor: systemActor(tenant.id, 'test') }
beforeEach(async () => {
  fails = false
  await jobs.drain(house, handlers)
  drawn = []
})
const waiting = async (): Promise<number> =>
  (
    await built.databases.pool.query<{ count: number }>(
      `select count(*)::int count from pgboss.job where name = 'test/draw' and state = 'created'`,
    )
  ).rows[0]!.count

describe('a job', () => {
  test('exists once its transaction is committed, and is handed over with its organization', async () => {
    await write(house, options, async (ctx) => {
      await ctx.enqueue(draw, { n: 1 })
      expect(await waiting(), 'seen from outside, before the commit').toBe(0)
    })
    expect(await waiting()).toBe(1)
    expect(await jobs.drain(house, handlers)).toBe(1)
    expect(drawn).toEqual([{ organizationId: tenant.id, n: 1 }])
    expect(await jobs.drain(house, handlers)).toBe(0)
  })

  test('does not exist when its transaction is taken back', async () => {
    const attempt = write(house, options, async (ctx) => {
      await ctx.enqueue(draw, { n: 1 })
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    expect(await waiting()).toBe(0)
    expect(await jobs.drain(house, handlers)).toBe(0)
  })

  test('must keep to its contract', async () => {
    await expect(write(house, options, (ctx) => ctx.enqueue(draw, { n: 'one' } as never))).rejects.toMatchObject({
      name: 'ZodError',
    })
    expect(await waiting()).toBe(0)
  })

  test('for later is not begun now', async () => {
    const startAfter = new Date('2100-01-01T00:00:00Z')
    await write(house, options, (ctx) => ctx.enqueue(draw, { n: 1 }, { startAfter }))
    expect(await waiting()).toBe(1)
    expect(await jobs.drain(house, handlers)).toBe(0)
    await built.databases.pool.query(`delete from pgboss.job where name = 'test/draw'`)
  })
})

describe('with a key', () => {
  const ask = (n: number, key?: string) => write(house, options, (ctx) => ctx.enqueue(draw, { n }, key ? { key } : {}))

  test('at most one waits, however many ask at once', async () => {
    await Promise.all([ask(1, 'a'), ask(2, 'a'), ask(3, 'a'), ask(4, 'b')])
    expect(await waiting()).toBe(2)
    expect(await jobs.drain(house, handlers)).toBe(2)
    await ask(5, 'a')
    expect(await jobs.drain(house, handlers)).toBe(1)
    expect(drawn.at(-1)).toMatchObject({ n: 5 })
  })

  test('only the same kind of job is meant; jobs without a key are all done', async () => {
    await ask(1, 'a')
    await write(house, options, (ctx) => ctx.enqueue(other, { n: 2 }, { key: 'a' }))
    await ask(3)
    await ask(4)
    expect(await jobs.drain(house, handlers)).toBe(4)
  })
})

test('many jobs are all done, each once', async () => {
  await write(house, options, async (ctx) => {
    for (let n = 0; n < 45; n++) await ctx.enqueue(draw, { n })
  })
  expect(await jobs.drain(house, handlers)).toBe(45)
  expect(new Set(drawn.map(({ n }) => n)).size).toBe(45)
})

test('a job that fails is shown to who drains, and is not counted as done', async () => {
  await write(house, options, (ctx) => ctx.enqueue(draw, { n: 1 }))
  fails = true
  await expect(jobs.drain(house, handlers)).rejects.toThrow('no paper')
  const { rows } = await built.databases.pool.query(
    `select from pgboss.job where name = 'test/draw' and state = 'active'`,
  )
  expect(rows).toHaveLength(1)
  await built.databases.pool.query(`delete from pgboss.job where name = 'test/draw'`)
})
