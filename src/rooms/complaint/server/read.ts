import { sql, type Expression, type SqlBool } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf, PatientId, StaffId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { workingDays } from '../../message/server/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { findStaff, staffInRole } from '../../staff/server/index.ts'
import type { listComplaints, patientComplaints } from '../contract/complaint.ts'
import type { ComplaintLine, ComplaintView } from '../contract/words.ts'
import { actsFor, proposedDueOn, type Reader } from './rules.ts'
import {
  findActs,
  findComplaint,
  findComplaints,
  visibleComplaints,
  type ActRow,
  type NamedComplaintRow,
  type Place,
} from './store.ts'

const OF_PATIENT = 100

/** A page of complaints, as far as one may see them. */
export async function showBoard(
  ctx: ReadContext,
  { state, mine, cursor, limit }: InputOf<typeof listComplaints>['query'],
): Promise<AnswerOf<typeof listComplaints>> {
  const where: Expression<SqlBool>[] = [visibleComplaints(ctx.actor, ctx.clock.now())]
  if (mine) where.push(sql<SqlBool>`c.owner_id = ${ctx.actor.id}`)
  const asked = { where, state, after: readPlace(cursor), limit: limit + 1 }
  const rows = await findComplaints(ctx.db, ctx.organizationId, asked)
  const page = rows.slice(0, limit)
  const isWhole = rows.length <= limit
  return {
    rows: page.map((row) => lineOf(ctx, row)),
    next: isWhole ? null : placeOf(page.at(-1)!),
    total: cursor || !isWhole ? null : rows.length,
  }
}

/** All complaints of one person, for whoever may see them. */
export async function ofPatient(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof patientComplaints>> {
  const person = await requireVisible(ctx, patientId)
  const seesAll = ctx.actor.permissions.has('complaint.read')
  const own = seesAll ? sql<SqlBool>`true` : sql<SqlBool>`c.recorded_by = ${ctx.actor.id}`
  const where = [sql<SqlBool>`c.patient_id = ${patientId}`, own]
  const rows = await findComplaints(ctx.db, ctx.organizationId, { where, limit: OF_PATIENT })
  const isWorkday = await workingDays(ctx, 'workdays')
  return {
    rows: seesAll ? await viewsOf(ctx, rows) : rows.map((row) => heardOnly(lineOf(ctx, row))),
    proposedDueOn: proposedDueOn(ctx.today, isWorkday),
    proposedOwnerId: (await proposedOwner(ctx, person.manager_id)) as StaffId | null,
    can: { record: ctx.actor.permissions.has('complaint.take') && person.state !== 'merged' },
  }
}

/** What somebody heard themselves they may read again; how it was answered may tell of results. */
function heardOnly(line: ComplaintLine): ComplaintView {
  return { ...line, closed: line.closed && { ...line.closed, text: '' }, acts: [], can: [] }
}

/** Whoever sees to complaints answers it themselves, unless they choose; for others it is whoever looks after the person. */
async function proposedOwner(ctx: ReadContext, managerId: string | null): Promise<string | null> {
  if (readerOf(ctx).mayRecord) return ctx.actor.id
  const manager = managerId ? await findStaff(ctx, managerId) : undefined
  if (manager?.state === 'active' && permissionsOf(manager.roles).has('complaint.record')) return manager.id
  return (await staffInRole(ctx, 'quality-lead'))[0]?.id ?? null
}

/** @throws Problem NotFound */
export async function showComplaint(ctx: ReadContext, complaintId: string): Promise<ComplaintView> {
  const row = await findComplaint(ctx, complaintId)
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  return (await viewsOf(ctx, [row]))[0]!
}

export const readerOf = ({ actor }: ReadContext): Reader => ({
  id: actor.id,
  mayRecord: actor.permissions.has('complaint.record'),
  mayOversee: actor.permissions.has('complaint.oversee'),
})

async function viewsOf(ctx: ReadContext, rows: readonly NamedComplaintRow[]): Promise<ComplaintView[]> {
  const acts = await findActs(
    ctx.db,
    ctx.organizationId,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ ...lineOf(ctx, row), acts: (acts.get(row.id) ?? []).map(actOf) }))
}

function actOf({ version, act, by_name, at, owner_name, due_on, note }: ActRow): ComplaintView['acts'][number] {
  return { version, act, by: by_name, at: at.toISOString(), owner: owner_name, dueOn: due_on, note }
}

function lineOf(ctx: ReadContext, row: NamedComplaintRow): ComplaintLine {
  return {
    id: row.id as ComplaintLine['id'],
    patient: { id: row.patient_id as PatientId, name: row.patient_name },
    state: row.state,
    category: row.category,
    channel: row.channel,
    words: row.words,
    speaker: row.speaker,
    relation: row.relation,
    receivedOn: row.received_on,
    recordedAt: row.recorded_at.toISOString(),
    by: row.recorded_by_name,
    owner: { id: row.owner_id as StaffId, name: row.owner_name },
    dueOn: row.due_on,
    late: row.state === 'open' && row.due_on < ctx.today,
    closed:
      row.closed_at && row.outcome
        ? {
            at: row.closed_at.toISOString(),
            by: row.closed_by_name ?? '',
            outcome: row.outcome,
            text: row.outcome_text ?? '',
          }
        : null,
    origin: row.origin,
    version: row.version,
    can: actsFor(row, readerOf(ctx)),
  }
}

function placeOf(row: NamedComplaintRow): string {
  const at = row.state === 'closed' ? row.closed_at!.toISOString() : row.due_on
  return Buffer.from(JSON.stringify({ at, id: row.id } satisfies Place)).toString('base64url')
}

function readPlace(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined
  try {
    const { at, id } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Place
    if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Error('not a place')
    return { at, id }
  } catch {
    throw platformProblem('InvalidInput', {}, 'query.cursor')
  }
}
