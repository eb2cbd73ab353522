import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { visibleTo } from '../../patient/server/index.ts'
import '../../patient/server/table.ts'
import type { MoveKind, Stage } from '../contract/words.ts'
import './table.ts'

/** How many of the reader's own people stand in each stage. */
export async function countOwn(ctx: ReadContext): Promise<Map<Stage, number>> {
  const { rows } = await sql<{ stage: Stage; n: number }>`
    select r.stage, count(*)::int n from relationship r
    join patient p on p.organization_id = r.organization_id and p.id = r.patient_id
    where r.organization_id = ${ctx.organizationId} and p.state = 'active' and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}
    group by r.stage`.execute(ctx.db)
  return new Map(rows.map(({ stage, n }) => [stage, n]))
}

/** How many people of the organization do. */
export async function countAll({
  db,
  organizationId,
}: Pick<ReadContext, 'db' | 'organizationId'>): Promise<Map<Stage, number>> {
  const { rows } = await sql<{ stage: Stage; n: number }>`
    select r.stage, count(*)::int n from relationship r
    join patient p on p.organization_id = r.organization_id and p.id = r.patient_id
    where r.organization_id = ${organizationId} and p.state = 'active' group by r.stage`.execute(db)
  return new Map(rows.map(({ stage, n }) => [stage, n]))
}

export interface InStageRow {
  patient_id: string
  since_at: Date
  /** `since_at` with all its digits, for the cursor. */
  sort: string
  rests_until: string | null
  kind: MoveKind
  by_name: string
  because: string
}

/** The reader's own people in a stage, longest first. @throws Problem NotFound for a cursor that nobody gave out */
export async function findInStage(
  ctx: ReadContext,
  stage: Stage,
  cursor: string | undefined,
  limit: number,
): Promise<InStageRow[]> {
  const place = cursor === undefined ? undefined : /^([\d :.+-]{10,40}) ([0-9a-f-]{36})$/.exec(cursor)
  if (place === null) throw platformProblem('NotFound')
  const after = place
    ? sql<boolean>`(r.since_at, r.patient_id) > (${place[1]}::timestamptz, ${place[2]}::uuid)`
    : sql<boolean>`true`
  const { rows } = await sql<InStageRow>`
    select r.patient_id, r.since_at, r.since_at::text sort, r.rests_until, m.kind, m.by_name, m.because
    from relationship r
    join patient p on p.organization_id = r.organization_id and p.id = r.patient_id
    join relationship_move m on m.organization_id = r.organization_id and m.id = r.move_id
    where r.organization_id = ${ctx.organizationId} and r.stage = ${stage} and p.state = 'active'
      and ${visibleTo(ctx.actor, 'p', ctx.clock.now())} and ${after}
    order by r.since_at, r.patient_id limit ${limit}`.execute(ctx.db)
  return rows
}
