import { sql, type Expression, type SqlBool } from 'kysely'
import type { WhyNode } from '../../../platform/condition/contract.ts'
import { explainInWords } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf, PatientId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientSummaries, requireVisible, visibleTo } from '../../patient/server/index.ts'
import '../../patient/server/table.ts'
import type { explainMember, listMembers, segmentsOfPatient } from '../contract/member.ts'
import type { SegmentDefinition, SegmentId } from '../contract/words.ts'
import { placeOf, readPlace } from './place.ts'
import { findSegments, findVersions } from './segment-store.ts'

/** The reader's own people in a segment, latest in first. */
export async function showMembers(
  ctx: ReadContext,
  id: string,
  { cursor, limit }: InputOf<typeof listMembers>['query'],
): Promise<AnswerOf<typeof listMembers>> {
  await requireActive(ctx, id)
  const after = readPlace(cursor)
  const where: Expression<SqlBool> = after
    ? sql`(m.since_at, m.patient_id) < (${after.sort}::timestamptz, ${after.id}::uuid)`
    : sql`true`
  const { rows } = await sql<{ patient_id: string; since_at: Date; sort: string }>`
    select m.patient_id, m.since_at, m.since_at::text sort
    from segment_member m join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
    where m.organization_id = ${ctx.organizationId} and m.segment_id = ${id} and m.left_at is null and ${where}
      and p.state = 'active' and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}
    order by m.since_at desc, m.patient_id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const people = await listed(
    ctx,
    page.map((row) => row.patient_id),
  )
  const last = page.at(-1)
  ctx.audit.detail = { shown: page.length }
  return {
    rows: page.flatMap((row) => {
      const patient = people.get(row.patient_id)
      return patient ? [{ patient, sinceAt: row.since_at.toISOString() }] : []
    }),
    next: rows.length > limit && last ? placeOf(last.sort, last.patient_id) : null,
    total: cursor || rows.length > limit ? null : rows.length,
  }
}

/** People as lists show them, by id. Who may see them is the caller's business. */
export async function listed(ctx: ReadContext, ids: readonly string[]) {
  const people = await patientSummaries(ctx, ids)
  return new Map(
    [...people].map(([id, { name, sex, ageYears, doctorName, managerName }]) => [
      id,
      { id: id as PatientId, name, sex, ageYears, doctorName, managerName },
    ]),
  )
}

/** Why somebody is in a segment or not. Facts are of the record: who may not read it sees answers alone. */
export async function explainFor(
  ctx: ReadContext,
  id: string,
  patientId: string,
): Promise<AnswerOf<typeof explainMember>> {
  await requireVisible(ctx, patientId)
  const { condition } = await requireActive(ctx, id)
  const tree = await explainInWords(ctx, condition, patientId)
  if (!tree) throw platformProblem('NotFound')
  const stays = await ctx.db
    .selectFrom('segment_member')
    .select(['since_at', 'left_at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('segment_id', '=', id)
    .where('patient_id', '=', patientId)
    .orderBy('since_at', 'desc')
    .limit(20)
    .execute()
  return {
    isIn: stays.some(({ left_at }) => left_at === null),
    holds: tree.holds,
    tree: withFactsFor(ctx, tree),
    stays: stays.map(({ since_at, left_at }) => ({
      sinceAt: since_at.toISOString(),
      leftAt: left_at?.toISOString() ?? null,
    })),
  }
}

export function withFactsFor(ctx: Pick<ReadContext, 'actor'>, node: WhyNode): WhyNode {
  if (ctx.actor.permissions.has('record.read')) return node
  return { ...node, facts: [], parts: node.parts.map((part) => withFactsFor(ctx, part)) }
}

export async function showOfPatient(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof segmentsOfPatient>> {
  await requireVisible(ctx, patientId)
  const { rows } = await sql<{ id: string; definition: SegmentDefinition; since_at: Date }>`
    select s.id, v.definition, m.since_at from segment_member m
    join segment s on s.organization_id = m.organization_id and s.id = m.segment_id and s.state = 'active'
    join segment_version v on v.organization_id = s.organization_id and v.segment_id = s.id and v.version = s.version
    where m.organization_id = ${ctx.organizationId} and m.patient_id = ${patientId} and m.left_at is null
    order by m.since_at desc`.execute(ctx.db)
  return {
    segments: rows.map(({ id, definition, since_at }) => ({
      id: id as SegmentId,
      name: definition.name,
      sinceAt: since_at.toISOString(),
    })),
  }
}

/** @throws Problem NotFound when it is not in force */
async function requireActive(ctx: ReadContext, id: string): Promise<SegmentDefinition> {
  const [segment] = await findSegments(ctx, id)
  const versions = segment?.state === 'active' ? await findVersions(ctx, id) : []
  const current = versions.find(({ version }) => version === segment?.version)
  if (!current) throw platformProblem('NotFound')
  return current.definition
}
