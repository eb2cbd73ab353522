import { sql, type Selectable } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { CampaignDefinition } from '../contract/definition.ts'
import type { CampaignState } from '../contract/words.ts'
import type { CampaignTable, CampaignVersionTable } from './table.ts'
import './table.ts'

export type CampaignRow = Selectable<CampaignTable>
export type VersionRow = Selectable<CampaignVersionTable>

export async function findCampaign(db: Db, organizationId: string, id: string): Promise<CampaignRow | undefined> {
  return db
    .selectFrom('campaign')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Holds the campaign against whoever else changes or steps it until the transaction ends. */
export async function lockCampaign(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`
    select * from campaign where organization_id = ${organizationId} and id = ${id} for update`.execute(tx)
  return rows[0]
}

/** The campaign as long as it runs; a pause waits until the transaction ends. */
export async function shareRunning(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`
    select * from campaign where organization_id = ${organizationId} and id = ${id} and state = 'running' for share`.execute(
    tx,
  )
  return rows[0]
}

export async function findCampaigns(db: Db, organizationId: string): Promise<CampaignRow[]> {
  return db
    .selectFrom('campaign')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
}

export interface Running extends CampaignRow {
  version: number
  definition: CampaignDefinition
}

/** Those that run, each with the version that counts for whoever enters now. */
export async function findRunning(db: Db, organizationId: string): Promise<Running[]> {
  const { rows } = await sql<Running>`
    select c.*, v.definition from campaign c
    join campaign_version v on v.organization_id = c.organization_id and v.campaign_id = c.id and v.version = c.version
    where c.organization_id = ${organizationId} and c.state = 'running' order by c.started_at, c.id`.execute(db)
  return rows
}

export async function insertCampaign(
  tx: Transaction,
  row: Pick<CampaignRow, 'organization_id' | 'id' | 'shipped_code' | 'owner_id' | 'owner_name' | 'created_at'>,
): Promise<boolean> {
  const added = await tx
    .insertInto('campaign')
    .values({
      ...row,
      state: 'preparing',
      version: null,
      started_at: null,
      paused_at: null,
      ended_at: null,
      away_since: null,
      last_occurrence: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return added.length > 0
}

export async function setCampaign(
  tx: Transaction,
  organizationId: string,
  id: string,
  values: Partial<Omit<CampaignRow, 'organization_id' | 'id' | 'state'>> & { state?: CampaignState },
): Promise<void> {
  await tx
    .updateTable('campaign')
    .set(values)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

/** All versions of these campaigns, newest first. */
export async function findVersions(db: Db, organizationId: string, ids: readonly string[]): Promise<VersionRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('campaign_version')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('campaign_id', 'in', [...ids])
    .orderBy('campaign_id')
    .orderBy('version', 'desc')
    .execute()
}

export async function findDefinition(
  db: Db,
  organizationId: string,
  campaignId: string,
  version: number,
): Promise<CampaignDefinition | undefined> {
  const row = await db
    .selectFrom('campaign_version')
    .select('definition')
    .where('organization_id', '=', organizationId)
    .where('campaign_id', '=', campaignId)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.definition
}

export async function noteEvent(
  ctx: Pick<WriteContext, 'tx' | 'organizationId' | 'ids' | 'clock' | 'actor'>,
  campaignId: string,
  kind: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await ctx.tx
    .insertInto('campaign_event')
    .values({
      organization_id: ctx.organizationId,
      campaign_id: campaignId,
      id: ctx.ids.next(),
      kind,
      detail: JSON.stringify(detail),
      by_name: ctx.actor.name,
      at: ctx.clock.now(),
    })
    .execute()
}

export async function findEvents(db: Db, organizationId: string, campaignId: string) {
  return db
    .selectFrom('campaign_event')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('campaign_id', '=', campaignId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}
