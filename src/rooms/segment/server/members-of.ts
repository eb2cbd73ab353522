import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { SegmentDefinition } from '../contract/words.ts'
import { findSegments, findVersions } from './segment-store.ts'

export interface MemberPage {
  patientIds: string[]
  /** Handed back as `after`; null at the end. */
  next: string | null
}

/**
 * The members of a segment in the order of their ids, for rooms that act on them set by set. Who may see them, and who may
 * be written to, is the caller's business.
 * @param since only who came in at this moment or later
 */
export async function membersOf(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  segmentId: string,
  { after = null, limit, since }: { after?: string | null; limit: number; since?: Date },
): Promise<MemberPage> {
  const { rows } = await sql<{ patient_id: string }>`
    select patient_id from segment_member
    where organization_id = ${ctx.organizationId} and segment_id = ${segmentId} and left_at is null
      ${after ? sql`and patient_id > ${after}` : sql``} ${since ? sql`and since_at >= ${since}` : sql``}
    order by patient_id limit ${limit}`.execute(ctx.db)
  const patientIds = rows.map((row) => row.patient_id)
  return { patientIds, next: patientIds.length === limit ? patientIds.at(-1)! : null }
}

/** What a segment in force is. @throws Problem NotFound when there is none */
export async function requireSegment(
  ctx: ReadContext,
  segmentId: string,
): Promise<SegmentDefinition & { version: number }> {
  const [segment] = await findSegments(ctx, segmentId)
  const versions = segment?.state === 'active' ? await findVersions(ctx, segmentId) : []
  const current = versions.find(({ version }) => version === segment?.version)
  if (!current) throw platformProblem('NotFound')
  return { ...current.definition, version: current.version }
}
