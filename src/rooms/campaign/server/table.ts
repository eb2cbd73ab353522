import type { Generated, JSONColumnType } from 'kysely'
import type { CampaignDefinition } from '../contract/definition.ts'
import type { CampaignState, DateKind, RunReason, RunState, VersionState } from '../contract/words.ts'

export interface CampaignTable {
  organization_id: string
  id: string
  shipped_code: string | null
  state: CampaignState
  version: number | null
  owner_id: string | null
  owner_name: string
  created_at: Date
  started_at: Date | null
  paused_at: Date | null
  ended_at: Date | null
  away_since: Date | null
  last_occurrence: string | null
  stopped_why: Generated<string | null>
}

export interface CampaignVersionTable {
  organization_id: string
  campaign_id: string
  version: number
  state: VersionState
  definition: JSONColumnType<CampaignDefinition>
  revision: Generated<number>
  edited_by: Generated<string[]>
  changed_at: Date
  changed_by_name: string
  decided_at: Date | null
  decided_by: string | null
  decided_by_name: string | null
  note: Generated<string>
}

export interface CampaignEventTable {
  organization_id: string
  campaign_id: string
  id: string
  kind: string
  detail: unknown
  by_name: string
  at: Date
}

export interface JourneyRunTable {
  organization_id: string
  campaign_id: string
  patient_id: string
  occurrence: Generated<string>
  id: string
  version: number
  state: RunState
  reason: RunReason | null
  node: string | null
  pass: Generated<number>
  wake_at: Date | null
  anchor_at: Date | null
  anchor_key: string | null
  arm: string | null
  entered_at: Date
  ended_at: Date | null
  met_at: Date | null
  merge_ids: Generated<string[]>
  stays_for: string | null
  stays_merge: string | null
}

export interface JourneyStepTable {
  organization_id: string
  run_id: string
  pass: number
  node: string
  outcome: string
  at: Date
}

export interface JourneyDateTable {
  organization_id: string
  patient_id: string
  kind: DateKind
  key: string
  at: Date | null
  changed_at: Date
  merge_ids: Generated<string[]>
}

export interface JourneyWatchTable {
  organization_id: string
  looked_at: Date
  place: string
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    campaign: CampaignTable
    campaign_version: CampaignVersionTable
    campaign_event: CampaignEventTable
    journey_run: JourneyRunTable
    journey_step: JourneyStepTable
    journey_date: JourneyDateTable
    journey_watch: JourneyWatchTable
  }
}
