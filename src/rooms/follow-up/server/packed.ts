import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import {
  dropContentDraft,
  findContent,
  type ContentTable,
  type ContentVersion,
} from '../../../platform/database/content-versions.ts'
import { wakeEverybody } from '../../agenda/server/index.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { protocolFault, publishProtocol } from './protocol.ts'
import { dropReach, putReach } from './reach-store.ts'

const TABLE: ContentTable = { name: 'protocol', inForce: 'published' }
/** Protocols of these codes as they stand here. */
export function findPackedProtocols(ctx: ReadContext, codes: readonly string[]): Promise<ContentVersion[]> {
  return findContent(ctx.db, ctx.organizationId, TABLE, codes)
}

/**
 * Lays a protocol of a pack down: as a draft without an author, for a second person to publish; published at once by
 * somebody who may publish. Plans that run keep their version. The caller has made sure that no draft of the code stands.
 * @throws RangeError for one whose form or indicators do not exist @returns its version
 */
export async function layPackedProtocol(
  ctx: WriteContext,
  definition: ProtocolDefinition,
  publish: boolean,
): Promise<number> {
  const { code } = definition
  const fault = protocolFault(definition)
  if (fault) throw new RangeError(`protocol ${code}: ${fault}`)
  const { rows } = await sql<{ version: number }>`
    insert into protocol (organization_id, code, version, state, definition, origin, author_id, created_at)
    select ${ctx.organizationId}, ${code}, coalesce(max(version), 0) + 1, 'draft', ${JSON.stringify(definition)}::jsonb,
      'shipped', null, ${ctx.clock.now()} from protocol where organization_id = ${ctx.organizationId} and code = ${code}
    returning version`.execute(ctx.tx)
  const { version } = rows[0]!
  const { detail } = ctx.audit
  if (publish) await publishProtocol(ctx, code, { version, running: 'leave' })
  // The audit row is about the pack.
  ctx.audit.detail = detail
  return version
}

/** Takes a draft of a pack away again, and whom it was for. */
export async function dropPackedProtocol(ctx: WriteContext, code: string, version: number): Promise<boolean> {
  const dropped = await dropContentDraft(ctx.tx, ctx.organizationId, TABLE, code, version)
  const left = await findPackedProtocols(ctx, [code])
  if (dropped && left.length === 0) await dropReach(ctx.tx, ctx.organizationId, code)
  return dropped
}

/**
 * Whom a protocol takes in by itself from now on: people of these departments; with none nobody new begins, and plans
 * that run go on. Everybody is looked at anew when there are more departments than before.
 */
export async function setProtocolReach(ctx: WriteContext, code: string, departments: readonly string[]): Promise<void> {
  const at = ctx.clock.now()
  await putReach(ctx.tx, ctx.organizationId, { code, departments, by: ctx.actor.id, at })
  if (departments.length > 0) await wakeEverybody(ctx.tx, ctx.organizationId, `reach of ${code}`, at)
}

export interface ProtocolAtWork {
  code: string
  people: number
  /** Follow-ups that are to be done now. */
  openVisits: number
  nextDueOn: string | null
  /** Visits with their answers, of all plans there ever were. */
  answers: number
}

/** What is under way of these protocols: numbers, nobody's name. */
export async function protocolsAtWork(ctx: ReadContext, codes: readonly string[]): Promise<ProtocolAtWork[]> {
  if (codes.length === 0) return []
  const { rows } = await sql<ProtocolAtWork>`
    select r.protocol_code code, count(distinct r.id) filter (where r.state = 'active')::int people,
      count(o.id) filter (where r.state = 'active' and o.state = 'due')::int "openVisits",
      min(o.due_on) filter (where r.state = 'active' and o.state in ('planned', 'due')) "nextDueOn",
      count(o.form_answer_id)::int answers
    from plan_run r left join occurrence o on o.organization_id = r.organization_id and o.run_id = r.id
    where r.organization_id = ${ctx.organizationId} and r.protocol_code = any(${[...codes]}::text[])
    group by r.protocol_code order by r.protocol_code`.execute(ctx.db)
  return rows
}
