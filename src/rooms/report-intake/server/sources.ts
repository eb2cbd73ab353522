import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { brokenConstraint } from '../../../platform/database/database.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { intakeProblem } from '../contract/problems.ts'
import type { listSources, SourceFields, SourceView } from '../contract/sources.ts'
import type { Channel } from './table.ts'

const DAYS_LOOKED_BACK = 30

/** What is agreed with each sender, and who has sent lately. */
export async function sources(ctx: ReadContext): Promise<AnswerOf<typeof listSources>> {
  const rows = await ctx.db
    .selectFrom('intake_source')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .orderBy('name')
    .execute()
  const since = new Date(ctx.clock.now().getTime() - DAYS_LOOKED_BACK * 86_400_000)
  const { rows: seen } = await sql<{ source: string; channel: Channel; address: string; last_at: Date }>`
    select source, channel, max(peer) address, max(received_at) last_at from (
      select source, channel, peer, received_at from intake where organization_id = ${ctx.organizationId} and received_at >= ${since}
        and channel in ('mllp', 'http-hl7', 'fhir') order by received_at desc limit 20000) r
    group by source, channel order by max(received_at) desc limit 50`.execute(ctx.db)
  return {
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      sending: row.sending,
      receiving: row.receiving,
      address: row.address,
      timeZone: row.time_zone,
      ackMode: row.ack_mode,
      testMessages: row.test_messages,
      register: row.register,
      numbering: row.numbering,
      version: row.version,
    })),
    seen: seen.map((row) => ({
      source: row.source,
      channel: row.channel,
      address: row.address,
      lastAt: row.last_at.toISOString(),
    })),
  }
}

function columnsOf(ctx: WriteContext, fields: SourceFields) {
  return {
    name: fields.name,
    sending: fields.sending,
    receiving: fields.receiving,
    address: fields.address,
    time_zone: fields.timeZone,
    ack_mode: fields.ackMode,
    test_messages: fields.testMessages,
    register: fields.register,
    numbering: fields.numbering,
    updated_by: ctx.actor.id,
    updated_at: ctx.clock.now(),
  }
}

type Saved = Omit<SourceView, 'id'> & { id: string }

/** @throws Problem SourceDoubled */
export async function addSource(ctx: WriteContext, fields: SourceFields): Promise<Saved> {
  const id: string = ctx.ids.next()
  await undoubled(
    ctx.tx
      .insertInto('intake_source')
      .values({ organization_id: ctx.organizationId, id, ...columnsOf(ctx, fields) })
      .execute(),
  )
  return { ...fields, id, version: 1 }
}

/** @throws Problem ChangedMeanwhile, SourceDoubled */
export async function changeSource(
  ctx: WriteContext,
  id: string,
  { version, ...fields }: SourceFields & { version: number },
): Promise<Saved> {
  const change = ctx.tx
    .updateTable('intake_source')
    .set({ ...columnsOf(ctx, fields), version: version + 1 })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  const result = await undoubled(change)
  if (result.numUpdatedRows === 0n) throw platformProblem('ChangedMeanwhile')
  return { ...fields, id, version: version + 1 }
}

async function undoubled<T>(change: Promise<T>): Promise<T> {
  try {
    return await change
  } catch (error) {
    if (brokenConstraint(error) === 'intake_source_fit') throw intakeProblem('SourceDoubled')
    throw error
  }
}

export async function removeSource(ctx: WriteContext, id: string): Promise<Record<string, never>> {
  await ctx.tx
    .deleteFrom('intake_source')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute()
  return {}
}
