import { sql } from 'kysely'
import { systemActor, type WriteContext } from '../../src/platform/context/context.ts'
import { write } from '../../src/platform/context/house.ts'
import { createDatabases, createPool } from '../../src/platform/database/database.ts'
import { campaignDefinition, type CampaignDefinition } from '../../src/rooms/campaign/contract/definition.ts'
import { insertVersion } from '../../src/rooms/campaign/server/content.ts'
import { control } from '../../src/rooms/campaign/server/control.ts'
import { enterDue, stepDue } from '../../src/rooms/campaign/server/index.ts'
import { claimRuns, settleRuns } from '../../src/rooms/campaign/server/run-store.ts'
import { insertCampaign, setCampaign } from '../../src/rooms/campaign/server/store.ts'
import { print, round, type Ground } from '../ground.ts'

/** So many due steps are timed, at most. */
const STEPS = 40_000
/** As many workers as the care engine has lanes. */
const LANES = 2

/**
 * A journey over all members: how many enter per second, against the barest INSERT … SELECT of the same rows with the
 * same key; and how many due steps are taken per second, each with its mail planned in the ledger in the same
 * transaction, against as many rows claimed and settled with nothing between.
 */
export async function measure({ house, tenant, databaseUrl }: Ground): Promise<void> {
  const db = house.databases.of(tenant.id)
  const id = await aJourney(house, tenant)
  const started = performance.now()
  const people = await enterDue(house, tenant)
  const enterSeconds = since(started)
  const bareSeconds = await bareInsert(databaseUrl, tenant.id)

  // Only so many are due: the others wait for another day.
  const due = Math.min(STEPS, Math.floor(people / 2))
  await sql`update journey_run set wake_at = wake_at + interval '30 days' where campaign_id = ${id} and patient_id not in (
    select patient_id from journey_run where campaign_id = ${id} order by patient_id limit ${due})`.execute(db)
  const steps = await timed(() => stepDue(house, tenant))
  const planned = await db
    .selectFrom('message')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('organization_id', '=', tenant.id)
    .where('campaign', '=', id)
    .executeTakeFirstOrThrow()
  const bareSteps = await bareClaims(house, tenant, id, steps.count)
  print('journey', {
    people,
    enter: { perSecond: round(people / enterSeconds, 0) },
    enterReference: { what: 'INSERT … SELECT of the same rows', perSecond: round(people / bareSeconds, 0) },
    enterRatio: round(enterSeconds / bareSeconds),
    steps: { taken: steps.count, perSecond: round(steps.count / steps.seconds, 0), planned: Number(planned.n) },
    stepReference: { what: 'claim and settle alone', perSecond: round(bareSteps.count / bareSteps.seconds, 0) },
    stepRatio: round(steps.seconds / steps.count / (bareSteps.seconds / bareSteps.count)),
  })
  // What was planned is withdrawn, as by a person: the next measure shall not find 40,000 mails that are due.
  await inHouse(house, tenant, (ctx) => control(ctx, id, { act: 'cancel', missed: 'send' }))
  await db.deleteFrom('journey_run').where('campaign_id', '=', id).execute()
}

type House = Ground['house']
type Tenant = Ground['tenant']
const since = (started: number) => (performance.now() - started) / 1000
const inHouse = <T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>) =>
  write(house, { tenant, actor: systemActor(tenant.id, 'bench') }, use)

/** Two mails with days between them, for every living member. */
function aJourney(house: House, tenant: Tenant): Promise<string> {
  const definition: CampaignDefinition = campaignDefinition.parse({
    name: { zh: '量一量', en: 'Bench' },
    goal: 'knowledge',
    aim: 'a measure of speed',
    success: { measure: 'delivered', targetPercent: 90 },
    audience: null,
    trigger: { kind: 'once' },
    path: [
      { id: 'first', kind: 'send', template: 'flu-season', channels: ['email'] },
      { id: 'days', kind: 'wait', until: { after: { days: 3 } } },
      { id: 'second', kind: 'send', template: 'visit-experience', channels: ['email'] },
    ],
  })
  return inHouse(house, tenant, async (ctx) => {
    const id = ctx.ids.next<string>()
    const now = ctx.clock.now()
    const about = { organization_id: tenant.id, id, shipped_code: null, owner_id: null, owner_name: 'bench' }
    await insertCampaign(ctx.tx, { ...about, created_at: now })
    await insertVersion(ctx, id, 1, definition)
    await setCampaign(ctx.tx, tenant.id, id, { state: 'running', version: 1, started_at: now })
    return id
  })
}

/** The same people, key and indexes in a table of the same kind, as the owner and without policies: what PostgreSQL takes. */
async function bareInsert(databaseUrl: string, organizationId: string): Promise<number> {
  const owner = createDatabases(createPool({ url: databaseUrl, max: 1 }))
  try {
    await sql`create table bare_run (organization_id uuid not null, campaign_id uuid not null, patient_id uuid not null,
      occurrence text not null, id uuid not null, version int not null, state text not null, wake_at timestamptz, entered_at timestamptz not null,
      primary key (organization_id, campaign_id, patient_id, occurrence))`.execute(owner.none)
    await sql`create index on bare_run (organization_id, campaign_id, wake_at) where state = 'waiting'`.execute(
      owner.none,
    )
    await sql`create index on bare_run (organization_id, patient_id) where state = 'waiting'`.execute(owner.none)
    const started = performance.now()
    await sql`insert into bare_run select organization_id, organization_id, id, '', id, 1, 'waiting', now(), now()
      from patient where organization_id = ${organizationId} and state = 'active'`.execute(owner.none)
    return since(started)
  } finally {
    await sql`drop table if exists bare_run`.execute(owner.none)
    await owner.close()
  }
}

async function timed(step: () => Promise<number>): Promise<{ count: number; seconds: number }> {
  const started = performance.now()
  const counts = await Promise.all(
    Array.from({ length: LANES }, async () => {
      let taken = 0
      for (let count = await step(); count > 0; count = await step()) taken += count
      return taken
    }),
  )
  return { count: counts.reduce((sum, count) => sum + count, 0), seconds: since(started) }
}

/** As many rows claimed and settled, five hundred at a time, as the engine does it, with nothing between. */
function bareClaims(
  house: House,
  tenant: Tenant,
  campaignId: string,
  count: number,
): Promise<{ count: number; seconds: number }> {
  let left = count
  return timed(async () => {
    if (left <= 0) return 0
    left -= 500
    return inHouse(house, tenant, async ({ tx, clock }) => {
      const later = new Date(clock.now().getTime() + 60 * 86_400_000)
      const runs = await claimRuns(tx, tenant.id, campaignId, later, 500)
      const done = runs.map((run) => ({
        patientId: run.patient_id,
        occurrence: run.occurrence,
        state: 'done' as const,
      }))
      const rest = { reason: null, node: null, wakeAt: null, arm: null }
      await settleRuns(
        tx,
        tenant.id,
        campaignId,
        later,
        done.map((row) => ({ ...row, ...rest })),
      )
      return runs.length
    })
  })
}
