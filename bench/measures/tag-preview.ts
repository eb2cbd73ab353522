import { sql } from 'kysely'
import { readContext } from '../../src/platform/context/house.ts'
import { systemActor } from '../../src/platform/context/context.ts'
import type { Condition } from '../../src/rooms/tag/contract/condition.ts'
import { countMatching } from '../../src/rooms/tag/server/rule.ts'
import { print, round, type Ground } from '../ground.ts'

const RULE: Condition = {
  all: [
    { sex: 'female' },
    { age: { op: '>=', years: 55 } },
    { indicator: { code: 'sbp', pick: 'newest', is: { op: '>=', value: 140 }, within: { months: 24 } } },
  ],
}

/** A rule of three conditions over all members, against the quickest of four ways to write it by hand. */
export async function measure({ house, tenant, databaseUrl }: Ground): Promise<void> {
  const ctx = readContext(house, { tenant, actor: systemActor(tenant.id, 'bench') })
  const today = ctx.today
  const born = `${Number(today.slice(0, 4)) - 55}${today.slice(4)}`
  const since = new Date(`${Number(today.slice(0, 4)) - 2}${today.slice(4)}T00:00:00+08:00`)
  const people = sql`select id from patient where organization_id = ${tenant.id} and state = 'active' and sex = 'female' and birth_date <= ${born}`
  const standing = sql`organization_id = ${tenant.id} and code = 'sbp' and superseded_by is null and value is not null and effective_at >= ${since}`
  const byHand = {
    'lateral, newest by index': sql`select count(*)::int n from (${people}) p cross join lateral (
      select value from observation where ${standing} and patient_id = p.id order by effective_at desc limit 1) o where o.value >= 140`,
    'correlated subquery': sql`select count(*)::int n from (${people}) p where (
      select value from observation where ${standing} and patient_id = p.id order by effective_at desc limit 1) >= 140`,
    'distinct on, then join': sql`select count(*)::int n from (${people}) p join (
      select distinct on (patient_id) patient_id, value from observation where ${standing} order by patient_id, effective_at desc) o
      on o.patient_id = p.id where o.value >= 140`,
    // Two reports of one moment give a person two newest values.
    'hash of maxima': sql`select count(distinct p.id)::int n from (${people}) p join (
      select patient_id, max(effective_at) at from observation where ${standing} group by patient_id) m on m.patient_id = p.id
      join observation o on o.organization_id = ${tenant.id} and o.patient_id = m.patient_id and o.code = 'sbp' and o.effective_at = m.at
        and o.superseded_by is null where o.value >= 140`,
  }
  // The hand-written statements run as the owner: no policy, no wrapper.
  const { createDatabases, createPool } = await import('../../src/platform/database/database.ts')
  const owner = createDatabases(createPool({ url: databaseUrl, max: 2 }))
  try {
    const counts = new Set<number>()
    const ours = await best(async () => void counts.add(await countMatching(ctx, RULE)))
    const hand: Record<string, number> = {}
    for (const [name, statement] of Object.entries(byHand))
      hand[name] = await best(
        async () =>
          void counts.add((await statement.execute(owner.none)).rows.map((row) => (row as { n: number }).n)[0]!),
      )
    const [name, quickest] = Object.entries(hand).toSorted((a, b) => a[1] - b[1])[0]!
    print('tag-preview', {
      milliseconds: round(ours),
      reference: { what: name, milliseconds: round(quickest), all: hand },
      ratio: round(ours / quickest),
      count: [...counts],
      agree: counts.size === 1,
    })
  } finally {
    await owner.close()
  }
}

/** The quickest of five, after one to warm up. */
async function best(use: () => Promise<void>): Promise<number> {
  await use()
  let least = Infinity
  for (let n = 0; n < 5; n++) {
    const started = performance.now()
    await use()
    least = Math.min(least, performance.now() - started)
  }
  return round(least)
}
