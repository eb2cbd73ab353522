import { sql, type RawBuilder } from 'kysely'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { visibleTo } from '../../patient/server/index.ts'
import type { ExitReason, OccurrenceState, VisitClass } from '../contract/words.ts'
import {
  ENDED_APART,
  endedVisits,
  fromTable,
  isOneOf,
  LOST_REASONS,
  newestVisits,
  ownPatients,
  ranWithin,
  standingAt,
  visitParts,
  withMine,
  type FigureSpan,
  type PlanFigure,
  type Reading,
  type StepKey,
  type VisitFigure,
} from './care-figure-parts.ts'
import { controlCodes, named, seenSteps } from './care-figures.ts'
import { findProtocols, keyOf, type Protocols } from './protocol-store.ts'
import './table.ts'

export interface CareRowsWanted {
  figure: VisitFigure | PlanFigure | 'control'
  /** counting: the upper part of the fraction; rest: what is missing to the whole. */
  part: 'all' | 'counting' | 'rest'
  /** Of one pathway; undefined: of all. */
  protocol: string | undefined
  own: boolean
  after: { sort: string; id: string } | undefined
  limit: number
}

/** One follow-up, or one plan, behind a figure. */
export interface CareRow {
  id: string
  patientId: string
  patientName: string
  /** Whether the reader looks after the person. */
  visible: boolean
  pathway: Bilingual
  step: Bilingual | null
  /** What its order goes by: text that `after` takes. */
  sort: string
  at: Date | string
  how: OccurrenceState | VisitClass | ExitReason | 'active' | 'completed'
  counts: boolean
}

interface Found extends Omit<CareRow, 'pathway' | 'step' | 'sort'> {
  protocol_code: string
  protocol_version: number
  step: string | null
}

/**
 * What stands behind a figure, the newest first. Of a pathway for mind and mood nobody is listed whom the reader does not
 * look after, not even without a name.
 */
export async function careRows(ctx: Reading, span: FigureSpan, wanted: CareRowsWanted): Promise<CareRow[]> {
  const mine = wanted.own ? ownPatients(ctx) : undefined
  if (wanted.own && !mine) return []
  const protocols = await findProtocols(ctx.db, ctx.organizationId)
  const mental = named(protocols).flatMap((one) => (one.mental ? [one.code] : []))
  const { rows } = await rowsQuery(ctx, span, wanted, protocols, mental, mine).execute(ctx.db)
  return rows.map((row) => shown(protocols, row))
}

/** Apart, so that a test can ask for its plan. */
export function rowsQuery(
  ctx: Reading,
  span: FigureSpan,
  wanted: CareRowsWanted,
  protocols: Protocols,
  mental: readonly string[],
  mine: RawBuilder<unknown> | undefined,
): RawBuilder<Found> {
  const { after, limit } = wanted
  const { source, by, type } = sourceOf(ctx, span, wanted, protocols)
  const visible = visibleTo(ctx.actor, 'p', ctx.clock.now())
  return sql<Found>`with ${withMine(mine)}
    select r.id, r.patient_id "patientId", p.name "patientName", ${visible} visible, r.protocol_code, r.protocol_version, r.step, r.at, r.how,
      coalesce(r.counts, false) counts
    from (${source}) r join patient p on p.organization_id = ${ctx.organizationId} and p.id = r.patient_id
    where (r.protocol_code <> all(${[...mental]}::text[]) or ${visible})
      ${after ? sql`and (${by}, r.id) < (${after.sort}::${type}, ${after.id}::uuid)` : sql``}
    order by ${by} desc, r.id desc limit ${limit}`
}

interface Source {
  source: RawBuilder<unknown>
  by: RawBuilder<unknown>
  type: RawBuilder<unknown>
}

const BY_DAY = { by: sql`r.at`, type: sql`date` }
const BY_MOMENT = { by: sql`r.at`, type: sql`timestamptz` }

