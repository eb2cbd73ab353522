import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { BoundedReads } from './bounded.ts'

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
const waiting = (seconds: number) => sql`select pg_sleep(${seconds})`

test('what is ready in time is answered', async () => {
  const reads = new BoundedReads()
  const answer = await reads.read(db, { key: 'a', limitMs: 10_000 }, async (tx) => {
    const { rows } = await sql<{ n: number }>`select 7 n`.execute(tx)
    return rows[0]!.n
  })
  expect(answer).toEqual({ done: 7 })
})

test('what takes too long is ended by the database, and the connection goes on', async () => {
  const reads = new BoundedReads()
  expect(await reads.read(db, { key: 'a', limitMs: 100 }, (tx) => waiting(60).execute(tx))).toEqual({
    ended: 'too-long',
  })
  expect((await sql`select 1`.execute(db)).rows).toHaveLength(1)
})

test('the next of the same key breaks off the former, and no other', async () => {
  const reads = new BoundedReads()
  let isRunning: () => void = () => {}
  const running = new Promise<void>((resolve) => (isRunning = resolve))
  const first = reads.read(db, { key: 'a', limitMs: 60_000 }, async (tx) => {
    isRunning()
    await waiting(50).execute(tx)
  })
  await running
  const other = reads.read(db, { key: 'b', limitMs: 60_000 }, async (tx) => {
    await waiting(0.2).execute(tx)
    return 'other'
  })
  const second = reads.read(db, { key: 'a', limitMs: 60_000 }, () => Promise.resolve('second'))
  expect(await second).toEqual({ done: 'second' })
  expect(await first).toEqual({ ended: 'superseded' })
  expect(await other).toEqual({ done: 'other' })
})

test('a fault is thrown as it is', async () => {
  const reads = new BoundedReads()
  await expect(reads.read(db, { key: 'a', limitMs: 1000 }, (tx) => sql`select 1/0`.execute(tx))).rejects.toThrow('zero')
  expect(await reads.read(db, { key: 'a', limitMs: 1000 }, () => Promise.resolve(1))).toEqual({ done: 1 })
})
