import { dateIn, instantAt } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { addBlock, BlockLine, listBlocks } from '../contract/do-not-call.ts'
import { callProblem } from '../contract/problems.ts'
import * as store from './block-store.ts'
import { peopleOf } from './person-store.ts'
import { clearNumberHolds } from './subject-store.ts'

type Asked = InputOf<typeof listBlocks>['query']

/** Whom of the own customers nobody calls, newest first. */
export async function list(ctx: ReadContext, { cursor, limit }: Asked) {
  const people = peopleOf(ctx)
  const after = cursor && /^[0-9a-f-]{36}$/.test(cursor) ? cursor : undefined
  const page = { now: ctx.clock.now(), after, limit: limit + 1 }
  const rows = people ? await store.findBlocks(ctx.db, ctx.organizationId, people, page) : []
  const shown = rows.slice(0, limit)
  const hasMore = rows.length > limit
  return {
    rows: shown.map((row) => lineOf(ctx, row)),
    next: hasMore ? shown.at(-1)!.id : null,
    total: after || hasMore ? null : shown.length,
  }
}

/** @throws Problem NotFound, BlockedAlready, BlockUntilPast */
export async function add(
  ctx: WriteContext,
  { patientId, reason, note, untilOn }: InputOf<typeof addBlock>['body'],
): Promise<BlockLine> {
  await requireVisible(ctx, patientId)
  if (untilOn && untilOn < ctx.today) throw callProblem('BlockUntilPast', {}, 'body.untilOn')
  const id = ctx.ids.next<string & never>() as string
  const added = await store.putBlock(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    patient_id: patientId,
    reason,
    note,
    since: ctx.clock.now(),
    until: untilOn ? instantAt(untilOn, 24 * 60, ctx.tenant.timeZone) : null,
    by_id: ctx.actor.id,
    by_name: ctx.actor.name,
    lifted_at: null,
    lifted_by: null,
    lifted_by_name: null,
    lifted_because: null,
  })
  if (!added) throw callProblem('BlockedAlready', {}, 'body.reason')
  ctx.audit.patientId = patientId
  ctx.audit.subjectId = id
  ctx.audit.detail = { reason, until: untilOn ?? null }
  return lineOf(ctx, (await store.findNamedBlock(ctx.tx, ctx.organizationId, id))!)
}

/** The person may be called again. A death is lifted where it is corrected. @throws Problem CallUnknown, BlockLifted */
export async function lift(ctx: WriteContext, id: string, because: string): Promise<void> {
  const row = await store.findNamedBlock(ctx.tx, ctx.organizationId, id)
  if (!row || row.reason === 'deceased') throw callProblem('CallUnknown')
  await requireVisible(ctx, row.patient_id)
  ctx.audit.patientId = row.patient_id
  ctx.audit.detail = { reason: row.reason, because }
  const lifting = { at: ctx.clock.now(), by: ctx.actor, because }
  if (!(await store.liftBlock(ctx.tx, ctx.organizationId, { id }, lifting))) throw callProblem('BlockLifted')
  if (row.reason === 'wrong-number') await clearNumberHolds(ctx.tx, ctx.organizationId, row.patient_id, ctx.clock.now())
}

function lineOf(ctx: ReadContext, row: store.NamedBlock): BlockLine {
  // The last moment that it holds belongs to the day before its end.
  const untilOn = row.until ? dateIn(new Date(row.until.getTime() - 1), ctx.tenant.timeZone) : null
  return {
    id: row.id as never,
    patient: { id: row.patient_id as never, name: row.patient_name, phoneMasked: row.phone_masked },
    reason: row.reason,
    note: row.note,
    since: row.since.toISOString(),
    untilOn,
    by: row.by_name,
    can: { lift: row.reason !== 'deceased' },
  }
}
