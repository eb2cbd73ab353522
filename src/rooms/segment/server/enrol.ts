import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { countForPathway, enrolChosen } from '../../follow-up/server/index.ts'
import type { enrolMembers } from '../contract/enrol.ts'
import { requireSegment } from './members-of.ts'
import './table.ts'

const membersOfIt = ({ organizationId }: Pick<ReadContext, 'organizationId'>, segmentId: string) =>
  sql<{ patient_id: string }>`select m.patient_id from segment_member m
    where m.organization_id = ${organizationId} and m.segment_id = ${segmentId} and m.left_at is null`

/** @throws Problem NotFound, ProtocolUnknown, PlanCountsFromEvent */
export async function countFor(ctx: ReadContext, segmentId: string, protocol: string): Promise<{ people: number }> {
  await requireSegment(ctx, segmentId)
  return { people: await countForPathway(ctx, protocol, membersOfIt(ctx, segmentId)) }
}

/** @throws Problem NotFound, ProtocolUnknown, PlanCountsFromEvent, PlanCannotWait */
export async function enrol(ctx: WriteContext, segmentId: string, body: InputOf<typeof enrolMembers>['body']) {
  await requireSegment(ctx, segmentId)
  const { protocol: code, spread } = body
  return { beginnings: await enrolChosen(ctx, { code, spread, chosen: membersOfIt(ctx, segmentId) }) }
}
