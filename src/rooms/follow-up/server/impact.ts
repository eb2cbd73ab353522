import { sql } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { OutputOf, PatientId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { wake } from '../../agenda/server/index.ts'
import { visibleParts } from '../../patient/server/index.ts'
import type { decideSwitch, ImpactLine, impactOfVersion, SwitchHow } from '../contract/impact.ts'
import { followUpProblem } from '../contract/problems.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { definitionOf } from './begin.ts'
import { whatIsKnown } from './known.ts'
import { findLast } from './occurrence-store.ts'
import { standing } from './progress.ts'
import { findProtocolRows, findProtocols, keyOf } from './protocol-store.ts'
import { impactOf, stampOf, type Next } from './rules/impact.ts'
import { stepOf, type Standing } from './rules/plan.ts'
import {
  countRunsOfOthers,
  findReturning,
  findRunsOfOthers,
  findSettledLast,
  findSwitches,
  insertSwitch,
  lockRuns,
  lockSwitch,
  markUndone,
  sendBack,
  sendOver,
  type RunOfVersion,
} from './switch-store.ts'

/** So long a decision can be taken back. */
const UNDO_MS = 24 * 3_600_000

interface Asked {
  version?: number | undefined
  definition?: ProtocolDefinition | undefined
  limit: number
  after?: string | undefined
}

/**
 * What a version would change about the running plans of the others, plan by plan: a handful of statements for a page of
 * them, nothing kept. @throws Problem ProtocolUnknown
 */
export async function showImpact(
  ctx: ReadContext,
  code: string,
  asked: Asked,
): Promise<OutputOf<typeof impactOfVersion>> {
  const rows = await findProtocolRows(ctx.db, ctx.organizationId, code)
  const row = rows.find((one) => one.version === asked.version) ?? (asked.definition ? undefined : rows[0])
  const definition = asked.definition ?? row?.definition
  if (!definition || rows.length === 0) throw followUpProblem('ProtocolUnknown')
  const version = asked.version ?? row?.version ?? 0
  const parts = visibleParts(ctx.actor, ctx.organizationId, ctx.clock.now())
  const visible = parts.length > 0 ? sql<boolean>`(${sql.join(parts, sql` or `)})` : sql<boolean>`false`
  const { limit, after } = asked
  const runs = await findRunsOfOthers(ctx.db, ctx.organizationId, { code, version, after, limit: limit + 1, visible })
  const page = runs.slice(0, limit)
  ctx.audit.detail = { ...ctx.audit.detail, code, version, plans: page.length }
  return {
    total: await countRunsOfOthers(ctx.db, ctx.organizationId, code, version),
    lines: await linesOf(ctx, page, definition, version),
    next: runs.length > limit ? (page.at(-1)!.id as never) : null,
  }
}

async function linesOf(
  ctx: ReadContext,
  runs: readonly RunOfVersion[],
  next: ProtocolDefinition,
  version: number,
): Promise<ImpactLine[]> {
  const runIds = runs.map(({ id }) => id)
  const protocols = new Map(await findProtocols(ctx.db, ctx.organizationId))
  const target = { code: next.code, version, state: 'draft' as const, definition: next }
  const known = await whatIsKnown(
    ctx,
    new Map([...protocols, [keyOf(next.code, version), target]]),
    runs.map((run) => ({ ...run, switch_to: version })),
  )
  const newest = standings(await findLast(ctx.db, ctx.organizationId, runIds))
  const settled = standings(await findSettledLast(ctx.db, ctx.organizationId, runIds))
  return runs.map((run) => {
    const old = protocols.get(keyOf(run.protocol_code, run.protocol_version))!.definition
    const plan = {
      anchorOn: run.anchor_on,
      newest: newest.get(run.id) ?? new Map<string, Standing>(),
      settled: settled.get(run.id) ?? new Map<string, Standing>(),
    }
    const impact = impactOf(old, next, plan, ctx.today, known(run))
    const view = (list: readonly Next[]) =>
      list.map((one) => ({
        ...one, // What is open may be of a version before the present one.
        name: (stepOf(next, one.step) ?? definitionOf(protocols, run, one.step).step).name,
      }))
    const days = (list: readonly Next[]) => list.map(({ track, step, dueOn }) => `${track} ${step} ${dueOn}`).toSorted()
    return {
      runId: run.id as never,
      version: run.protocol_version,
      switchTo: run.switch_to,
      switchHow: run.switch_how,
      patient: run.visible ? { id: run.patient_id as PatientId, name: run.name } : null,
      startedOn: dateIn(run.started_at, ctx.tenant.timeZone),
      anchorOn: run.anchor_on,
      before: view(impact.before),
      after: { 'next-step': view(impact.nextStep), 're-plan': view(impact.rePlan) },
      lost: impact.lost,
      added: impact.added,
      moves: days(impact.before).join() !== days(impact.rePlan).join(),
      stamp: stampOf(run.protocol_version, run.switch_to, plan.newest.values()),
    }
  })
}

function standings(rows: Awaited<ReturnType<typeof findLast>>): Map<string, Map<string, Standing>> {
  const byRun = new Map<string, Map<string, Standing>>()
  for (const row of rows)
    byRun.set(row.run_id, (byRun.get(row.run_id) ?? new Map<string, Standing>()).set(row.track, standing(row)!))
  return byRun
}

/**
 * Decides for each plan, all in one transaction: a plan in which something has happened since it was shown is left as it is
 * and named, so that nobody decides unseen. Whoever is completing a visit is waited for, and then seen.
 * @throws Problem ProtocolUnknown
 */
export async function decide(
  ctx: WriteContext,
  code: string,
  {
    to,
    decisions,
  }: { to: number; decisions: readonly { runId: string; how: SwitchHow; stamp?: string | undefined }[] },
): Promise<OutputOf<typeof decideSwitch>> {
  const protocols = await findProtocols(ctx.tx, ctx.organizationId)
  if (!protocols.has(keyOf(code, to))) throw followUpProblem('ProtocolUnknown')
  const wanted = [...new Map(decisions.map((one) => [one.runId, one])).values()]
  const ids = wanted.map(({ runId }) => runId)
  const runs = new Map((await lockRuns(ctx.tx, ctx.organizationId, ids)).map((run) => [run.id, run]))
  const newest = standings(await findLast(ctx.tx, ctx.organizationId, ids))
  const refused: OutputOf<typeof decideSwitch>['refused'] = []
  const applied = wanted.filter(({ runId, stamp }) => {
    const run = runs.get(runId)
    const now = run && stampOf(run.protocol_version, run.switch_to, newest.get(runId)?.values() ?? [])
    const why =
      !run || run.protocol_code !== code
        ? 'unknown'
        : run.state !== 'active'
          ? 'ended'
          : stamp !== undefined && stamp !== now
            ? 'moved-on'
            : undefined
    if (why) refused.push({ runId: runId as never, why })
    return !why && run!.protocol_version !== to
  })
  if (applied.length === 0) return { id: null, applied: 0, refused }
  const id = ctx.ids.next()
  const at = ctx.clock.now()
  await sendOver(ctx.tx, ctx.organizationId, to, applied)
  await insertSwitch(
    ctx.tx,
    ctx.organizationId,
    { id, code, to, at, by: ctx.actor },
    applied.map(({ runId, how }) => {
      const run = runs.get(runId)!
      return { runId, how, from: run.protocol_version, beforeTo: run.switch_to, beforeHow: run.switch_how }
    }),
  )
  const now = applied.filter(({ how }) => how === 're-plan').map(({ runId }) => runs.get(runId)!.patient_id)
  await wake(ctx.tx, ctx.organizationId, now, 'protocol re-planned', at)
  ctx.audit.subjectId = id
  ctx.audit.detail = { ...ctx.audit.detail, code, to, applied: applied.length, refused: refused.length }
  return { id: id as never, applied: applied.length, refused }
}

/**
 * Takes a decision back: plans that wait go on as before, plans that were planned anew return to their former version
 * unless something has been done in them since. @throws Problem NotFound, SwitchUndone, SwitchTooOld
 */
export async function undo(ctx: WriteContext, switchId: string): Promise<{ undone: number; kept: number }> {
  const before = await lockSwitch(ctx.tx, ctx.organizationId, switchId)
  if (!before) throw platformProblem('NotFound')
  if (before.undone_at) throw followUpProblem('SwitchUndone')
  const now = ctx.clock.now()
  if (now.getTime() - before.at.getTime() > UNDO_MS) throw followUpProblem('SwitchTooOld')
  const { rows } = await sql<{ run_id: string }>`select run_id from plan_switch_run
    where organization_id = ${ctx.organizationId} and switch_id = ${switchId}`.execute(ctx.tx)
  const runIds = rows.map(({ run_id }) => run_id)
  await lockRuns(ctx.tx, ctx.organizationId, runIds)
  const back = await findReturning(ctx.tx, ctx.organizationId, before)
  await sendBack(ctx.tx, ctx.organizationId, back)
  await markUndone(ctx.tx, ctx.organizationId, switchId, ctx.actor.id, now)
  const again = back.filter(({ waits }) => !waits).map(({ patientId }) => patientId)
  await wake(ctx.tx, ctx.organizationId, again, 'protocol re-planned', now)
  ctx.audit.detail = { ...ctx.audit.detail, code: before.protocol_code, undone: back.length }
  return { undone: back.length, kept: runIds.length - back.length }
}

/** Decisions that can still be looked at: those of the last thirty days. */
export async function listSwitches(ctx: ReadContext, code: string) {
  const now = ctx.clock.now().getTime()
  const rows = await findSwitches(ctx.db, ctx.organizationId, code, new Date(now - 30 * UNDO_MS))
  const may = ctx.actor.permissions.has('follow-up.protocol.switch')
  return rows.map((row) => ({
    id: row.id as never,
    to: row.to_version,
    at: row.at.toISOString(),
    by: row.by_name,
    plans: row.plans,
    undoneAt: row.undone_at?.toISOString() ?? null,
    canUndo: may && row.undone_at === null && now - row.at.getTime() <= UNDO_MS,
  }))
}
