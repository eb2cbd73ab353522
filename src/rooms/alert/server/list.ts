import { sql, type Expression, type SqlBool } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientSummaries, requireVisible } from '../../patient/server/index.ts'
import { staffNames } from '../../staff/server/index.ts'
import type { listAlerts } from '../contract/alert.ts'
import type { AlertView } from '../contract/words.ts'
import { findAlert, findAlerts, type NamedAlertRow, type Place } from './list-store.ts'
import { findRuleVersion } from './rule-store.ts'
import { resultsFor } from './rules.ts'
import { visibleAlerts } from './store.ts'
import { lineOf, unknownPatient } from './view.ts'

type Filter = InputOf<typeof listAlerts>['query']

/** The board: what is open, or what was closed. */
export async function showBoard(ctx: ReadContext, { state, class: cls, mine, patientId, cursor, limit }: Filter) {
  const closed = state === 'closed'
  const where: Expression<SqlBool>[] = [visibleAlerts(ctx.actor, ctx.clock.now())]
  if (cls) where.push(sql<SqlBool>`a.class = ${cls}`)
  if (patientId) where.push(sql<SqlBool>`a.patient_id = ${patientId}`)
  if (mine)
    where.push(sql<SqlBool>`(a.handler_id = ${ctx.actor.id} or (a.handler_id is null and exists (select from alert_recipient m
      where m.organization_id = a.organization_id and m.alert_id = a.id and m.staff_id = ${ctx.actor.id})))`)
  const rows = await findAlerts(ctx.db, ctx.organizationId, {
    where,
    closed,
    after: readPlace(cursor),
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  return {
    rows: await linesOf(ctx, page),
    next: rows.length > limit ? placeOf(page.at(-1)!, closed) : null,
    total: cursor || rows.length > limit ? null : rows.length,
  }
}

/** Open alerts of one person, for the head of their page. */
export async function ofPatient(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const where = [sql<SqlBool>`a.patient_id = ${patientId}`]
  const rows = await findAlerts(ctx.db, ctx.organizationId, { where, closed: false, limit: 50 })
  return { rows: await linesOf(ctx, rows), can: { raise: ctx.actor.permissions.has('alert.handle') } }
}

async function linesOf(ctx: ReadContext, rows: readonly NamedAlertRow[]) {
  const patients = await patientSummaries(
    ctx,
    rows.map((row) => row.patient_id),
  )
  return rows.map((row) => lineOf(ctx, row, patients.get(row.patient_id) ?? unknownPatient(row)))
}

/** An alert with everything that was done about it. @throws Problem NotFound */
export async function showAlert(ctx: ReadContext, alertId: string): Promise<AlertView> {
  const row = await findAlert(ctx.db, ctx.organizationId, alertId, visibleAlerts(ctx.actor, ctx.clock.now()))
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  const [line] = await linesOf(ctx, [row])
  const of = { organization_id: ctx.organizationId, alert_id: row.id }
  const attempts = await ctx.db
    .selectFrom('alert_attempt')
    .selectAll()
    .where('organization_id', '=', of.organization_id)
    .where('alert_id', '=', of.alert_id)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const events = await ctx.db
    .selectFrom('alert_event')
    .selectAll()
    .where('organization_id', '=', of.organization_id)
    .where('alert_id', '=', of.alert_id)
    .orderBy('version')
    .execute()
  return {
    ...line!,
    note: row.note,
    rule: await ruleOf(ctx, row),
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    reachedAt: row.reached_at?.toISOString() ?? null,
    attempts: attempts.map((one) => ({
      id: one.id,
      outcome: one.outcome,
      relation: one.relation,
      personName: one.person_name,
      phoneMasked: one.phone_masked,
      readBack: one.read_back,
      note: one.note,
      byName: one.by_name,
      at: one.at.toISOString(),
    })),
    events: events.map((one) => ({
      version: one.version,
      kind: one.kind,
      told: one.told as { name: string; why: string }[],
      note: one.note,
      detail: one.detail as Record<string, string | number | null>,
      byName: one.by_name,
      at: one.at.toISOString(),
    })),
    closing: row.closed_at
      ? { byName: await nameOfStaff(ctx, row.closed_by), text: row.result_text ?? '', on: row.result_on }
      : null,
    results: line!.can.includes('close') ? [...resultsFor(row)] : [],
  }
}

async function nameOfStaff(ctx: ReadContext, id: string | null): Promise<string> {
  return id ? ((await staffNames(ctx, [id])).get(id) ?? '') : ''
}

async function ruleOf(ctx: ReadContext, row: NamedAlertRow): Promise<AlertView['rule']> {
  const rule = row.rule_code
    ? await findRuleVersion(ctx.db, ctx.organizationId, row.rule_code, row.rule_version!)
    : undefined
  if (!rule) return null
  return {
    code: rule.code,
    version: rule.version,
    source: rule.definition.source,
    ownerName: await nameOfStaff(ctx, rule.owner_id),
    confirmedAt: rule.confirmed_at?.toISOString() ?? null,
  }
}

function placeOf(row: NamedAlertRow, closed: boolean): string {
  const at = (closed ? row.closed_at : row.due_at)!.toISOString()
  return Buffer.from(JSON.stringify({ at, cls: row.class, id: row.id } satisfies Place)).toString('base64url')
}

function readPlace(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined
  try {
    const { at, cls, id } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Place
    if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Error('not a place')
    return { at, cls: String(cls), id }
  } catch {
    throw platformProblem('InvalidInput', {}, 'query.cursor')
  }
}
