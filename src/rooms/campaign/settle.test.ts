import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import type { WriteContext } from '../../platform/context/context.ts'
import { claimRuns, settleRuns } from './server/run-store.ts'

const house = await aHouse()
const tenant = await house.anOrganization()
const RUNS = 3_000
const TAKEN = 20

test('a step of a campaign that has just begun reads the runs that take it, not all of them', async () => {
  const campaignId = crypto.randomUUID()
  await house.write(async (ctx) => {
    const now = ctx.clock.now()
    await sql`
      insert into journey_run (organization_id, campaign_id, patient_id, occurrence, id, version, state, wake_at, entered_at)
      select ${tenant.id}::uuid, ${campaignId}::uuid, gen_random_uuid(), '', gen_random_uuid(), 1, 'waiting', ${now}, ${now}
      from generate_series(1, ${RUNS})`.execute(ctx.tx)
  }, tenant)

  await house.write(async (ctx) => {
    const now = ctx.clock.now()
    const runs = await claimRuns(ctx.tx, tenant.id, campaignId, now, TAKEN)
    const before = await rowsRead(ctx)
    const done = { state: 'done', reason: null, node: 'mail', wakeAt: null, arm: null } as const
    await settleRuns(
      ctx.tx,
      tenant.id,
      campaignId,
      now,
      runs.map((run) => ({ ...done, patientId: run.patient_id, occurrence: run.occurrence })),
    )
    expect((await rowsRead(ctx)) - before).toBeLessThanOrEqual(2 * TAKEN)
  }, tenant)

  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*)::int count from journey_run where campaign_id = ${campaignId} group by state order by state`.execute(
    house.house.databases.of(tenant.id),
  )
  expect(rows).toEqual([
    { state: 'done', count: TAKEN },
    { state: 'waiting', count: RUNS - TAKEN },
  ])
})

/** Rows of the table that this transaction has read so far, by any way: PostgreSQL's own count. */
async function rowsRead(ctx: WriteContext): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int read from pg_stat_xact_user_tables where relname = 'journey_run'`.execute(
    ctx.tx,
  )
  return rows[0]!.read
}
