import { sql } from 'kysely'
import type { Bilingual } from '../../../platform/contract/index.ts'
import type { ProtocolDefinition, Step } from '../contract/protocol.ts'
import type { ExitReason } from '../contract/words.ts'
import {
  classedVisits,
  ENDED_APART,
  endedVisits,
  fromTable,
  isOneOf,
  LOST_REASONS,
  ownPatients,
  ranWithin,
  standingAt,
  VISIT_FIGURES,
  visitParts,
  withMine,
  type FigureSpan,
  type PlanFigure,
  type Reading,
  type SeenSteps,
  type VisitFigure,
} from './care-figure-parts.ts'
import { findProtocols, type Protocols } from './protocol-store.ts'
import './table.ts'

export interface Fraction {
  count: number
  n: number
}

/** What the figures of one pathway are made of; figures that say nothing of it are left out. */
export interface CareCounts {
  protocol: string
  name: Bilingual
  /** It is for mind and mood. */
  mental: boolean
  figures: Partial<Record<VisitFigure | PlanFigure | 'control', Fraction>>
  /** How plans that ran in the span stood at its end: `active`, `completed`, or why they ended. */
  standing: Partial<Record<ExitReason | 'active' | 'completed', number>>
}

/**
 * What is counted of care in a span, by pathway. Follow-ups count on the day their window ended, visits on the day they
 * took place. @param own only whom the actor looks after; otherwise everybody, which is the caller's business
 */
export async function careCounts(ctx: Reading, span: FigureSpan, own: boolean): Promise<CareCounts[]> {
  const mine = own ? ownPatients(ctx) : undefined
  if (own && !mine) return []
  const protocols = await findProtocols(ctx.db, ctx.organizationId)
  const cte = withMine(mine)
  const visits = await countVisits(ctx, span, seenSteps(protocols), own, cte)
  const control = await countControl(ctx, span, controlCodes(protocols), own, cte)
  const standing = await countStanding(ctx, span, own, cte)
  const kept = await countKept(ctx, span, own, cte)
  return named(protocols).flatMap(({ code, name, mental }) => {
    const ran = Object.fromEntries(
      standing.filter((row) => row.protocol === code).map(({ how, count }) => [how ?? 'active', count]),
    ) as CareCounts['standing']
    const figures = {
      ...visitFractions(visits.find((row) => row['protocol'] === code)),
      ...fractionOf(
        'control',
        control.find((row) => row.protocol === code),
      ),
      ...fractionOf('lost', lostOf(ran)),
      ...fractionOf(
        'retention',
        kept.find((row) => row.protocol === code),
      ),
    }
    return Object.keys(figures).length === 0 ? [] : [{ protocol: code, name, mental, figures, standing: ran }]
  })
}

const fractionOf = (key: string, of: Fraction | undefined) =>
  of && of.n > 0 ? { [key]: { count: of.count, n: of.n } } : {}

function lostOf(ran: CareCounts['standing']): Fraction {
  const sum = (those: readonly (keyof CareCounts['standing'])[]) =>
    those.reduce((total, how) => total + (ran[how] ?? 0), 0)
  const all = Object.values(ran).reduce((total, count) => total + count, 0)
  return { count: sum(LOST_REASONS), n: all - sum(ENDED_APART) }
}

function visitFractions(row: Record<string, unknown> | undefined): CareCounts['figures'] {
  if (!row) return {}
  return Object.assign(
    {},
    ...VISIT_FIGURES.map((key) =>
      fractionOf(key, { count: row[`${key}_count`] as number, n: row[`${key}_n`] as number }),
    ),
  ) as CareCounts['figures']
}

const SEEN_KINDS: readonly Step['kind'][] = ['visit', 'call', 'home-visit']

/** Steps that somebody does with the person; what the house sends or a colleague does alone is none. */
export function seenSteps(protocols: Protocols): SeenSteps {
  const keys = (fits: (step: Step) => boolean) =>
    [...protocols.values()].flatMap(({ code, version, definition }) =>
      definition.steps
        .filter((step) => SEEN_KINDS.includes(step.kind) && fits(step))
        .map((step) => ({ code, version, step: step.code })),
    )
  return { all: keys(() => true), face: keys(({ way }) => way === 'face-to-face') }
}

/** Pathways whose form judges control by targets (控制满意). */
export function controlCodes(protocols: Protocols): string[] {
  const those = [...protocols.values()].filter(({ definition }) => definition.classing?.kind === 'control')
  return [...new Set(those.map(({ code }) => code))]
}

