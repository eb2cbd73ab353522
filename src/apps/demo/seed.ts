import pg from 'pg'
import { write, type House } from '../../platform/context/house.ts'
import { systemActor, type Tenant } from '../../platform/context/context.ts'
import { installShippedAdviceCards } from '../../rooms/advice/server/index.ts'
import { furnishAlerts, installShippedAlertRules } from '../../rooms/alert/server/index.ts'
import { furnishAppointments } from '../../rooms/appointment/server/index.ts'
import { furnishCallDesk } from '../../rooms/call-desk/server/index.ts'
import { furnishCampaigns, installShippedCampaigns } from '../../rooms/campaign/server/index.ts'
import { furnishCarePlans, installShippedPlanTemplates } from '../../rooms/care-plan/server/index.ts'
import { installShippedProtocols } from '../../rooms/follow-up/server/index.ts'
import { installShippedMedia } from '../../rooms/media/server/index.ts'
import { furnishNodules, installShippedNoduleCards } from '../../rooms/nodule/server/index.ts'
import { furnishLifecycle, installShippedStageRules } from '../../rooms/lifecycle/server/index.ts'
import { furnishGrowth } from '../../rooms/growth/server/index.ts'
import { furnishReports } from '../../rooms/health-report/server/index.ts'
import { furnishInterpretations } from '../../rooms/interpretation/server/index.ts'
import { endDemoLoad, findDemoLoad, type DemoLoad } from '../../rooms/organization/server/index.ts'
import { furnishQuestionnaires, installShippedQuestionnaires } from '../../rooms/questionnaire/server/index.ts'
import { furnishRecordings } from '../../rooms/recording/server/index.ts'
import { furnishSatisfaction } from '../../rooms/satisfaction/server/index.ts'
import { furnishSegments, installShippedLists } from '../../rooms/segment/server/index.ts'
import { furnishPacks } from '../../rooms/specialty-pack/server/index.ts'
import { createOrganizationWithAccounts } from '../../rooms/staff/server/index.ts'
import { installShippedTags } from '../../rooms/tag/server/index.ts'
import { furnishComplaints } from '../../rooms/complaint/server/index.ts'
import { furnishUnderstanding } from '../../rooms/understanding/server/index.ts'
import { loadRooms } from '../rooms.ts'
import { loadPopulation, type LoadOptions } from './load.ts'
import { playStory } from './story.ts'

export interface SeedOptions {
  patients: number
  years: number
  seed: number
  onProgress?: (loaded: number) => void
}

/** Members in one transaction: small, so that progress shows and little is made twice. */
const CHUNK = 500
const LOCK = 7345_2002

/** The content every organization starts with. */
export async function installContent(house: House, tenant: Tenant): Promise<void> {
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, async (ctx) => {
    await installShippedTags(ctx)
    await installShippedProtocols(ctx)
    await installShippedQuestionnaires(ctx)
    await installShippedAlertRules(ctx)
    await installShippedPlanTemplates(ctx)
    await installShippedAdviceCards(ctx)
    await installShippedNoduleCards(ctx)
    await installShippedMedia(ctx)
    await installShippedCampaigns(ctx)
    await installShippedStageRules(ctx)
    await installShippedLists(ctx)
  })
}

/**
 * Founds the demonstration organization, with staff for every role and a population from a seed, or goes on where an
 * earlier load was interrupted. Beside another process that does the same it waits for that one.
 * @param ownerUrl as the owner of the tables
 * @returns what there was to load and where it began; undefined when an organization stood there whole
 */
export async function seedDemonstration(
  house: House,
  ownerUrl: string,
  options: SeedOptions,
): Promise<{ tenant: Tenant; load: DemoLoad } | undefined> {
  return alone(ownerUrl, async () => {
    const half = await findDemoLoad(house.databases.none)
    if (!half && (await house.tenants()).length > 0) return undefined
    const { tenant, load } = half ?? (await foundDemonstration(house, options))
    await installContent(house, tenant)
    const { patients, years, seed, today, loaded } = load
    const rest = { years, seed, today, from: loaded, count: patients - loaded }
    await populateFrom(house, ownerUrl, tenant, rest, (count) => options.onProgress?.(loaded + count), {
      chunk: CHUNK,
      enrolledBy: today,
      alongside: (client, members) => countLoaded(client, tenant.id, members),
    })
    await furnishRooms(house, tenant)
    await endDemoLoad(house.databases.none, tenant.id)
    return { tenant, load }
  })
}

/**
 * What the rooms show beside the members: what each of them furnishes for itself, and then the story of one customer.
 * Where it stands already nothing is added.
 */
export async function furnishRooms(house: House, tenant: Tenant): Promise<void> {
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishAlerts)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishCarePlans)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishNodules)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishGrowth)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishQuestionnaires)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishReports)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, (ctx) => furnishInterpretations(ctx, house))
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishPacks)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishSegments)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishLifecycle)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishUnderstanding)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishComplaints)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, (ctx) => furnishRecordings(ctx, house))
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishCallDesk)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishCampaigns)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishAppointments)
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, furnishSatisfaction)
  await playStory(house, tenant, await loadRooms())
}

async function foundDemonstration(house: House, { patients, years, seed }: SeedOptions) {
  const load: DemoLoad = { patients, years, seed, today: house.clock.today('Asia/Shanghai'), loaded: 0 }
  const { tenant } = await createOrganizationWithAccounts(house, {
    slug: 'demo',
    name: '和康体检中心',
    nameEn: 'Hekang Health Centre',
    demoLoad: load,
  })
  return { tenant, load }
}

async function countLoaded(client: pg.ClientBase, organizationId: string, members: number): Promise<void> {
  await client.query(
    `update organization set demo_load = jsonb_set(demo_load, '{loaded}', to_jsonb((demo_load->>'loaded')::int + $2::int)) where id = $1`,
    [organizationId, members],
  )
}

/** Adds a population to an organization. */
export function populate(house: House, ownerUrl: string, tenant: Tenant, options: SeedOptions) {
  const { patients: count, years, seed, onProgress } = options
  return populateFrom(
    house,
    ownerUrl,
    tenant,
    { count, years, seed, today: house.clock.today(tenant.timeZone) },
    onProgress,
  )
}

async function populateFrom(
  house: House,
  ownerUrl: string,
  tenant: Tenant,
  population: Parameters<typeof loadPopulation>[2],
  onProgress?: (loaded: number) => void,
  { enrolledBy, ...options }: LoadOptions & { enrolledBy?: string } = {},
): Promise<{ members: number; observations: number }> {
  const now = house.clock.now()
  const teams = await house.databases
    .of(tenant.id)
    .selectFrom('physician_manager')
    .select(['physician_id', 'manager_id'])
    .where('organization_id', '=', tenant.id)
    .execute()
  const rows = {
    organizationId: tenant.id,
    sealer: house.sealer,
    ids: house.ids,
    now,
    teams: teams.map((team) => ({ doctorId: team.physician_id, managerId: team.manager_id })),
    dueAt: now,
    ...(enrolledBy ? { enrolledBy } : {}),
  }
  return loadPopulation(ownerUrl, rows, population, onProgress, options)
}

/** Holds a lock of the database, which ends with this process: two first starts at once are not to found twice. */
async function alone<T>(ownerUrl: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'peiban-demo' })
  // A connection that is lost fails the load itself; unheard, the same error would end the process without a word.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(${LOCK})`)
    return await work()
  } finally {
    await client.end()
  }
}
