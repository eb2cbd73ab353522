import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { aHouse } from '../../../test/house.ts'
import { withClient } from '../../../test/database.ts'
import { event } from '../contract/event.ts'
import { nudgeAfter, type Nudge } from '../database/after-commit.ts'
import { systemActor, type AuditNote, type WriteContext } from './context.ts'
import { readContext, write, type House } from './house.ts'

const happened = event('test.happened', z.object({ n: z.number() }))
const ignored = event('test.ignored', z.object({ n: z.number() }))

const { house: built, tenant, databaseUrl, clock } = await aHouse()
let nudges = 0
const house: House = { ...built, listened: new Set([happened.name]), nudge: () => void nudges++ }
const options = { tenant, actor: systemActor(tenant.id, 'test') }

beforeAll(() =>
  withClient(databaseUrl, (client) =>
    client.query(
      `create table probe (organization_id uuid not null, n int not null, count int not null default 0, primary key (organization_id, n));
       call peiban_tenant_table('probe'); insert into probe values ('${tenant.id}', 1), ('${tenant.id}', 2)`,
    ),
  ),
)
beforeEach(async () => {
  nudges = 0
  await withClient(databaseUrl, (client) =>
    client.query('delete from outbox_event; update probe set count = 0; delete from probe where n > 2'),
  )
})

const fail = (ctx: WriteContext, code: string) =>
  sql.raw(`do $$ begin raise exception 'test' using errcode = '${code}'; end $$`).execute(ctx.tx)
const bump = (ctx: WriteContext, n: number) => sql`update probe set count = count + 1 where n = ${n}`.execute(ctx.tx)
const counts = async () =>
  (
    await sql<{ count: number }>`select count from probe where n <= 2 order by n`.execute(house.databases.of(tenant.id))
  ).rows.map((row) => row.count)
const events = () =>
  house.databases.none.selectFrom('outbox_event').select(['name', 'payload', 'organization_id']).execute()

describe('a transaction is tried again', () => {
  test.each(['40001', '40P01'])('after %s, and its effects are there once', async (code) => {
    let tries = 0
    const answer = await write(house, options, async (ctx) => {
      await bump(ctx, 1)
      await ctx.emit(happened, { n: 1 })
      if (++tries < 3) await fail(ctx, code)
      return tries
    })
    expect(answer).toBe(3)
    expect(await counts()).toEqual([1, 0])
    expect(await events()).toHaveLength(1)
    expect(nudges).toBe(1)
  })

  test('four times, and not for ever', async () => {
    let tries = 0
    const attempt = write(house, options, async (ctx) => {
      tries++
      await fail(ctx, '40001')
    })
    await expect(attempt).rejects.toMatchObject({ code: '40001' })
    expect(tries).toBe(4)
  })

  test('but not after anything else', async () => {
    let tries = 0
    const attempt = write(house, options, async (ctx) => {
      tries++
      await sql`insert into probe values (${tenant.id}, 1)`.execute(ctx.tx)
    })
    await expect(attempt).rejects.toMatchObject({ code: '23505' })
    expect(tries).toBe(1)
  })

  test('when two of them have truly locked each other out', async () => {
    let tries = 0
    let arrived = 0
    let meet = (): void => {}
    const both = new Promise<void>((resolve) => (meet = resolve))
    const crossing = (first: number, second: number) =>
      write(house, options, async (ctx) => {
        tries++
        await bump(ctx, first)
        if (++arrived === 2) meet()
        await both
        await bump(ctx, second)
      })
    await Promise.all([crossing(1, 2), crossing(2, 1)])
    // PostgreSQL may end both when each looks for a circle in the same instant, and they may meet once more.
    expect(tries).toBeGreaterThan(2)
    expect(await counts()).toEqual([2, 2])
  })
})

test('the audit note starts afresh with each try', async () => {
  const audit: AuditNote = { detail: {} }
  let tries = 0
  await write(house, { ...options, audit }, async (ctx) => {
    expect(ctx.audit).toEqual({ detail: {} })
    if (++tries === 1) {
      ctx.audit.detail['first'] = true
      ctx.audit.patientId = 'p1'
      ctx.audit.subjectId = 's1'
      await fail(ctx, '40001')
    }
    ctx.audit.detail['second'] = true
  })
  expect(audit).toEqual({ detail: { second: true } })
})

describe('events', () => {
  test('are stored with the transaction that emits them', async () => {
    await write(house, options, (ctx) => ctx.emit(happened, { n: 7 }))
    expect(await events()).toEqual([{ name: 'test.happened', payload: { n: 7 }, organization_id: tenant.id }])
    expect(nudges).toBe(1)
  })

  test('many at once are stored whole, or not at all', async () => {
    await write(house, options, (ctx) => ctx.emitMany(happened, [{ n: 1 }, { n: 2 }, { n: 3 }]))
    expect((await events()).map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    expect(nudges).toBe(1)
    const attempt = write(house, options, (ctx) => ctx.emitMany(happened, [{ n: 4 }, { n: 'five' as never }]))
    await expect(attempt).rejects.toMatchObject({ name: 'ZodError' })
    await write(house, options, (ctx) => ctx.emitMany(happened, []))
    await write(house, options, (ctx) => ctx.emitMany(ignored, [{ n: 6 }]))
    expect(await events()).toHaveLength(3)
    expect(nudges).toBe(1)
  })

  test('go with a transaction that is taken back, and nobody is nudged', async () => {
    const attempt = write(house, options, async (ctx) => {
      await bump(ctx, 1)
      await ctx.emit(happened, { n: 1 })
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    expect(await events()).toEqual([])
    expect(await counts()).toEqual([0, 0])
    expect(nudges).toBe(0)
  })

  test('other work left behind is told of once, each kind by its name, and only after the commit', async () => {
    const told: Nudge[] = []
    const other = { ...house, nudge: (nudge: Nudge) => void told.push(nudge) }
    await write(other, options, async (ctx) => {
      nudgeAfter(ctx.tx, 'care')
      await ctx.emit(happened, { n: 1 })
      nudgeAfter(ctx.tx, 'care')
      expect(told).toEqual([])
    })
    expect(told).toEqual(['care', 'events'])
    const attempt = write(other, options, async (ctx) => {
      nudgeAfter(ctx.tx, 'care')
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    expect(told).toHaveLength(2)
  })

  test('to which nobody listens are not stored', async () => {
    await write(house, options, (ctx) => ctx.emit(ignored, { n: 1 }))
    expect(await events()).toEqual([])
    expect(nudges).toBe(0)
  })

  test('keep to their contract', async () => {
    await expect(write(house, options, (ctx) => ctx.emit(happened, { n: 'one' } as never))).rejects.toMatchObject({
      name: 'ZodError',
    })
    await write(house, options, (ctx) => ctx.emit(happened, { n: 1, phone: '18012341999' } as never))
    expect(await events()).toMatchObject([{ payload: { n: 1 } }])
  })
})

test('a context knows its organization, its day and its language', () => {
  clock.set('2026-03-02T16:30:00Z')
  const ctx = readContext(house, options)
  expect(ctx).toMatchObject({ organizationId: tenant.id, today: '2026-03-03', locale: 'zh-CN', audit: { detail: {} } })
  expect(
    readContext(house, { ...options, tenant: { ...tenant, timeZone: 'Europe/Berlin' }, locale: 'en' }),
  ).toMatchObject({ today: '2026-03-02', locale: 'en' })
})
