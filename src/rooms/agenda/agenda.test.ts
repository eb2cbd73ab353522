import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { systemActor, type Tenant } from '../../platform/context/context.ts'
import { write } from '../../platform/context/house.ts'
import { agendaState, evaluateDue, hold, wake, wakeEach, wakeEverybody, type CareStep } from './server/index.ts'

const house = await aHouse()

async function somePatients(tenant: Tenant, count: number): Promise<string[]> {
  return house.write(async (ctx) => {
    const ids = Array.from({ length: count }, () => ctx.ids.next())
    await ctx.tx
      .insertInto('patient')
      .values(
        ids.map(
          (id) =>
            ({
              organization_id: tenant.id,
              id,
              name: '甲',
              sex: 'female',
              created_at: ctx.clock.now(),
              updated_at: ctx.clock.now(),
            }) as never,
        ),
      )
      .execute()
    return ids
  }, tenant)
}

function seeing(seen: string[], then?: (id: string) => void): CareStep {
  return {
    name: 'seeing',
    evaluate: async (_ctx, batch) => {
      for (const id of batch.patientIds) {
        seen.push(id)
        then?.(id)
      }
    },
  }
}

const dueOf = async (tenant: Tenant, patientId: string) =>
  (
    await house.house.databases
      .of(tenant.id)
      .selectFrom('agenda')
      .selectAll()
      .where('patient_id', '=', patientId)
      .execute()
  )[0]

test('who was woken is evaluated once and then rests', async () => {
  const tenant = await house.anOrganization()
  const [one] = await somePatients(tenant, 2)
  await house.write((ctx) => wake(ctx.tx, tenant.id, [one!, one!], 'report', ctx.clock.now()), tenant)
  const seen: string[] = []
  expect(await evaluateDue(house.house, tenant, [seeing(seen)])).toBe(1)
  expect(await evaluateDue(house.house, tenant, [seeing(seen)])).toBe(0)
  expect(seen).toEqual([one])
  expect((await dueOf(tenant, one!))?.due_at).toBeNull()
})

test('the earliest wish of all steps is kept, and a wake never moves it later', async () => {
  const tenant = await house.anOrganization()
  const [one] = await somePatients(tenant, 1)
  const now = house.clock.now()
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000)
  const wishing = (days: number): CareStep => ({
    name: `in ${days} days`,
    evaluate: async (_ctx, batch) => batch.patientIds.forEach((id) => batch.propose(id, inDays(days), `day ${days}`)),
  })
  await house.write((ctx) => wake(ctx.tx, tenant.id, [one!], 'report', now), tenant)
  await evaluateDue(house.house, tenant, [wishing(7), wishing(3), wishing(5)])
  expect(await dueOf(tenant, one!)).toMatchObject({ due_at: inDays(3), reason: 'day 3' })
  await house.write((ctx) => wake(ctx.tx, tenant.id, [one!], 'later', inDays(4)), tenant)
  expect(await dueOf(tenant, one!)).toMatchObject({ due_at: inDays(3), reason: 'day 3' })
  await house.write((ctx) => wake(ctx.tx, tenant.id, [one!], 'sooner', inDays(1)), tenant)
  expect(await dueOf(tenant, one!)).toMatchObject({ due_at: inDays(1), reason: 'sooner' })
})

test('workers beside each other never evaluate the same patient at once, and miss nobody', async () => {
  const tenant = await house.anOrganization()
  const ids = await somePatients(tenant, 60)
  await house.write((ctx) => wake(ctx.tx, tenant.id, ids, 'report', ctx.clock.now()), tenant)
  const seen: string[] = []
  const drain = async () => {
    while ((await evaluateDue(house.house, tenant, [seeing(seen)], 7)) > 0);
  }
  await Promise.all([drain(), drain(), drain(), drain()])
  expect(seen.toSorted()).toEqual(ids.toSorted())
})

test('a fact that arrives while its patient is evaluated is looked at afterwards', async () => {
  const tenant = await house.anOrganization()
  const [one] = await somePatients(tenant, 1)
  await house.write((ctx) => wake(ctx.tx, tenant.id, [one!], 'first', ctx.clock.now()), tenant)
  let arriving: Promise<void> | undefined
  const step: CareStep = {
    name: 'slow',
    evaluate: async () => {
      arriving ??= house.write((ctx) => wake(ctx.tx, tenant.id, [one!], 'second', ctx.clock.now()), tenant)
    },
  }
  await evaluateDue(house.house, tenant, [step])
  await arriving
  expect(await dueOf(tenant, one!)).toMatchObject({ reason: 'second' })
  expect(await evaluateDue(house.house, tenant, [step])).toBe(1)
})

test('one patient whose evaluation fails is put off; the others of the batch are evaluated', async () => {
  const tenant = await house.anOrganization()
  const ids = await somePatients(tenant, 5)
  await house.write((ctx) => wake(ctx.tx, tenant.id, ids, 'report', ctx.clock.now()), tenant)
  const bad = ids[2]!
  const seen: string[] = []
  const failing = seeing(seen, (id) => {
    if (id === bad) throw new Error('cannot be evaluated')
  })
  await evaluateDue(house.house, tenant, [failing])
  expect(new Set(seen)).toEqual(new Set(ids))
  const row = await dueOf(tenant, bad)
  expect(row).toMatchObject({ attempts: 1, last_error: 'cannot be evaluated' })
  expect(row!.due_at!.getTime()).toBe(house.clock.now().getTime() + 60_000)
  expect(await agendaState(house.house.databases.of(tenant.id), tenant.id, house.clock.now())).toEqual({
    due: 0,
    failing: 1,
    lateSeconds: 0,
  })
})

