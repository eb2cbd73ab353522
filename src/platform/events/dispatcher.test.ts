import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { aHouse } from '../../../test/house.ts'
import { withClient } from '../../../test/database.ts'
import { event } from '../contract/event.ts'
import { systemActor, type WriteContext } from '../context/context.ts'
import { write, type House } from '../context/house.ts'
import { on, type Listener } from '../context/room.ts'
import { createDatabases, createPool } from '../database/database.ts'
import { APPLICATION_ROLE } from '../database/migrate.ts'
import { ATTEMPTS_MAX, dispatchEvents } from './dispatcher.ts'

const happened = event('test.happened', z.object({ n: z.number() }))

const { house: built, tenant, anOrganization, databaseUrl, clock } = await aHouse()
const house: House = { ...built, listened: new Set([happened.name]) }

beforeAll(() =>
  withClient(databaseUrl, (client) =>
    client.query(
      `create table effect (organization_id uuid not null, n int not null, listener text not null);
       call peiban_tenant_table('effect')`,
    ),
  ),
)
beforeEach(() =>
  withClient(databaseUrl, (client) =>
    client.query('delete from outbox_event; delete from outbox_receipt; delete from effect'),
  ),
)

const emit = (...ns: number[]) =>
  write(house, { tenant, actor: systemActor(tenant.id, 'test') }, async (ctx) => {
    for (const n of ns) await ctx.emit(happened, { n })
  })
const keep = (ctx: WriteContext, n: number, listener: string) =>
  sql`insert into effect values (${ctx.organizationId}, ${n}, ${listener})`.execute(ctx.tx)
/** A listener whose effect is a row. */
const keeper = (name: string): Listener => on(happened, name, async (ctx, { n }) => void (await keep(ctx, n, name)))
const effects = () =>
  withClient(
    databaseUrl,
    async (client) =>
      (await client.query<{ n: number; listener: string }>('select n, listener from effect order by n, listener')).rows,
  )
const outbox = () =>
  house.databases.none
    .selectFrom('outbox_event')
    .select(['attempts', 'next_at', 'delivered_at', 'last_error'])
    .orderBy('id')
    .execute()

test('an event reaches each of its listeners once', async () => {
  await emit(1, 2)
  const other = on(event('test.other', z.object({})), 'deaf', async () => expect.fail('not its event'))
  const listeners = [keeper('one'), keeper('two'), other]
  expect(await dispatchEvents(house, listeners)).toBe(2)
  expect(await dispatchEvents(house, listeners)).toBe(0)
  expect(await effects()).toEqual(
    [1, 2].flatMap((n) => [
      { n, listener: 'one' },
      { n, listener: 'two' },
    ]),
  )
  expect(await outbox()).toMatchObject([{ delivered_at: clock.now(), last_error: null }, { delivered_at: clock.now() }])
})

test('events of one transaction come in the order they were emitted', async () => {
  const seen: number[] = []
  const ns = Array.from({ length: 120 }, (_, n) => n)
  for (const n of ns) {
    clock.advance({ seconds: 1 })
    await emit(n)
  }
  const listener = on(happened, 'order', async (_ctx, { n }) => void seen.push(n))
  while ((await dispatchEvents(house, [listener])) > 0);
  expect(seen).toEqual(ns)
})

test('a listener works in the organization of the event', async () => {
  const theirs = await anOrganization()
  house.forgetTenants()
  await write(house, { tenant: theirs, actor: systemActor(theirs.id, 'test') }, (ctx) => ctx.emit(happened, { n: 1 }))
  const seen: string[] = []
  await dispatchEvents(house, [on(happened, 'whose', async (ctx) => void seen.push(ctx.tenant.id, ctx.actor.name))])
  expect(seen).toEqual([theirs.id, 'whose'])
})

