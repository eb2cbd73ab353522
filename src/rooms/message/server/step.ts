import { sql } from 'kysely'
import type { CareBatch, CareStep } from '../../agenda/server/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { tagsThatAsk } from '../../tag/server/index.ts'
import '../../observation/server/table.ts'
import type { NewMessage } from './new-message.ts'
import { sendMessages } from './send.ts'
import { templatesInForce } from './templates.ts'

/** A report that is older than this is no news. */
export const REPORT_NEWS_DAYS = 14

/**
 * The care step of messages: what tags ask to be told, once per person and episode of the tag, and that a report has
 * come, once per report. Set-based over the batch; what the ledger knows adds nothing.
 */
export const messageStep: CareStep = {
  name: 'message',
  async evaluate(ctx, batch) {
    const wanted = [...(await askedByTags(ctx, batch)), ...(await newReports(ctx, batch))]
    const inForce = await templatesInForce(
      ctx,
      wanted.map((message) => message.template),
    )
    const lacking = wanted.find((message) => !inForce.has(message.template))
    if (lacking)
      ctx.log.warn({ template: lacking.template }, 'a message is asked for by a template that is not in force')
    await sendMessages(
      ctx,
      wanted.filter((message) => inForce.has(message.template)),
    )
  },
}

async function askedByTags(ctx: WriteContext, { patientIds }: CareBatch): Promise<NewMessage[]> {
  const asking = await tagsThatAsk(ctx, patientIds, 'message')
  return asking
    .filter((tag) => tag.state === 'active')
    .flatMap((tag) =>
      tag.then.flatMap((asked, index): NewMessage[] => {
        if (!('message' in asked)) return []
        const touch = ['tag', tag.tag, tag.setAt.toISOString(), ...(index > 0 ? [String(index)] : [])].join(':')
        return [
          { patientId: tag.patientId, template: asked.message.template, touch, source: 'tag', sourceKey: tag.tag },
        ]
      }),
    )
}

/**
 * Final reports of the last days that came in through an interface and of which the person knows nothing. A corrected
 * version is no second piece of news: it is left out when any version of the report was told. What was told is read once
 * for the batch: looked up report by report, somebody with 500 new ones took seconds.
 */
async function newReports(ctx: WriteContext, { patientIds, now }: CareBatch): Promise<NewMessage[]> {
  const since = new Date(now.getTime() - REPORT_NEWS_DAYS * 86_400_000)
  const { rows } = await sql<{ id: string; patient_id: string }>`
    with fresh as materialized (
      select r.id, r.patient_id, r.source_system, r.source_report_id from report r
      where r.organization_id = ${ctx.organizationId} and r.patient_id = any(${[...patientIds]}::uuid[])
        and r.effective_at > ${since} and r.status in ('final', 'corrected') and r.superseded_by is null and r.intake_id is not null
    ), told as materialized (
      select v.patient_id, v.source_system, v.source_report_id from message m
      join report v on v.organization_id = m.organization_id and v.patient_id = m.patient_id
        and v.id = case when m.touch like 'report:%' then substr(m.touch, 8)::uuid end
      where m.organization_id = ${ctx.organizationId} and m.patient_id in (select patient_id from fresh) and m.touch like 'report:%'
    )
    select f.id, f.patient_id from fresh f where not exists (
      select from told t where t.patient_id = f.patient_id and t.source_system = f.source_system and t.source_report_id = f.source_report_id)`.execute(
    ctx.db,
  )
  return rows.map((row) => ({
    patientId: row.patient_id,
    template: 'report-ready',
    touch: `report:${row.id}`,
    source: 'observation',
    sourceKey: row.id,
  }))
}