test('an organization evaluates its own patients only', async () => {
  const [here, there] = [await house.anOrganization(), await house.anOrganization()]
  const [mine] = await somePatients(here, 1)
  const [theirs] = await somePatients(there, 1)
  await house.write((ctx) => wake(ctx.tx, here.id, [mine!], 'report', ctx.clock.now()), here)
  await house.write((ctx) => wake(ctx.tx, there.id, [theirs!], 'report', ctx.clock.now()), there)
  const seen: string[] = []
  await evaluateDue(house.house, here, [seeing(seen)])
  expect(seen).toEqual([mine])
})

test('each is woken at a moment of their own, and nobody later than before', async () => {
  const tenant = await house.anOrganization()
  const [soon, never, first] = await somePatients(tenant, 3)
  const at = (hours: number) => new Date(house.clock.now().getTime() + hours * 3_600_000)
  await house.write((ctx) => wake(ctx.tx, tenant.id, [soon!], 'visit', at(1)), tenant)
  const moments = [
    { patientId: soon!, at: at(5) },
    { patientId: never!, at: at(7) },
    { patientId: first!, at: at(2) },
  ]
  await house.write((ctx) => wakeEach(ctx.tx, tenant.id, moments, 'turns'), tenant)
  expect(await dueOf(tenant, soon!)).toMatchObject({ due_at: at(1), reason: 'visit' })
  expect(await dueOf(tenant, never!)).toMatchObject({ due_at: at(7), reason: 'turns' })
  expect(await dueOf(tenant, first!)).toMatchObject({ due_at: at(2), reason: 'turns' })
})

test('who is held is passed over, and looked at when let go', async () => {
  const tenant = await house.anOrganization()
  const [held, free] = await somePatients(tenant, 2)
  await house.write((ctx) => wake(ctx.tx, tenant.id, [held!, free!], 'report', ctx.clock.now()), tenant)
  const seen: string[] = []
  await house.write(async (ctx) => {
    await hold(ctx.tx, tenant.id, [held!])
    expect(await evaluateDue(house.house, tenant, [seeing(seen)])).toBe(1)
  }, tenant)
  expect(seen).toEqual([free])
  expect(await evaluateDue(house.house, tenant, [seeing(seen)])).toBe(1)
  expect(seen).toEqual([free, held])
})

test('everybody is woken over ten minutes, and over more the more they are; who is due sooner stays so', async () => {
  const tenant = await house.anOrganization()
  const ids = await somePatients(tenant, 60)
  const now = house.clock.now()
  const [soon, later] = [new Date(now.getTime() + 1000), new Date(now.getTime() + 86_400_000)]
  await house.write((ctx) => wake(ctx.tx, tenant.id, ids.slice(1), 'visit', later), tenant)
  await house.write((ctx) => wake(ctx.tx, tenant.id, [ids[0]!], 'report', soon), tenant)
  const minutes = async () => {
    const rows = await house.house.databases
      .of(tenant.id)
      .selectFrom('agenda')
      .select(['patient_id', 'due_at'])
      .where('patient_id', '<>', ids[0]!)
      .execute()
    return rows.map((row) => (row.due_at!.getTime() - now.getTime()) / 60_000)
  }
  const wakeAll = (perMinute?: number) =>
    house.write((ctx) => wakeEverybody(ctx.tx, tenant.id, 'content', now, perMinute), tenant)

  await wakeAll(2)
  expect(Math.max(...(await minutes()))).toBeGreaterThan(10)
  expect(Math.max(...(await minutes()))).toBeLessThanOrEqual(30)
  expect((await dueOf(tenant, ids[0]!))?.due_at).toEqual(soon)

  await wakeAll()
  expect(Math.max(...(await minutes()))).toBeLessThanOrEqual(10)
  expect(Math.min(...(await minutes()))).toBeGreaterThanOrEqual(0)
})

test('the worker is told of whoever is woken, and of nobody where there is nobody', async () => {
  const told: string[] = []
  const listening = { ...house.house, nudge: (nudge: string) => void told.push(nudge) }
  const options = { tenant: house.tenant, actor: systemActor(house.tenant.id, 'test') }
  const [one] = await somePatients(house.tenant, 1)
  const at = house.house.clock.now()
  await write(listening, options, (ctx) => wake(ctx.tx, house.tenant.id, [one!], 'fact', at))
  await write(listening, options, (ctx) => wakeEach(ctx.tx, house.tenant.id, [{ patientId: one!, at }], 'time'))
  expect(told).toEqual(['care', 'care'])
  await write(listening, options, (ctx) => wake(ctx.tx, house.tenant.id, [], 'fact', at))
  await write(listening, options, (ctx) => wakeEach(ctx.tx, house.tenant.id, [], 'time'))
  expect(told).toHaveLength(2)
})
