import { write, type House } from '../../platform/context/house.ts'
import { systemActor, type Tenant } from '../../platform/context/context.ts'
import { createOrganizationWithAccounts } from '../../rooms/staff/server/index.ts'
import { installShippedProtocols } from '../../rooms/follow-up/server/index.ts'
import { installShippedTags } from '../../rooms/tag/server/index.ts'
import { loadPopulation } from './load.ts'

export interface SeedOptions {
  patients: number
  years: number
  seed: number
  onProgress?: (loaded: number) => void
}

/** The content every organization starts with. */
export async function installContent(house: House, tenant: Tenant): Promise<void> {
  await write(house, { tenant, actor: systemActor(tenant.id, 'install') }, async (ctx) => {
    await installShippedTags(ctx)
    await installShippedProtocols(ctx)
  })
}

/** Founds the demonstration organization, with staff for every role and a population from a seed. */
export async function seedDemonstration(house: House, ownerUrl: string, options: SeedOptions): Promise<Tenant> {
  const { tenant } = await createOrganizationWithAccounts(house, {
    slug: 'demo',
    name: '和康体检中心',
    nameEn: 'Hekang Health Centre',
  })
  await installContent(house, tenant)
  await populate(house, ownerUrl, tenant, options)
  return tenant
}

/** Adds a population to an organization. */
export async function populate(
  house: House,
  ownerUrl: string,
  tenant: Tenant,
  options: SeedOptions,
): Promise<{ members: number; observations: number }> {
  const now = house.clock.now()
  const teams = await house.databases
    .of(tenant.id)
    .selectFrom('physician_manager')
    .select(['physician_id', 'manager_id'])
    .where('organization_id', '=', tenant.id)
    .execute()
  return loadPopulation(
    ownerUrl,
    {
      organizationId: tenant.id,
      sealer: house.sealer,
      ids: house.ids,
      now,
      teams: teams.map((team) => ({ doctorId: team.physician_id, managerId: team.manager_id })),
      dueAt: now,
    },
    { seed: options.seed, count: options.patients, years: options.years, today: house.clock.today(tenant.timeZone) },
    options.onProgress,
  )
}
