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
import { dispatchEvents } from './dispatcher.ts'
import { ATTEMPTS_MAX, countOwed, retryDeliveries } from './retry.ts'

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
    client.query('delete from outbox_event; delete from outbox_receipt; delete from outbox_retry; delete from effect'),
  ),
)

const as = () => ({ tenant, actor: systemActor(tenant.id, 'test') })
const emit = (...ns: number[]) =>
  write(house, as(), async (ctx) => {
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
    .select(['attempts', 'next_at', 'delivered_at'])
    .orderBy('id')
    .execute()
const owed = () =>
  house.databases.none
    .selectFrom('outbox_retry')
    .select(['listener', 'attempts', 'next_at', 'last_error'])
    .orderBy('event_id')
    .orderBy('listener')
    .execute()

test('an urgent event goes before whatever waits already', async () => {
  const order: string[] = []
  const alarm = event('test.alarm', z.object({}), { urgent: true })
  const listeners = [
    on(happened, 'slow', async () => void order.push('happened')),
    on(alarm, 'quick', async () => void order.push('alarm')),
  ]
  await emit(...Array.from({ length: 60 }, (_, n) => n))
  await write({ ...house, listened: new Set(['test.alarm']) }, as(), (ctx) => ctx.emit(alarm, {}))
  for (let batch = 0; batch < 2; batch++) await dispatchEvents(house, listeners)
  expect(order).toHaveLength(61)
  // Of two batches it is in the first, though sixty stood before it.
  expect(order.indexOf('alarm')).toBeLessThan(50)
})

describe('a listener that says what it wants', () => {
  test('is asked once for many events, and where it wants none it has no transaction', async () => {
    let [asked, wants] = [0, false]
    const picky: Listener = { ...keeper('picky'), isWanted: async () => (asked++, wants) }
    await emit(1, 2, 3)
    await dispatchEvents(house, [keeper('plain'), picky])
    expect([asked, (await effects()).map(({ listener }) => listener)]).toEqual([1, ['plain', 'plain', 'plain']])
    const receipts = await house.databases
      .of(tenant.id)
      .selectFrom('outbox_receipt')
      .select('listener')
      .distinct()
      .execute()
    expect(receipts).toEqual([{ listener: 'plain' }])
    wants = true
    await emit(4, 5)
    await dispatchEvents(house, [picky])
    expect(asked).toBe(2)
    expect((await effects()).filter(({ listener }) => listener === 'picky').map(({ n }) => n)).toEqual([4, 5])
  })

  test('is handed what came when it cannot say', async () => {
    const dumb: Listener = { ...keeper('dumb'), isWanted: () => Promise.reject(new Error('no answer')) }
    await emit(1)
    await dispatchEvents(house, [dumb])
    expect(await effects()).toEqual([{ n: 1, listener: 'dumb' }])
  })
})

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
  expect(await outbox()).toMatchObject([{ delivered_at: clock.now() }, { delivered_at: clock.now() }])
})

