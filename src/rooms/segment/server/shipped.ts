import { sql } from 'kysely'
import { checkCondition, type Condition } from '../../../platform/condition/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { SegmentId, WorklistId } from '../contract/words.ts'
import { faultsOfSegment } from './check.ts'
import { askForFill } from './fill-store.ts'
import { insertSegment } from './segment.ts'
import { isNameTaken, saveVersion } from './segment-store.ts'
import { shippedLists } from './shipped-by.ts'
import { insertWorklist } from './worklist.ts'
import './table.ts'

/**
 * Brings an organization the lists it has never had, in force. What it has changed or put away stays as it is; where one of
 * its own bears the name, ours does not come; what asks of something that is not there yet comes with a later look.
 * Runs at its founding and daily.
 * @returns how many came
 */
export async function installShippedLists(ctx: WriteContext): Promise<number> {
  // Of two at once the second waits here, and finds what the first has brought.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`segment/shipped ${ctx.organizationId}`}, 0))`.execute(
    ctx.tx,
  )
  const known = await knownCodes(ctx)
  let came = 0
  for (const { code, definition } of shippedLists.segments) {
    if (known.has(`segment ${code}`) || (await isNameTaken(ctx, definition.name.zh))) continue
    if ((await faultsOfSegment(ctx, definition.condition)).length > 0) continue
    const id = ctx.ids.next<SegmentId>()
    await insertSegment(ctx, id, definition, code)
    await saveVersion(ctx.tx, ctx.organizationId, { id, version: 1, by: null, at: ctx.clock.now() })
    await askForFill(ctx, { kind: 'segment', id, version: 1 }, 'saved')
    came += 1
  }
  const names = await worklistNames(ctx)
  for (const { code, definition } of shippedLists.worklists) {
    if (known.has(`worklist ${code}`) || names.has(definition.name)) continue
    if (!(await canAsk(ctx, definition.condition))) continue
    await insertWorklist(ctx, ctx.ids.next<WorklistId>(), definition, code)
    came += 1
  }
  return came
}

const canAsk = async (ctx: ReadContext, condition: Condition) => (await checkCondition(ctx, condition)).length === 0

async function knownCodes({ tx, organizationId }: WriteContext): Promise<Set<string>> {
  const { rows } = await sql<{ known: string }>`
    select 'segment ' || shipped_code known from segment where organization_id = ${organizationId} and shipped_code is not null
    union all
    select 'worklist ' || shipped_code from worklist where organization_id = ${organizationId} and shipped_code is not null`.execute(
    tx,
  )
  return new Set(rows.map(({ known }) => known))
}

async function worklistNames({ tx, organizationId }: WriteContext): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('worklist')
    .select('name')
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'active')
    .execute()
  return new Set(rows.map(({ name }) => name))
}
