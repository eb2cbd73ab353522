import { sql, type RawBuilder } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { visibleTo } from '../../patient/server/index.ts'
import type { Fraction, ReportLine } from './rules/lines.ts'
import './table.ts'

export interface Moments {
  at: Date
  to: Date
}

/** Nobody was asked where these come from. */
const UNASKED = sql`'{import,interface}'::text[]`

function registered(ctx: ReadContext, { at, to }: Moments, own: boolean): RawBuilder<boolean> {
  return sql<boolean>`p.organization_id = ${ctx.organizationId} and p.created_at >= ${at} and p.created_at < ${to} and p.state <> 'merged'
    and p.source <> all(${UNASKED}) ${own ? sql`and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}` : sql``}`
}

/** Of the people registered by hand in the span: who was sent by somebody (转介绍). Read from an index of when they came. */
export async function countReferred(ctx: ReadContext, moments: Moments, own: boolean): Promise<Fraction> {
  const { rows } = await sql<Fraction>`
    select count(*)::int n, (count(*) filter (where p.source = 'referral'))::int count from patient p where ${registered(ctx, moments, own)}`.execute(
    ctx.db,
  )
  return rows[0]!
}

export interface RegisteredRow {
  id: string
  name: string
  visible: boolean
  source: string
  created_at: Date
}

export async function findRegistered(
  ctx: ReadContext,
  moments: Moments,
  wanted: {
    part: 'all' | 'counting' | 'rest'
    own: boolean
    after: { at: string; id: string } | undefined
    limit: number
  },
): Promise<RegisteredRow[]> {
  const { part, own, after, limit } = wanted
  const only =
    part === 'all' ? sql`` : part === 'counting' ? sql`and p.source = 'referral'` : sql`and p.source <> 'referral'`
  const { rows } = await sql<RegisteredRow>`
    select p.id, p.name, ${visibleTo(ctx.actor, 'p', ctx.clock.now())} visible, p.source, p.created_at
    from patient p where ${registered(ctx, moments, own)} ${only}
      ${after ? sql`and (p.created_at, p.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by p.created_at desc, p.id desc limit ${limit}`.execute(ctx.db)
  return rows
}

export async function hasReport(db: Db, organizationId: string, month: string): Promise<boolean> {
  const found = await db
    .selectFrom('care_figure_report')
    .select('month')
    .where('organization_id', '=', organizationId)
    .where('month', '=', month)
    .executeTakeFirst()
  return found !== undefined
}

/** @returns whether it was not there yet */
export async function insertReport(
  tx: Transaction,
  organizationId: string,
  month: string,
  lines: readonly ReportLine[],
  at: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: count } = await tx
    .insertInto('care_figure_report')
    .values({ organization_id: organizationId, month, lines: JSON.stringify(lines), made_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return Number(count) > 0
}

export async function findReports(db: Db, organizationId: string, limit: number) {
  return db
    .selectFrom('care_figure_report')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('month', 'desc')
    .limit(limit)
    .execute()
}