test.each([
  ['one transaction', async (ns: number[]) => emit(...ns)],
  [
    'one statement',
    async (ns: number[]) =>
      write(house, as(), (ctx) =>
        ctx.emitMany(
          happened,
          ns.map((n) => ({ n })),
        ),
      ),
  ],
  [
    'one after the other',
    async (ns: number[]) => {
      for (const n of ns) await emit(n)
    },
  ],
])('events of %s come in the order they were emitted', async (_what, emitAll) => {
  const seen: number[] = []
  const ns = Array.from({ length: 120 }, (_, n) => n)
  await emitAll(ns)
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

  test('keeps nothing of its own, and holds back neither those before nor those behind it', async () => {
    await emit(1)
    await dispatchEvents(house, [keeper('one'), broken, keeper('two')])
    expect(await effects()).toEqual([
      { n: 1, listener: 'one' },
      { n: 1, listener: 'two' },
    ])
    expect(await outbox()).toMatchObject([{ attempts: 1, delivered_at: clock.now() }])
    expect(await owed()).toMatchObject([{ listener: 'broken', attempts: 1, last_error: 'the printer is out of paper' }])
  })

  test('is asked again after ever longer pauses, then left to a person', async () => {
    await emit(1)
    await dispatchEvents(house, [broken])
    const pauses: number[] = []
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const { next_at, attempts } = (await owed())[0]!
      expect(attempts).toBe(attempt)
      pauses.push((next_at.getTime() - clock.now().getTime()) / 1000)
      clock.set(new Date(next_at.getTime() - 1))
      expect(await retryDeliveries(house, [broken])).toBe(0)
      clock.set(next_at)
      expect(await retryDeliveries(house, [broken])).toBe(attempt < ATTEMPTS_MAX ? 1 : 0)
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600])
    clock.advance({ days: 30 })
    expect(await retryDeliveries(house, [broken])).toBe(0)
    expect(await owed()).toMatchObject([{ attempts: ATTEMPTS_MAX, last_error: 'the printer is out of paper' }])
    expect(await countOwed(house)).toEqual({ owed: 0, given_up: 1 })
  })

  test('and then succeeds is owed nothing, and the others are not asked twice', async () => {
    await emit(1)
    await dispatchEvents(house, [keeper('one'), broken])
    expect(await countOwed(house)).toEqual({ owed: 1, given_up: 0 })
    clock.advance({ seconds: 2 })
    expect(await retryDeliveries(house, [keeper('one'), keeper('broken')])).toBe(1)
    expect(await effects()).toEqual([
      { n: 1, listener: 'broken' },
      { n: 1, listener: 'one' },
    ])
    expect(await owed()).toEqual([])
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

  test('is owed its delivery once, although the worker died in between and the event is delivered again', async () => {
    await emit(1)
    await dispatchEvents(house, [broken])
    await withClient(databaseUrl, (client) => client.query('update outbox_event set delivered_at = null'))
    clock.advance({ seconds: 61 })
    await dispatchEvents(house, [broken])
    expect(await owed()).toMatchObject([{ attempts: 1 }])
    const [again, beside] = await Promise.all([
      retryDeliveries(house, [keeper('broken')]),
      retryDeliveries(house, [keeper('broken')]),
    ])
    expect(again + beside).toBe(1)
    expect(await effects()).toEqual([{ n: 1, listener: 'broken' }])
  })

  test('is left alone by a worker that does not know it', async () => {
    await emit(1)
    await dispatchEvents(house, [broken])
    clock.advance({ days: 1 })
    expect(await retryDeliveries(house, [keeper('one')])).toBe(0)
    expect(await owed()).toHaveLength(1)
  })

  test('because it waits for a lock gives the others their turn', async () => {
    await withClient(databaseUrl, async (other) => {
      await other.query('begin; lock table effect in access exclusive mode')
      await emit(1)
      const seen: string[] = []
      const patient = on(happened, 'patient', async (ctx, { n }) => {
        await sql`set local lock_timeout = '50ms'`.execute(ctx.tx)
        await keep(ctx, n, 'patient')
      })
      await dispatchEvents(house, [patient, on(happened, 'free', async () => void seen.push('free'))])
      expect(seen).toEqual(['free'])
      await other.query('rollback')
    })
    expect(await owed()).toMatchObject([{ listener: 'patient', last_error: expect.stringMatching(/lock timeout/) }])
  })
})

test('no delivery waits for ever, nor for the disk: the end of the batch does', async () => {
  await emit(1)
  const seen: Record<string, string>[] = []
  const names = ['lock_timeout', 'statement_timeout', 'synchronous_commit']
  const curious = on(happened, 'curious', async (ctx) => {
    const { rows } = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings where name = any(${names}) order by name`.execute(ctx.tx)
    seen.push(Object.fromEntries(rows.map(({ name, setting }) => [name, setting])))
  })
  await dispatchEvents(house, [curious])
  expect(seen).toEqual([{ lock_timeout: '10000', statement_timeout: '30000', synchronous_commit: 'off' }])
  const after = await sql<{ setting: string }>`select current_setting('synchronous_commit') setting`.execute(
    house.databases.of(tenant.id),
  )
  expect(after.rows).toEqual([{ setting: 'on' }])
})

test('what does not fit the contract is not handed to a listener', async () => {
  await emit(1)
  await withClient(databaseUrl, (client) => client.query(`update outbox_event set payload = '{"n":"one"}'`))
  await dispatchEvents(house, [keeper('one')])
  expect(await effects()).toEqual([])
  expect(await owed()).toMatchObject([{ listener: 'one', last_error: expect.stringMatching(/expected number/) }])
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