test('a crash between the effect and the end of the delivery does not double the effect', async () => {
  await emit(1)
  const mortal = createDatabases(createPool({ url: databaseUrl, max: 2, role: APPLICATION_ROLE }))
  const dying = on(happened, 'one', async (ctx, { n }) => {
    await keep(ctx, n, 'one')
    // The connection over which the delivery would be noted is gone before that happens.
    await mortal.close()
  })
  const crashed = dispatchEvents({ ...house, databases: { ...house.databases, none: mortal.none } }, [dying])
  await expect(crashed).rejects.toThrow()
  expect(await effects()).toHaveLength(1)
  expect(await outbox()).toMatchObject([{ attempts: 1, delivered_at: null }])

  expect(await dispatchEvents(house, [keeper('one'), keeper('two')]), 'the lease still holds').toBe(0)
  clock.advance({ seconds: 61 })
  expect(await dispatchEvents(house, [keeper('one'), keeper('two')])).toBe(1)
  expect(await effects()).toEqual([
    { n: 1, listener: 'one' },
    { n: 1, listener: 'two' },
  ])
  expect((await outbox())[0]!.delivered_at).toEqual(clock.now())
})

describe('a listener that fails', () => {
  const broken = on(happened, 'broken', async (ctx, { n }) => {
    await keep(ctx, n, 'broken')
    throw new Error('the printer is out of paper')
  })

  test('keeps nothing of its own, and what others did stays', async () => {
    await emit(1)
    await dispatchEvents(house, [keeper('one'), broken])
    expect(await effects()).toEqual([{ n: 1, listener: 'one' }])
    expect(await outbox()).toMatchObject([
      { attempts: 1, delivered_at: null, last_error: 'broken: the printer is out of paper' },
    ])
  })

  test('is asked again after ever longer pauses, then left to a person', async () => {
    await emit(1)
    const pauses: number[] = []
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      expect(await dispatchEvents(house, [broken])).toBe(1)
      const { next_at } = (await outbox())[0]!
      pauses.push((next_at.getTime() - clock.now().getTime()) / 1000)
      clock.set(new Date(next_at.getTime() - 1))
      expect(await dispatchEvents(house, [broken])).toBe(0)
      clock.set(next_at)
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600])
    clock.advance({ days: 30 })
    expect(await dispatchEvents(house, [broken])).toBe(0)
    expect(await outbox()).toMatchObject([
      { attempts: ATTEMPTS_MAX, last_error: 'broken: the printer is out of paper' },
    ])
  })

  test('and then succeeds is done, and those before it are not asked twice', async () => {
    await emit(1)
    await dispatchEvents(house, [keeper('one'), broken])
    clock.advance({ seconds: 2 })
    await dispatchEvents(house, [keeper('one'), keeper('broken')])
    expect(await effects()).toEqual([
      { n: 1, listener: 'broken' },
      { n: 1, listener: 'one' },
    ])
    expect(await outbox()).toMatchObject([{ delivered_at: clock.now(), last_error: null }])
  })

  test('does not hold up other events', async () => {
    await emit(1, 2, 3)
    const picky = on(happened, 'picky', async (ctx, { n }) => {
      if (n === 2) throw new Error('not this one')
      await keep(ctx, n, 'picky')
    })
    await dispatchEvents(house, [picky])
    expect((await effects()).map(({ n }) => n)).toEqual([1, 3])
  })
})

test('what does not fit the contract is not handed to a listener', async () => {
  await emit(1)
  await withClient(databaseUrl, (client) => client.query(`update outbox_event set payload = '{"n":"one"}'`))
  await dispatchEvents(house, [keeper('one')])
  expect(await effects()).toEqual([])
  expect((await outbox())[0]!.last_error).toMatch(/^one: .*expected number/s)
})

test('many dispatchers at once share the work and do none of it twice', async () => {
  const ns = Array.from({ length: 150 }, (_, n) => n)
  await emit(...ns)
  const drain = async (): Promise<number> => {
    let claimed = 0
    for (let found = 1; found > 0; claimed += found) found = await dispatchEvents(house, [keeper('one')])
    return claimed
  }
  const claimed = await Promise.all([drain(), drain(), drain()])
  expect(claimed.reduce((sum, n) => sum + n, 0)).toBe(150)
  expect((await effects()).map(({ n }) => n)).toEqual(ns)
})