function sourceOf(ctx: Reading, span: FigureSpan, wanted: CareRowsWanted, protocols: Protocols): Source {
  const { figure, own, protocol } = wanted
  const only = protocol === undefined ? sql`` : sql`and r.protocol_code = ${protocol}`
  const inPart = (counts: RawBuilder<boolean>) =>
    wanted.part === 'all' ? sql`` : sql`and (${counts}) is ${sql.raw(wanted.part === 'counting' ? '' : 'not')} true`
  if (figure === 'control') {
    const codes = controlCodes(protocols).filter((code) => protocol === undefined || code === protocol)
    const counts = sql<boolean>`n.class = 'satisfied'`
    const source = sql`select n.id, n.patient_id, n.protocol_code, n.protocol_version, n.step, n.actual_on at, n.class how, ${counts} counts
      from (${newestVisits(ctx, span, codes, own)}) n where true ${inPart(counts)}`
    return { source, ...BY_DAY }
  }
  if (figure === 'lost') return { source: ranPlans(ctx, span, wanted, only, inPart), ...BY_MOMENT }
  if (figure === 'retention') {
    const how = standingAt(span.to)
    const counts = sql<boolean>`(${how} is null or ${how} = 'completed')`
    const source = sql`select r.id, r.patient_id, r.protocol_code, r.protocol_version, null step, r.started_at at, coalesce(${how}, 'active') how, ${counts} counts
      from ${fromTable(ctx, 'plan_run r', own)}
      where r.organization_id = ${ctx.organizationId} and r.started_at >= ${span.at}::timestamptz - interval '1 year'
        and r.started_at < ${span.to}::timestamptz - interval '1 year'
        and (${how} is null or ${how} <> all(${[...ENDED_APART]}::text[])) ${only} ${inPart(counts)}`
    return { source, ...BY_MOMENT }
  }
  const steps = seenSteps(protocols)
  const { of, counts } = visitParts(steps)[figure]
  // Of these the part itself names the steps: the planner would take the same words said twice for fewer rows.
  const isOne = figure === 'recheck' ? of : sql`${isOneOf(stepsOf(steps.all, protocol))} and ${of}`
  const source = sql`select o.id, o.patient_id, r.protocol_code, r.protocol_version, o.step, o.window_until at, o.state how, ${counts} counts
    from ${endedVisits(ctx, span, own)} and ${isOne} ${only} ${inPart(counts)}`
  return { source, ...BY_DAY }
}

const stepsOf = (keys: readonly StepKey[], protocol: string | undefined) =>
  protocol === undefined ? keys : keys.filter(({ code }) => code === protocol)

/** Those that ended come by when they did, so that an index of that finds them; others by when they began. */
function ranPlans(
  ctx: Reading,
  span: FigureSpan,
  { own, part }: CareRowsWanted,
  only: RawBuilder<unknown>,
  inPart: (counts: RawBuilder<boolean>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const how = standingAt(span.to)
  const counts = sql<boolean>`coalesce(${how} = any(${[...LOST_REASONS]}::text[]), false)`
  const isLost = part === 'counting'
  return sql`select r.id, r.patient_id, r.protocol_code, r.protocol_version, null step, ${sql.raw(isLost ? 'r.ended_at' : 'r.started_at')} at,
      coalesce(${how}, 'active') how, ${counts} counts
    from ${fromTable(ctx, 'plan_run r', own)}
    where ${ranWithin(ctx, span)} ${isLost ? sql`and r.ended_at >= ${span.at} and r.ended_at < ${span.to}` : sql``}
      and (${how} is null or ${how} <> all(${[...ENDED_APART]}::text[])) ${only} ${inPart(counts)}`
}

function shown(protocols: Protocols, { protocol_code, protocol_version, step, ...row }: Found): CareRow {
  const definition = protocols.get(keyOf(protocol_code, protocol_version))?.definition
  const plain: Bilingual = { zh: protocol_code, en: protocol_code }
  return {
    ...row,
    pathway: definition?.name ?? plain,
    step: definition?.steps.find(({ code }) => code === step)?.name ?? null,
    sort: row.at instanceof Date ? row.at.toISOString() : row.at,
  }
}
