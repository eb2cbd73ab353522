import { sql } from 'kysely'
import type { WriteContext } from '../../../../platform/context/context.ts'
import type { Transaction } from '../../../../platform/database/database.ts'
import type {} from '../table.ts'
import type { ReadItem } from './item.ts'
import type { CodeDecision } from './observe.ts'

const EXAMPLES = 5

/**
 * What is decided about these items, which are not sure; unknown ones become known and wait for somebody. The rows stay
 * share-locked until the transaction ends: whoever maps a code waits for the batches that file under it, so that the
 * rewriting of past results finds all of them.
 */
export async function decideCodes(ctx: WriteContext, items: readonly ReadItem[]): Promise<Map<string, CodeDecision>> {
  const byKey = new Map<string, ReadItem[]>()
  for (const read of items) {
    const list = byKey.get(read.item.key)
    if (list) list.push(read)
    else byKey.set(read.item.key, [read])
  }
  if (byKey.size === 0) return new Map()
  const known = await lockCodes(ctx.tx, ctx.organizationId, [...byKey.keys()])
  const missing = [...byKey].filter(([key]) => !known.has(key))
  if (missing.length === 0) return known
  await insertCodes(
    ctx,
    missing.map(([, list]) => list),
  )
  return lockCodes(ctx.tx, ctx.organizationId, [...byKey.keys()])
}

async function lockCodes(
  tx: Transaction,
  organizationId: string,
  keys: readonly string[],
): Promise<Map<string, CodeDecision>> {
  const { rows } = await sql<CodeDecision & { key: string }>`
    select encode(code_key, 'hex') key, id, state, target, as_unit "asUnit", proposed, problem from laboratory_code
    where organization_id = ${organizationId} and code_key = any(${keys.map((key) => Buffer.from(key, 'hex'))}::bytea[])
    order by code_key for share`.execute(tx)
  return new Map(rows.map(({ key, ...decision }) => [key, decision]))
}

/** A decision that holds everywhere is taken over at once. */
async function insertCodes(ctx: WriteContext, groups: readonly ReadItem[][]): Promise<void> {
  const rows = groups.map((group) => {
    const { item, problem, resolution } = group[0]!
    const examples = [...new Set(group.map((read) => read.parsed.text.slice(0, 60)).filter(Boolean))].slice(0, EXAMPLES)
    return {
      id: ctx.ids.next(),
      ...item,
      problem,
      proposed: resolution?.code ?? null,
      examples: examples.map((text) => text.replaceAll('\0', '').toWellFormed()),
    }
  })
  const sent = rows.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  await sql`
    insert into laboratory_code (organization_id, id, code_key, system, code, name, unit, problem, proposed, examples, first_seen_at,
      state, target, as_unit, settled_by, settled_by_name, settled_at)
    select ${ctx.organizationId}::uuid, s.id, decode(s.key, 'hex'), s.system, s.code, s.name, s.unit, s.problem, s.proposed,
      array(select json_array_elements_text(s.examples)), ${ctx.clock.now()}::timestamptz,
      coalesce(e.state, 'open'), e.target, e.as_unit, e.settled_by, e.settled_by_name, e.settled_at
    from json_to_recordset(${JSON.stringify(sent)}::json) as s (id uuid, key text, system text, code text, name text, unit text,
      problem text, proposed text, examples json)
    left join lateral (
      select * from laboratory_code c where c.organization_id = ${ctx.organizationId} and c.everywhere and c.code = s.code
        and c.name = s.name and c.unit = s.unit order by c.settled_at desc limit 1) e on true
    order by s.key
    on conflict do nothing`.execute(ctx.tx)
}

/** Remembers which reports a decision about a code will reach. */
export async function noteSightings(
  ctx: WriteContext,
  sightings: readonly { codeId: string; reportId: string }[],
): Promise<void> {
  if (sightings.length === 0) return
  await sql`
    insert into laboratory_code_sighting (organization_id, code_id, report_id)
    select distinct ${ctx.organizationId}::uuid, code_id, report_id
    from unnest(${sightings.map((s) => s.codeId)}::uuid[], ${sightings.map((s) => s.reportId)}::uuid[]) s (code_id, report_id)
    on conflict do nothing`.execute(ctx.tx)
}
