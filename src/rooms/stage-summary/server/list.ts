import { sql, type Expression, type SqlBool } from 'kysely'
import { addDays } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientSummaries, visibleTo } from '../../patient/server/index.ts'
import type { listAllSummaries, SummaryFilter } from '../contract/list.ts'
import type { SummaryId } from '../contract/words.ts'
import { findSummary, type SummaryRow } from './store.ts'

/** What is due within so many days is prepared. */
const SOON_DAYS = 7

interface Order {
  where: Expression<SqlBool>
  /** A column that an index holds in this order; its text goes into the cursor. */
  by: 'submitted_at' | 'drafted_at' | 'signed_at' | 'sent_at'
  newestFirst: boolean
}

const ORDERS: Record<Exclude<SummaryFilter, 'due'>, Order> = {
  waiting: { where: sql`s.state = 'submitted'`, by: 'submitted_at', newestFirst: false },
  draft: { where: sql`s.state = 'draft'`, by: 'drafted_at', newestFirst: false },
  unsent: { where: sql`s.state = 'signed' and s.sent_at is null`, by: 'signed_at', newestFirst: false },
  sent: { where: sql`s.state = 'signed' and s.sent_at is not null`, by: 'sent_at', newestFirst: true },
}

type Listed = Partial<SummaryRow> & { patient_id: string; key: string; sort: string; due_on: string | null }

/** 阶段总结 over all whom the reader looks after. */
export async function showList(
  ctx: ReadContext,
  { filter, cursor, limit }: InputOf<typeof listAllSummaries>['query'],
): Promise<AnswerOf<typeof listAllSummaries>> {
  const after = readPlace(cursor)
  const rows =
    filter === 'due' ? await findDue(ctx, after, limit + 1) : await findListed(ctx, ORDERS[filter], after, limit + 1)
  const page = rows.slice(0, limit)
  const people = await patientSummaries(
    ctx,
    page.map(({ patient_id }) => patient_id),
  )
  const last = page.at(-1)
  return {
    rows: page.flatMap((row) => {
      const person = people.get(row.patient_id)
      if (!person) return []
      const { id, name, doctorName, managerName } = person
      return [
        { key: row.key, patient: { id, name, doctorName, managerName }, summary: summaryOf(row), dueOn: row.due_on },
      ]
    }),
    next: rows.length > limit && last ? `${last.sort} ${last.key}` : null,
    total: cursor || rows.length > limit ? null : rows.length,
  }
}

async function findListed(
  { db, organizationId, actor, clock }: ReadContext,
  { where, by, newestFirst }: Order,
  after: Place | undefined,
  limit: number,
): Promise<Listed[]> {
  const column = sql.ref(`s.${by}`)
  const onward = sql.raw(newestFirst ? '<' : '>')
  const direction = sql.raw(newestFirst ? 'desc' : 'asc')
  const { rows } = await sql<Listed>`
    select s.*, s.id "key", ${column}::text sort, null due_on from stage_summary s
    join patient p on p.organization_id = s.organization_id and p.id = s.patient_id
    where s.organization_id = ${organizationId} and ${where} and p.state <> 'merged' and ${visibleTo(actor, 'p', clock.now())}
      and ${after ? sql`(${column}, s.id) ${onward} (${after.sort}::timestamptz, ${after.key}::uuid)` : sql`true`}
    order by ${column} ${direction}, s.id ${direction} limit ${limit}`.execute(db)
  return rows
}

/** People whose next summary is due and has not been begun. */
async function findDue(
  { db, organizationId, actor, clock, today }: ReadContext,
  after: Place | undefined,
  limit: number,
): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select d.patient_id, d.patient_id "key", d.due_on::text sort, d.due_on from stage_summary_due d
    join patient p on p.organization_id = d.organization_id and p.id = d.patient_id
    where d.organization_id = ${organizationId} and d.due_on <= ${addDays(today, SOON_DAYS)} and p.state = 'active'
      and ${visibleTo(actor, 'p', clock.now())}
      and not exists (select from stage_summary s where s.organization_id = d.organization_id and s.patient_id = d.patient_id
        and s.state in ('draft', 'submitted'))
      and ${after ? sql`(d.due_on, d.patient_id) > (${after.sort}::date, ${after.key}::uuid)` : sql`true`}
    order by d.due_on, d.patient_id limit ${limit}`.execute(db)
  return rows
}

function summaryOf(row: Listed): AnswerOf<typeof listAllSummaries>['rows'][number]['summary'] {
  if (row.id === undefined) return null
  const { state, from_on, until_on, drafted_by_name, drafted_at, submitted_at, signed_by_name, signed_at } =
    row as SummaryRow
  return {
    id: row.id as SummaryId,
    state,
    fromOn: from_on,
    untilOn: until_on,
    draftedBy: drafted_by_name,
    draftedAt: drafted_at.toISOString(),
    submittedAt: submitted_at?.toISOString() ?? null,
    signedBy: signed_by_name,
    signedAt: signed_at?.toISOString() ?? null,
    sentAt: row.sent_at?.toISOString() ?? null,
    readAt: row.read_at?.toISOString() ?? null,
  }
}

interface Place {
  sort: string
  key: string
}

function readPlace(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined
  const [, sort, key] = /^([\d :.+-]{10,40}) ([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (!sort || !key || Number.isNaN(Date.parse(sort))) throw platformProblem('NotFound')
  return { sort, key }
}

/** The person has opened it; the first time counts. @throws Problem NotFound for drafts and other people's */
export async function noteRead(ctx: WriteContext, summaryId: string): Promise<{ first: boolean }> {
  const row = await findSummary(ctx, ownPatientId(ctx), summaryId)
  if (!row || (row.state !== 'signed' && row.state !== 'corrected')) throw platformProblem('NotFound')
  const noted = await ctx.tx
    .updateTable('stage_summary')
    .set({ read_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', summaryId)
    .where('read_at', 'is', null)
    .executeTakeFirst()
  return { first: noted.numUpdatedRows === 1n }
}
