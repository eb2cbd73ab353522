import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { wake } from '../../agenda/server/index.ts'
import './table.ts'

/**
 * Sets a tag that another room knows to be true: three vain calls, an opt-out. No rule touches it. Setting it again
 * refreshes what it says. @returns whether it is new
 */
export async function setRoomTag(
  ctx: WriteContext,
  patientId: string,
  tag: string,
  { facts = [], note = '' }: { facts?: unknown[]; note?: string } = {},
): Promise<boolean> {
  const now = ctx.clock.now()
  const { rows } = await sql<{ fresh: boolean }>`
    insert into patient_tag as t (organization_id, patient_id, tag_code, source, state, facts, note, set_at, set_by)
    values (${ctx.organizationId}, ${patientId}, ${tag}, 'room', 'active', ${JSON.stringify(facts)}, ${note}, ${now}, ${ctx.actor.id})
    on conflict (organization_id, patient_id, tag_code, source) do update set facts = excluded.facts, note = excluded.note
    returning (xmax = 0) fresh`.execute(ctx.tx)
  if (!rows[0]?.fresh) return false
  await writeEvent(ctx, patientId, tag, 'set', facts, note)
  await wake(ctx.tx, ctx.organizationId, [patientId], 'tag', now)
  return true
}

/** Which of these codes name a tag that is in force: another room sets no tag that nobody could read. */
export async function publishedTags(ctx: ReadContext, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set()
  const rows = await ctx.db
    .selectFrom('tag_rule')
    .select('code')
    .where('organization_id', '=', ctx.organizationId)
    .where('code', 'in', codes)
    .where('state', '=', 'published')
    .execute()
  return new Set(rows.map((row) => row.code))
}

/** Takes such a tag away: the person was reached. @returns whether it stood */
export async function clearRoomTag(ctx: WriteContext, patientId: string, tag: string, because = ''): Promise<boolean> {
  const { rows } = await sql`
    delete from patient_tag where organization_id = ${ctx.organizationId} and patient_id = ${patientId} and tag_code = ${tag}
      and source = 'room' returning tag_code`.execute(ctx.tx)
  if (rows.length === 0) return false
  await writeEvent(ctx, patientId, tag, 'cleared', [], because)
  await wake(ctx.tx, ctx.organizationId, [patientId], 'tag', ctx.clock.now())
  return true
}

async function writeEvent(
  ctx: WriteContext,
  patientId: string,
  tag: string,
  change: 'set' | 'cleared',
  facts: unknown[],
  because: string,
): Promise<void> {
  await ctx.tx
    .insertInto('patient_tag_event')
    .values({
      organization_id: ctx.organizationId,
      patient_id: patientId,
      id: ctx.ids.next(),
      tag_code: tag,
      source: 'room',
      change,
      rule_version: null,
      facts: JSON.stringify(facts),
      because: because || null,
      by_id: ctx.actor.id,
      at: ctx.clock.now(),
    })
    .execute()
}
