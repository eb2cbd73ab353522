import { tellFacts } from '../../../platform/condition/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { wake } from '../../agenda/server/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { tagProblem } from '../contract/problems.ts'
import type { PatientTag } from '../contract/tag.ts'
import {
  deleteManualTag,
  findPatientTags,
  findTagEvents,
  insertManualTag,
  insertTagEvent,
  setSuppression,
  type PatientTagRow,
} from './patient-tag-store.ts'
import { findRule } from './rule-store.ts'

/** The tags of a patient. Who reads service tags only gets neither the clinical ones nor the facts behind any. */
export async function showPatientTags(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const readsAll = ctx.actor.permissions.has('tag.read')
  const rows = await findPatientTags(ctx.db, ctx.organizationId, patientId, ctx.clock.now())
  const tags = rows.filter((row) => readsAll || (row.definition.visibility === 'service' && row.state === 'active'))
  return { tags: tags.map((row) => viewOf(row, readsAll)), can: { write: ctx.actor.permissions.has('tag.write') } }
}

function viewOf(row: PatientTagRow, withFacts: boolean): PatientTag {
  const { definition } = row
  return {
    code: row.tag_code,
    name: definition.name,
    group: definition.group.name,
    tone: definition.tone,
    explanation: definition.explanation,
    source: row.source,
    state: row.state,
    ruleVersion: row.rule_version,
    ruleSource: row.source === 'rule' ? definition.source : null,
    condition: withFacts && row.source === 'rule' ? definition.condition : null,
    facts: withFacts ? (row.facts.flat() as PatientTag['facts']) : [],
    note: withFacts ? row.note : '',
    setAt: row.set_at.toISOString(),
    setBy: row.set_by,
    expiresAt: row.expires_at?.toISOString() ?? null,
    suppressedAt: row.suppressed_at?.toISOString() ?? null,
    suppressedBy: row.suppressed_by,
    suppressedBecause: withFacts ? row.suppressed_because : null,
    refusedAt: row.refused_at?.toISOString() ?? null,
  }
}

/** The facts behind a tag in words; apart from the tags, since these stand on every page and are read in a moment. */
export async function tellTagFacts(ctx: ReadContext, patientId: string, code: string) {
  await requireVisible(ctx, patientId)
  const rows = await findPatientTags(ctx.db, ctx.organizationId, patientId, ctx.clock.now())
  const facts = rows.filter((row) => row.tag_code === code).flatMap((row) => row.facts.flat())
  const once = new Map(facts.map((fact) => [JSON.stringify(fact), fact]))
  const told = await tellFacts(ctx, [...once.values()])
  // What was measured says most.
  const isMeasured = ({ kind }: { kind: string }) => Number(kind === 'observation')
  return { facts: told.toSorted((a, b) => isMeasured(b) - isMeasured(a)) }
}

export async function showTagHistory(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const events = await findTagEvents(ctx.db, ctx.organizationId, patientId)
  return {
    events: events.map((event) => ({
      id: event.id,
      code: event.tag_code,
      name: event.definition.name,
      source: event.source,
      change: event.change,
      facts: (event.facts ?? []).flat() as PatientTag['facts'],
      because: event.because,
      by: event.by_name,
      at: event.at.toISOString(),
    })),
  }
}

export async function addManualTag(
  ctx: WriteContext,
  patientId: string,
  tag: { code: string; note: string; days: number | null },
) {
  await requireVisible(ctx, patientId)
  if (!(await findRule(ctx.db, ctx.organizationId, tag.code, 'published')))
    throw tagProblem('TagUnknown', { code: tag.code }, 'body.code')
  const at = ctx.clock.now()
  const expiresAt = tag.days ? new Date(at.getTime() + tag.days * 86_400_000) : null
  const set = await insertManualTag(ctx.tx, ctx.organizationId, {
    patientId,
    code: tag.code,
    note: tag.note,
    by: ctx.actor.id,
    at,
    expiresAt,
  })
  if (set) await note(ctx, patientId, tag.code, 'manual', 'set', tag.note || null)
  return { set }
}

export async function takeManualTag(ctx: WriteContext, patientId: string, code: string) {
  await requireVisible(ctx, patientId)
  if (!(await deleteManualTag(ctx.tx, ctx.organizationId, patientId, code))) throw tagProblem('TagNotByHand')
  await note(ctx, patientId, code, 'manual', 'removed', null)
  return { removed: true }
}

export async function suppress(ctx: WriteContext, patientId: string, code: string, because: string) {
  await requireVisible(ctx, patientId)
  const suppression = { because, by: ctx.actor.id, at: ctx.clock.now() }
  if (!(await setSuppression(ctx.tx, ctx.organizationId, patientId, code, suppression)))
    throw tagProblem('TagNotStanding')
  await note(ctx, patientId, code, 'rule', 'suppressed', because)
  return { suppressed: true }
}

export async function unsuppress(ctx: WriteContext, patientId: string, code: string) {
  await requireVisible(ctx, patientId)
  if (!(await setSuppression(ctx.tx, ctx.organizationId, patientId, code, null))) throw tagProblem('TagNotStanding')
  await note(ctx, patientId, code, 'rule', 'unsuppressed', null)
  return { shown: true }
}

async function note(
  ctx: WriteContext,
  patientId: string,
  code: string,
  source: string,
  change: 'set' | 'suppressed' | 'unsuppressed' | 'removed',
  because: string | null,
) {
  const at = ctx.clock.now()
  ctx.audit.detail = { tag: code, change }
  await insertTagEvent(ctx.tx, ctx.organizationId, {
    id: ctx.ids.next(),
    patientId,
    code,
    source,
    change,
    because,
    by: ctx.actor.id,
    at,
  })
  await wake(ctx.tx, ctx.organizationId, [patientId], 'tag', at)
}