/** Each pathway once, by its newest version that is no draft. */
export function named(protocols: Protocols): { code: string; name: Bilingual; mental: boolean }[] {
  const newest = new Map<string, ProtocolDefinition>()
  for (const { code, definition } of protocols.values()) newest.set(code, definition)
  return [...newest].map(([code, { name, sensitivity }]) => ({ code, name, mental: sensitivity === 'mental' }))
}

/** What every pathway that ever stood is called. */
export async function pathwayNames({ db, organizationId }: Pick<Reading, 'db' | 'organizationId'>) {
  return new Map(named(await findProtocols(db, organizationId)).map(({ code, name }) => [code, name]))
}

type Cte = ReturnType<typeof withMine>

/**
 * Apart, so that a test can ask for its plan. A year of a large house is half a million follow-ups, of a few hundred
 * kinds: they are counted by kind, and the figures are asked of the kinds.
 */
export function visitsQuery(ctx: Reading, span: FigureSpan, steps: SeenSteps, own: boolean, cte: Cte) {
  const parts = Object.entries(visitParts(steps)).map(
    ([key, { of, counts }]) => sql`coalesce(sum(o.n) filter (where ${of}), 0)::int ${sql.ref(`${key}_n`)},
      coalesce(sum(o.n) filter (where ${of} and ${counts}), 0)::int ${sql.ref(`${key}_count`)}`,
  )
  return sql<Record<string, unknown>>`with ${cte}, kind as (
      select r.protocol_code, r.protocol_version, o.step, o.state, o.reach, least(o.attempts, 1) attempts, count(*) n
      from ${endedVisits(ctx, span, own)} group by 1, 2, 3, 4, 5, 6)
    select o.protocol_code protocol, ${sql.join(parts)}
    from kind o cross join lateral (select o.protocol_code, o.protocol_version) r where ${isOneOf(steps.all)} group by 1`
}

const countVisits = async (...args: Parameters<typeof visitsQuery>) =>
  (await visitsQuery(...args).execute(args[0].db)).rows

interface Counted extends Fraction {
  protocol: string
}

export function controlQuery(ctx: Reading, span: FigureSpan, codes: readonly string[], own: boolean, cte: Cte) {
  return sql<Counted>`with ${cte}, newest as (${classedVisits(ctx, span, codes, own)})
    select protocol_code protocol, count(*)::int n, (count(*) filter (where class = 'satisfied'))::int count from newest group by 1`
}

const countControl = async (...args: Parameters<typeof controlQuery>) =>
  (await controlQuery(...args).execute(args[0].db)).rows

/** Plans that go on are counted from an index of those that do; those that ended, from one of when they did. */
export function standingQuery(ctx: Reading, span: FigureSpan, own: boolean, cte: Cte) {
  const how = standingAt(span.to)
  const those = own
    ? sql`select r.protocol_code, ${how} how from ${fromTable(ctx, 'plan_run r', true)} where ${ranWithin(ctx, span)}`
    : sql`select r.protocol_code, null::text how from plan_run r
        where r.organization_id = ${ctx.organizationId} and r.state = 'active' and r.started_at < ${span.to}
        union all select r.protocol_code, ${how} from plan_run r
        where r.organization_id = ${ctx.organizationId} and r.ended_at >= ${span.at} and r.started_at < ${span.to}`
  return sql<{ protocol: string; how: ExitReason | 'completed' | null; count: number }>`
    with ${cte} select protocol_code protocol, how, count(*)::int count from (${those}) ran group by 1, 2`
}

const countStanding = async (...args: Parameters<typeof standingQuery>) =>
  (await standingQuery(...args).execute(args[0].db)).rows

/** Of the plans that began a year before the span: which still ran at its end, or had been completed (结案). */
export function keptQuery(ctx: Reading, span: FigureSpan, own: boolean, cte: Cte) {
  const how = standingAt(span.to)
  return sql<Counted>`with ${cte}, began as (
      select r.protocol_code, ${how} how from ${fromTable(ctx, 'plan_run r', own)}
      where r.organization_id = ${ctx.organizationId} and r.started_at >= ${span.at}::timestamptz - interval '1 year'
        and r.started_at < ${span.to}::timestamptz - interval '1 year')
    select protocol_code protocol, count(*)::int n, (count(*) filter (where how is null or how = 'completed'))::int count
    from began where how is null or how <> all(${[...ENDED_APART]}::text[]) group by 1`
}

const countKept = async (...args: Parameters<typeof keptQuery>) => (await keptQuery(...args).execute(args[0].db)).rows
