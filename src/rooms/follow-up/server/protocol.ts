import { indicatorByCode } from '../../../clinical/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { wake, wakeEverybody } from '../../agenda/server/index.ts'
import { leavesOf } from './rules/leaves.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { followUpProblem } from '../contract/problems.ts'
import { findForm } from './forms.ts'
import { listSwitches } from './impact.ts'
import {
  findProtocolRows,
  findProtocols,
  keyOf,
  publishDraft,
  putDraft,
  type DraftStand,
  switchRuns,
  type ProtocolRow,
} from './protocol-store.ts'
import { newerShipped } from './newer.ts'
import { findReachNames } from './reach-store.ts'
import { countWaits } from './spread-store.ts'
import type { RunningPlans } from './table.ts'

export async function listProtocols(ctx: ReadContext) {
  const rows = await findProtocolRows(ctx.db, ctx.organizationId)
  const reach = await findReachNames(ctx.db, ctx.organizationId)
  const byCode = Map.groupBy(rows, (row) => row.code)
  return {
    protocols: [...byCode.values()].flatMap((versions) => {
      const shown = versions.find((row) => row.state === 'published') ?? versions[0]!
      const draft = versions.find((row) => row.state === 'draft')
      const active = versions.reduce((sum, row) => sum + row.active, 0)
      return [
        {
          ...viewOf(shown, ctx.actor.id),
          code: shown.code,
          active,
          draft: draft?.version ?? null,
          reach: reach.get(shown.code) ?? null,
          newer: newerShipped(shown.code, versions) !== null,
        },
      ]
    }),
  }
}

/** @throws Problem ProtocolUnknown */
export async function getProtocol(ctx: ReadContext, code: string) {
  const rows = await findProtocolRows(ctx.db, ctx.organizationId, code)
  if (rows.length === 0) throw followUpProblem('ProtocolUnknown')
  const newer = newerShipped(code, rows)
  const definitions = [...rows.map(({ definition }) => definition), ...(newer ? [newer] : [])]
  const codes = [...new Set(definitions.flatMap(({ steps }) => steps.flatMap((step) => step.form ?? [])))]
  const may = (permission: string) => ctx.actor.permissions.has(permission)
  const reach = await findReachNames(ctx.db, ctx.organizationId)
  return {
    code,
    reach: reach.get(code) ?? null,
    versions: rows.map((row) => viewOf(row, ctx.actor.id)),
    waiting: (await countWaits(ctx.db, ctx.organizationId, [code])).get(code) ?? [],
    switches: await listSwitches(ctx, code),
    newer,
    forms: codes.flatMap((form) => findForm(form) ?? []),
    can: {
      draft: may('follow-up.protocol.write'),
      publish: may('follow-up.protocol.publish'),
      decide: may('follow-up.protocol.switch'),
    },
  }
}

function viewOf(row: ProtocolRow, reader: string | null) {
  return {
    version: row.version,
    revision: row.revision,
    isOwn: row.author_id !== null && row.author_id === reader,
    state: row.state,
    origin: row.origin,
    running: row.running,
    definition: row.definition,
    createdAt: row.created_at.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
    retiredAt: row.retired_at?.toISOString() ?? null,
    author: row.author_name,
    publisher: row.publisher_name,
    active: row.active,
  }
}

/**
 * Keeps a draft as it is, also while it names what there is not (yet): nobody loses an hour of work to a form that is
 * still to come. What is wrong is said beside it (`check.ts`), and refused when it is published.
 * @throws Problem ProtocolFault for a definition of another code, DraftChanged with who was first
 */
export async function draftProtocol(
  ctx: WriteContext,
  code: string,
  { definition, revision }: { definition: ProtocolDefinition; revision?: number | undefined },
): Promise<DraftStand> {
  if (definition.code !== code) throw followUpProblem('ProtocolFault', { fault: definition.code }, 'body.definition')
  const put = await putDraft(ctx.tx, ctx.organizationId, definition, ctx.actor.id, ctx.clock.now(), revision)
  if (put) return put
  const [newest] = await findProtocolRows(ctx.db, ctx.organizationId, code)
  throw followUpProblem('DraftChanged', { name: newest?.author_name ?? newest?.publisher_name ?? '' })
}

/** Names a form or an indicator that does not exist; undefined when all is well. */
export function protocolFault(definition: ProtocolDefinition): string | undefined {
  const form = definition.steps.find((step) => step.form !== null && !findForm(step.form))
  if (form) return form.form!
  const visits = definition.steps.filter((step) => step.form !== null)
  if (definition.classing && definition.classes.length === 0) return 'classes'
  if (definition.classing && visits.length === 0) return 'classing'
  const leaves = 'condition' in definition.entry ? leavesOf(definition.entry.condition) : []
  const unknown = leaves.find((leaf) => 'indicator' in leaf && !indicatorByCode(leaf.indicator.code))
  return unknown && 'indicator' in unknown ? unknown.indicator.code : undefined
}

/**
 * Publishes a draft and does with the running plans what was decided: leave them by their version, take them over with
 * their next step, or plan them anew at once. @throws Problem ProtocolNotDraft @returns how many plans go over
 */
export async function publishProtocol(
  ctx: WriteContext,
  code: string,
  { version, running, revision }: { version: number; running: RunningPlans; revision?: number | undefined },
): Promise<number> {
  const published = await publishDraft(ctx.tx, ctx.organizationId, {
    code,
    version,
    running,
    by: ctx.actor.id,
    now: ctx.clock.now(),
    revision,
  })
  if (!published) throw followUpProblem('ProtocolNotDraft')
  ctx.audit.detail = { ...ctx.audit.detail, code, version, running }
  const definition = (await findProtocols(ctx.tx, ctx.organizationId)).get(keyOf(code, version))?.definition
  if (definition && !('hand' in definition.entry))
    await wakeEverybody(ctx.tx, ctx.organizationId, `protocol ${code} published`, ctx.clock.now())
  if (running === 'leave') return 0
  const patientIds = await switchRuns(ctx.tx, ctx.organizationId, code, version, running)
  if (running === 're-plan') await wake(ctx.tx, ctx.organizationId, patientIds, 'protocol re-planned', ctx.clock.now())
  ctx.audit.detail = { ...ctx.audit.detail, switched: patientIds.length }
  return patientIds.length
}
