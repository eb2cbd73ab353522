import { sql, type RawBuilder } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { insertEvents } from './store.ts'
import { withdrawWhere } from './withdraw-store.ts'
import './table.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Nothing more is said to whoever has died; what is on the line already cannot be called back. */
export function withdrawOfDead(ctx: WriteContext, patientId: string): Promise<void> {
  return withdrawWhere(ctx, sql`m.patient_id = ${patientId}`, 'patient-died')
}

/**
 * Messages follow their person into the file they were merged into, and the merge remembers which. A touch that both
 * files know keeps its row under a name of its own, and goes out once. What one of the two did not want, the whole person
 * does not want.
 */
export async function moveMerged(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    with moved as (
      update message m set patient_id = ${intoId}, touch = case when exists (
          select from message o where o.organization_id = m.organization_id and o.patient_id = ${intoId} and o.touch = m.touch
            and (o.channel = m.channel or (o.rung is not null or m.rung is not null) and o.channel <> 'in-app' and m.channel <> 'in-app'))
        then left(m.touch, 150) || '~' || ${mergeId}::text else m.touch end
      from message before
      where m.organization_id = ${ctx.organizationId} and m.patient_id = ${fromId} and before.organization_id = m.organization_id and before.id = m.id
      returning m.id, before.touch former_touch),
    kept as (
      insert into message_move (organization_id, merge_id, message_id, former_touch)
      select ${ctx.organizationId}, ${mergeId}::uuid, id, former_touch from moved on conflict do nothing)
    select id from moved`.execute(ctx.tx)
  await insertEvents(
    ctx,
    rows.map(({ id }) => ({ messageId: id, kind: 'moved', detail: { mergeId } })),
  )
  await withdrawWhere(ctx, saidInOtherFile(ctx, intoId, mergeId), SAID_ONCE)
  await sql`
    update message_hold set patient_id = ${intoId}, merge_ids = array_append(merge_ids, ${mergeId}::uuid)
    where organization_id = ${ctx.organizationId} and patient_id = ${fromId}`.execute(ctx.tx)
  await sql`
    insert into message_preference as p (organization_id, patient_id, purpose, channel, opted_out_at, how, by_id, by_name, note, message_id, changed_at)
    select organization_id, ${intoId}, purpose, channel, opted_out_at, 'merge', by_id, by_name, ${mergeId}::text, message_id, ${ctx.clock.now()}
    from message_preference where organization_id = ${ctx.organizationId} and patient_id = ${fromId} and opted_out_at is not null
    on conflict (organization_id, patient_id, purpose, channel) do update
    set opted_out_at = excluded.opted_out_at, how = excluded.how, by_id = excluded.by_id, by_name = excluded.by_name, note = excluded.note, changed_at = excluded.changed_at
    where p.opted_out_at is null`.execute(ctx.tx)
  await sql`
    insert into message_topic_wish as w (organization_id, patient_id, topic, channel, opted_out_at, how, by_id, by_name, note, message_id, changed_at)
    select organization_id, ${intoId}, topic, channel, opted_out_at, 'merge', by_id, by_name, ${mergeId}::text, message_id, ${ctx.clock.now()}
    from message_topic_wish where organization_id = ${ctx.organizationId} and patient_id = ${fromId} and opted_out_at is not null
    on conflict (organization_id, patient_id, topic, channel) do update
    set opted_out_at = excluded.opted_out_at, how = excluded.how, by_id = excluded.by_id, by_name = excluded.by_name, note = excluded.note, changed_at = excluded.changed_at
    where w.opted_out_at is null`.execute(ctx.tx)
}

const SAID_ONCE = 'same-in-merged-file'

/** A touch as it was before merges gave it names of their own: in a chain of them it has several. */
const plain = (touch: string) =>
  sql`left(regexp_replace(${sql.ref(touch)}, '(~[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})+$', ''), 150)`

const GOES = sql`('planned', 'deferred', 'claimed', 'accepted')`

/**
 * Of a touch that both files know by one channel or by a ladder, whatever step that has come to: the moved one, unless it
 * has gone out, or is on its way, and the other has not. A ladder says the same as one outward channel where the other
 * file has no ladder: each of them was meant to reach the person once.
 */
function saidInOtherFile(ctx: WriteContext, intoId: string, mergeId: string): RawBuilder<unknown> {
  const former = sql`select ${plain('v.former_touch')} from message_move v where v.organization_id = ${ctx.organizationId} and v.merge_id = ${mergeId}`
  return sql`m.id in (
    with side as (
      select f.id, f.channel, f.state, f.rung, ${plain('v.former_touch')} touch, true moved from message_move v
      join message f on f.organization_id = v.organization_id and f.id = v.message_id
      where v.organization_id = ${ctx.organizationId} and v.merge_id = ${mergeId}
      union all
      select o.id, o.channel, o.state, o.rung, ${plain('o.touch')}, false from message o
      where o.organization_id = ${ctx.organizationId} and o.patient_id = ${intoId}
        and not exists (select from message_move v where v.organization_id = o.organization_id and v.merge_id = ${mergeId} and v.message_id = o.id)
        and ${plain('o.touch')} in (${former}))
    select case when f.state = 'accepted' or f.state = 'claimed' and o.state in ('planned', 'deferred') then o.id else f.id end
    from side f join side o on f.moved and not o.moved and o.touch = f.touch
    where f.state in ${GOES} and o.state in ${GOES} and (f.channel = o.channel or f.rung is not null and o.rung is not null
      or f.channel <> 'in-app' and o.channel <> 'in-app' and (f.rung is null) <> (o.rung is null)
        and not exists (select from side n where n.touch = f.touch and n.rung is not null and n.moved <> (f.rung is not null))
        and not exists (select from side n where n.touch = f.touch and n.rung is null and n.moved = (f.rung is not null)
          and n.channel = case when f.rung is null then f.channel else o.channel end)))`
}

/**
 * Two people after all: what was withdrawn for being said twice is said to each, unless it has become too late, or a third
 * file that is still theirs says it or has said it.
 */
async function planAgain(ctx: WriteContext, patientIds: readonly string[], touches: readonly string[]): Promise<void> {
  if (touches.length === 0) return
  const now = ctx.clock.now()
  const same = sql`o.patient_id = m.patient_id and o.touch = m.touch and o.id <> m.id
    and (o.channel = m.channel or (o.rung is not null or m.rung is not null) and o.channel <> 'in-app' and m.channel <> 'in-app')`
  const { rows } = await sql<{ id: string }>`
    with theirs as (
      select m.id, m.patient_id, m.channel, m.rung, m.state, m.reason, m.not_after, length(m.touch) named, ${plain('m.touch')} touch
      from message m where m.organization_id = ${ctx.organizationId} and m.patient_id = any(${[...patientIds]}::uuid[])),
    wanted as (
      select * from theirs m where m.state = 'cancelled' and m.reason = ${SAID_ONCE} and coalesce(m.not_after > ${now}, true)
        and m.touch in (select ${plain('t.touch')} from unnest(${[...touches]}::text[]) t (touch)))
    update message set state = 'planned', reason = null, next_at = ${now}
    where organization_id = ${ctx.organizationId} and id in (select m.id from wanted m
      where not exists (select from theirs o where ${same} and o.state in ${GOES})
        and not exists (select from wanted o where ${same} and (o.named, o.id) < (m.named, m.id)))
    returning id`.execute(ctx.tx)
  await insertEvents(
    ctx,
    rows.map(({ id }) => ({ messageId: id, kind: 'tried-again', detail: {} })),
  )
}

/** What this merge had moved goes back; what came later stays. A refusal that only the merge had brought goes too. */
export async function moveBack(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  const { rows } = await sql<{ id: string; touch: string }>`
    with gone as (delete from message_move where organization_id = ${ctx.organizationId} and merge_id = ${mergeId} returning message_id, former_touch)
    update message m set patient_id = ${fromId}, touch = gone.former_touch from gone
    where m.organization_id = ${ctx.organizationId} and m.id = gone.message_id and m.patient_id = ${intoId} returning m.id, m.touch`.execute(
    ctx.tx,
  )
  await insertEvents(
    ctx,
    rows.map(({ id }) => ({ messageId: id, kind: 'moved-back', detail: { mergeId } })),
  )
  await planAgain(ctx, [fromId, intoId], [...new Set(rows.map(({ touch }) => touch))])
  await sql`
    update message_hold set patient_id = ${fromId}, merge_ids = array_remove(merge_ids, ${mergeId}::uuid)
    where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and ${mergeId}::uuid = any(merge_ids)`.execute(
    ctx.tx,
  )
  await sql`
    delete from message_preference
    where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and how = 'merge' and note = ${mergeId}::text`.execute(
    ctx.tx,
  )
  await sql`
    delete from message_topic_wish
    where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and how = 'merge' and note = ${mergeId}::text`.execute(
    ctx.tx,
  )
}
