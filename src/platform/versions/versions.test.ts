import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { withClient } from '../../../test/database.ts'
import type { WriteContext } from '../context/context.ts'
import type { VersionColumns } from './table.ts'
import { versionsIn } from './versions.ts'

interface Recipe {
  title: string
  steps?: string[]
}
interface RecipeTable extends VersionColumns<Recipe> {
  season: string
}
declare module '../database/schema.ts' {
  interface Database {
    recipe: RecipeTable
  }
}

const house = await aHouse()
const recipes = versionsIn<RecipeTable>('recipe')
const [ANNA, BEN] = [house.house.ids.next(), house.house.ids.next()] as string[]

beforeAll(() =>
  withClient(house.databaseUrl, (client) =>
    client.query(`
      create table recipe (
        organization_id uuid not null references organization (id), code text not null, version int not null,
        state text not null check (state in ('draft', 'active', 'retired')), season text not null, definition jsonb not null,
        revision int not null default 1, changed_at timestamptz not null, changed_by uuid, changed_by_name text not null,
        published_at timestamptz, published_by uuid, published_by_name text,
        primary key (organization_id, code, version));
      call peiban_tenant_table('recipe');
      call peiban_version_table('recipe')`),
  ),
)

/** Works as one person, in a transaction of their own. */
const as = <T>(id: string, use: (ctx: WriteContext) => Promise<T>, tenant = house.tenant) =>
  house.write(
    (ctx) => use({ ...ctx, actor: { ...ctx.actor, kind: 'staff', id, name: id === ANNA ? 'Anna' : 'Ben' } }),
    tenant,
  )
const written = (code: string, title: string, season = 'spring') => ({
  code,
  definition: { title },
  columns: { season },
})
const keep = (code: string, title: string, revision = 0, who = ANNA!) =>
  as(who, (ctx) => recipes.keep(ctx, written(code, title), revision))
const publish = (code: string, revision = 1, who = BEN!, check?: () => void) =>
  as(who, (ctx) => recipes.publish(ctx, code, revision, { own: () => new Error('own hand'), ...(check && { check }) }))
const read = () => house.house.databases.of(house.tenant.id)
const reading = {
  get db() {
    return read()
  },
  organizationId: house.tenant.id,
}
const statesOf = async (code: string) =>
  (await recipes.history(reading, code)).map(
    ({ version, state, definition }) => `${version} ${state} ${definition.title}`,
  )

