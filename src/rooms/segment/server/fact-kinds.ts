import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { factKind, type FactKind, type Known } from '../../../platform/condition/fact.ts'
import { earliestAfter, windowEnd, windowStart } from '../../../platform/condition/window.ts'
import { segmentEntered, segmentLeft } from '../contract/events.ts'
import { segmentTest } from '../contract/fact-words.ts'
import type { SegmentDefinition } from '../contract/words.ts'
import './table.ts'

/** What is known of segments in force. One is as sensitive as what its condition asks. */
async function learnSegments({ db, organizationId }: ReadContext, ids: readonly string[]): Promise<Map<string, Known>> {
  const rows = await db
    .selectFrom('segment as s')
    .innerJoin('segment_version as v', (join) =>
      join
        .onRef('v.organization_id', '=', 's.organization_id')
        .onRef('v.segment_id', '=', 's.id')
        .onRef('v.version', '=', 's.version'),
    )
    .select(['s.id', 'v.definition'])
    .where('s.organization_id', '=', organizationId)
    .where('s.state', '=', 'active')
    .where('s.id', 'in', [...ids])
    .execute()
  return new Map(
    rows.map(({ id, definition }) => {
      const { name, condition } = definition as SegmentDefinition
      return [id, { name: { zh: name.zh, en: name.en || name.zh }, restsOn: condition }]
    }),
  )
}

/** Whether a dynamic segment or a worklist in force asks for one of these kinds. */
export async function asksFor({ db, organizationId }: ReadContext, codes: readonly string[]): Promise<boolean> {
  const patterns = codes.map((code) => `%"${code}": %`)
  const { rows } = await sql<{ asks: boolean }>`select exists (
      select from segment s join segment_version v on v.organization_id = s.organization_id and v.segment_id = s.id and v.version = s.version
      where s.organization_id = ${organizationId} and s.state = 'active' and v.definition ->> 'mode' = 'dynamic'
        and (v.definition -> 'condition')::text like any(${patterns}::text[]))
    or exists (select from worklist where organization_id = ${organizationId} and state = 'active'
      and condition::text like any(${patterns}::text[])) asks`.execute(db)
  return rows[0]!.asks
}

export const segmentFacts: readonly FactKind[] = [
  factKind({
    code: 'segment',
    room: 'segment',
    telling: 'as-known',
    test: segmentTest,
    sensitivity: 'ordinary',
    wakes: [segmentEntered, segmentLeft],
    names: ({ segment }) => [segment],
    learn: learnSegments,
    unknown: 'UnknownSegment',
    ask: ({ segment, within }, asking) => {
      const isIn = within ? sql`m.since_at >= ${windowStart(within, asking)}` : sql`true`
      const flips = within
        ? earliestAfter(asking.now, [windowEnd(sql`m.since_at`, within, asking)])
        : sql`null::timestamptz`
      return {
        rows: sql`select ${isIn} ok, jsonb_build_object('kind', 'segment', 'code', m.segment_id, 'at', m.since_at) fact, ${flips} flips_at
          from segment_member m where m.organization_id = p.organization_id and m.patient_id = p.id
            and m.segment_id = ${segment}::uuid and m.left_at is null limit 1`,
      }
    },
    says: ({ segment, within }, { t, name, span }) =>
      within
        ? t('says.segmentSince', { segment: name(segment), span: span(within) })
        : t('says.segment', { segment: name(segment) }),
    denies: ({ segment, within }, { t, name }) =>
      within ? undefined : t('says.no.segment', { segment: name(segment) }),
  }),
]
