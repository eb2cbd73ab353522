import { sql, type RawBuilder } from 'kysely'
import { compileWhere, groundOf } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { idOf } from '../../../platform/ids.ts'
import type { AnswerOf } from '../../../platform/contract/endpoint.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { showAsPerson } from '../../message/server/index.ts'
import { requireVisible, visibleTo } from '../../patient/server/index.ts'
import { NO_REASON, type listPeople, type PeopleFilter, type previewAsPerson } from '../contract/outcome.ts'
import { stepsOf } from '../contract/definition.ts'
import { campaignProblem } from '../contract/problems.ts'
import { admit } from './advance.ts'
import { isGreeting } from './rules/greeting.ts'
import type { RunRow } from './run-store.ts'
import { findVersions } from './store.ts'
import '../../message/server/table.ts'

interface Asked extends PeopleFilter {
  cursor?: string | undefined
  limit: number
}

type Named = RunRow & { name: string; messages: { channel: never; state: never; reason: string | null }[] | null }

/** The people one looks after, by their ids; each with what became of their messages. */
export async function showPeople(
  ctx: ReadContext,
  campaignId: string,
  asked: Asked,
): Promise<AnswerOf<typeof listPeople>> {
  const patient = idOf(asked.cursor?.slice(0, 36))
  const after = patient ? sql`and (r.patient_id, r.occurrence) > (${patient}::uuid, ${asked.cursor!.slice(37)})` : sql``
  const { rows } = await sql<Named>`
    select r.*, p.name, (select jsonb_agg(jsonb_build_object('channel', m.channel, 'state', m.state, 'reason', m.reason) order by m.created_at, m.channel desc)
      from message m where m.organization_id = r.organization_id and m.patient_id = r.patient_id and m.campaign = ${campaignId} and m.source_key = r.id::text) messages
    from journey_run r join patient p on p.organization_id = r.organization_id and p.id = r.patient_id
    where r.organization_id = ${ctx.organizationId} and r.campaign_id = ${campaignId} and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}
      ${chosen(campaignId, asked)} ${after}
    order by r.patient_id, r.occurrence limit ${asked.limit + 1}`.execute(ctx.db)
  const shown = rows.slice(0, asked.limit)
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => ({
      patientId: row.patient_id as never,
      patientName: row.name,
      occurrence: row.occurrence,
      state: row.state,
      reason: row.reason,
      step: row.node,
      wakeAt: row.wake_at?.toISOString() ?? null,
      arm: row.arm && row.arm.slice(row.arm.indexOf(':') + 1),
      enteredAt: row.entered_at.toISOString(),
      messages: row.messages ?? [],
    })),
    next: rows.length > asked.limit && last ? `${last.patient_id} ${last.occurrence}` : null,
    total: null,
  }
}

/** The people behind one line of the sums; without a filter everybody who has entered. */
function chosen(
  campaignId: string,
  { state, reason, channel, message, messageReason }: PeopleFilter,
): RawBuilder<unknown> {
  const because = (column: RawBuilder<unknown>, asked: string | undefined) =>
    asked === undefined ? sql`` : asked === NO_REASON ? sql`and ${column} is null` : sql`and ${column} = ${asked}`
  const standing = state ? sql`and r.state = ${state}` : sql`and r.state <> 'baseline'`
  const told =
    channel || message || messageReason
      ? sql`and exists (select from message t where t.organization_id = r.organization_id and t.patient_id = r.patient_id
          and t.campaign = ${campaignId} and t.source_key = r.id::text ${channel ? sql`and t.channel = ${channel}` : sql``}
          ${message ? sql`and t.state = ${message}` : sql``} ${because(sql`t.reason`, messageReason)})`
      : sql``
  return sql`${standing} ${because(sql`r.reason`, reason)} ${told}`
}

/** @throws Problem NotFound, PersonNotReachable */
export async function showPreview(
  ctx: ReadContext,
  campaignId: string,
  { patientId, step: stepId }: { patientId: string; step: string },
): Promise<AnswerOf<typeof previewAsPerson>> {
  await requireVisible(ctx, patientId)
  ctx.audit.patientId = patientId
  const [version] = await findVersions(ctx.db, ctx.organizationId, [campaignId])
  const step = stepsOf(version?.definition.path ?? []).find(({ id }) => id === stepId)
  if (!version || step?.kind !== 'send') throw platformProblem('NotFound')
  const examples = { when: '3月10日 14:30', whenEn: '10 March, 14:30' }
  const values = { ...examples, ...step.values }
  const shown = await showAsPerson(ctx, {
    patientId,
    template: step.template,
    values,
    campaign: campaignId,
    greeting: isGreeting(version.definition),
  })
  if (!shown) throw campaignProblem('PersonNotReachable')
  const { audience } = version.definition
  const holds = audience ? compileWhere(await admit(ctx, audience), groundOf(ctx)) : sql<boolean>`true`
  const { rows } = await sql<{ holds: boolean }>`
    select p.state = 'active' and ${holds} holds from patient p where p.organization_id = ${ctx.organizationId} and p.id = ${patientId}`.execute(
    ctx.db,
  )
  return { ...shown, inAudience: rows[0]?.holds ?? false }
}