describe('drafted by one, published by another', () => {
  test('a draft counts for nothing; published it takes the place of what was in force', async () => {
    const draft = await keep('soup', 'Soup')
    expect(draft).toMatchObject({
      version: 1,
      state: 'draft',
      revision: 1,
      season: 'spring',
      changed_by_name: 'Anna',
      published_at: null,
    })
    expect(await recipes.inForceOf(reading, 'soup')).toBeUndefined()
    expect(await publish('soup')).toMatchObject({ state: 'active', published_by: BEN, published_by_name: 'Ben' })
    expect(await keep('soup', 'Better soup')).toMatchObject({ version: 2, revision: 1 })
    expect((await recipes.inForceOf(reading, 'soup'))?.definition).toEqual({ title: 'Soup' })
    await publish('soup')
    expect(await statesOf('soup')).toEqual(['2 active Better soup', '1 retired Soup'])
    expect((await recipes.find(reading, 'soup', 1))?.definition.title).toBe('Soup')
    expect(await recipes.find(reading, 'soup', 3)).toBeUndefined()
  })

  test('whoever wrote it last does not publish it; whoever wrote it before may', async () => {
    await keep('tea', 'Tea')
    await expect(publish('tea', 1, ANNA)).rejects.toThrow('own hand')
    await keep('tea', 'Green tea', 1, BEN)
    await expect(publish('tea', 2, BEN)).rejects.toThrow('own hand')
    expect(await publish('tea', 2, ANNA)).toMatchObject({ state: 'active', definition: { title: 'Green tea' } })
  })

  test('what was not read is neither overwritten nor published', async () => {
    await keep('cake', 'Cake')
    await keep('cake', 'Plum cake', 1)
    await expect(keep('cake', 'Old cake', 1)).rejects.toMatchObject({ code: 'ChangedMeanwhile' })
    await expect(keep('cake', 'Second draft', 0)).rejects.toMatchObject({ code: 'ChangedMeanwhile' })
    await expect(publish('cake', 1)).rejects.toMatchObject({ code: 'ChangedMeanwhile' })
    expect(await statesOf('cake')).toEqual(['1 draft Plum cake'])
  })

  test.each([
    ['begin', () => [keep('both', 'A'), keep('both', 'B', 0, BEN)]],
    ['write', () => [keep('both', 'A2', 1), keep('both', 'B2', 1, BEN)]],
  ])('of two who %s at once one does', async (_what, both) => {
    const outcomes = await Promise.allSettled(both())
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('of two who publish at once one does, and one version is in force', async () => {
    await keep('rice', 'Rice')
    const other = house.house.ids.next() as string
    const outcomes = await Promise.allSettled([publish('rice'), publish('rice', 1, other)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await statesOf('rice')).toEqual(['1 active Rice'])
  })

  test('with a fault it stays a draft, and what is in force stays so', async () => {
    await keep('bread', 'Bread')
    await publish('bread')
    await keep('bread', '')
    const refuse = () => {
      throw new Error('without a title')
    }
    await expect(publish('bread', 1, BEN, refuse)).rejects.toThrow('without a title')
    expect(await statesOf('bread')).toEqual(['2 draft ', '1 active Bread'])
  })

  test('a draft is thrown away, what is in force is retired, both once', async () => {
    await keep('pie', 'Pie')
    expect(await as(ANNA!, (ctx) => recipes.discard(ctx, 'pie'))).toBe(true)
    expect(await as(ANNA!, (ctx) => recipes.discard(ctx, 'pie'))).toBe(false)
    await keep('pie', 'Pie')
    await publish('pie')
    expect(await as(BEN!, (ctx) => recipes.retire(ctx, 'pie'))).toBe(true)
    expect(await as(BEN!, (ctx) => recipes.retire(ctx, 'pie'))).toBe(false)
    const current = (await recipes.current(reading)).filter(({ code }) => code === 'pie' || code === 'soup')
    expect(current.map(({ code, version, state }) => [code, version, state])).toEqual([
      ['pie', 1, 'retired'],
      ['soup', 2, 'active'],
    ])
    expect((await recipes.inForce(reading)).map(({ code }) => code)).not.toContain('pie')
  })

  test.each([
    ['its words', `update recipe set definition = '{}' where code = 'soup' and version = 2`],
    ['its name', `update recipe set published_by_name = 'Eve' where code = 'soup' and version = 1`],
    ['its way back', `update recipe set state = 'draft' where code = 'soup' and version = 2`],
    ['its return', `update recipe set state = 'active' where code = 'soup' and version = 1`],
    ['its end', `delete from recipe where code = 'soup' and version = 1`],
  ])('what was published stands: %s', async (_what, change) => {
    await expect(sql.raw(change).execute(read())).rejects.toMatchObject({ code: 'PB001' })
  })
})

describe('shipped content', () => {
  const at = new Date('2026-03-02T02:00:00Z')
  const ship = (contents: ReturnType<typeof written>[], tenant = house.tenant) =>
    house.write((ctx) => recipes.ship(ctx, contents, at), tenant)

  test('comes once, in force; a newer wording takes the place of one that nobody has touched', async () => {
    expect(await ship([written('noodles', 'Noodles'), written('congee', 'Congee', 'winter')])).toBe(2)
    expect(await recipes.inForceOf(reading, 'congee')).toMatchObject({
      season: 'winter',
      revision: 1,
      changed_by: null,
      published_by_name: 'Peiban',
      published_at: at,
    })
    expect(await ship([written('noodles', 'Noodles'), written('congee', 'Congee', 'winter')])).toBe(0)
    expect(await ship([written('noodles', 'Cold noodles', 'summer'), written('congee', 'Congee', 'winter')])).toBe(1)
    expect(await statesOf('noodles')).toEqual(['2 active Cold noodles', '1 retired Noodles'])
    expect((await recipes.inForceOf(reading, 'noodles'))?.season).toBe('summer')
  })

  test.each([
    [
      'written',
      'own',
      async () => void (await keep('own', 'Ours'), await publish('own')),
      ['2 active Ours', '1 retired v1'],
    ],
    ['is writing', 'draft', async () => void (await keep('draft', 'Ours')), ['2 draft Ours', '1 active v1']],
    ['retired', 'out', async () => void (await as(BEN!, (ctx) => recipes.retire(ctx, 'out'))), ['1 retired v1']],
  ])('leaves alone what the organization has %s', async (_what, code, touch, after) => {
    await ship([written(code, 'v1')])
    await touch()
    expect(await ship([written(code, 'v2')])).toBe(0)
    expect(await statesOf(code)).toEqual(after)
  })

  test('what two ship at once comes once, and another organization has its own', async () => {
    const came = await Promise.all([ship([written('jam', 'Jam')]), ship([written('jam', 'Jam')])])
    expect(came.toSorted()).toEqual([0, 1])
    const other = await house.anOrganization()
    expect(await ship([written('jam', 'Other jam')], other)).toBe(1)
    expect(await statesOf('jam')).toEqual(['1 active Jam'])
  })

  test('nothing shipped is nothing', async () => {
    expect(await ship([])).toBe(0)
  })
})
