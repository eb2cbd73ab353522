import { sql } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import type { Sent } from './rules/ration.ts'
import './table.ts'

export interface GoneRow extends Sent {
  patientId: string
  urgent: boolean
  campaign: string
}

/** What has left the house since an instant, newest first. Ids begin with their millisecond: it is a walk of the key. */
export async function findGone(db: Db, organizationId: string, since: Date, limit: number): Promise<GoneRow[]> {
  const { rows } = await sql<GoneRow>`
    select id, touch, patient_id "patientId", channel, purpose, sent_at at, urgent, not urgent and not answers rationed, coalesce(campaign, template) campaign
    from message where organization_id = ${organizationId} and channel <> 'in-app' and sent_at > ${since}
    order by id desc limit ${limit}`.execute(db)
  return rows
}
