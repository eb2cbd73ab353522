import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { lockSeen, start } from './composition.ts'
import { partsOf, wholeHash } from './composition-rules.ts'
import { gather } from './content/gather.ts'
import { issue, signParts } from './signing.ts'
import '../../observation/server/table.ts'

/** Reports that are begun, so that 报告签发 shows what waits. */
const BEGUN = 6

/** Begins the reports of the newest health checks of a demonstration: drafts, to be signed by whoever tries it. */
export async function furnishReports(ctx: WriteContext): Promise<void> {
  const { rows } = await sql<{ patient_id: string; id: string }>`
    select distinct on (r.patient_id) r.patient_id, r.id from report r
    join patient p on p.organization_id = r.organization_id and p.id = r.patient_id and p.state = 'active' and p.doctor_id is not null
    where r.organization_id = ${ctx.organizationId} and r.category = 'health-check' and r.superseded_by is null
    order by r.patient_id, r.effective_at desc limit ${BEGUN}`.execute(ctx.db)
  for (const { patient_id, id } of rows) await start(ctx, patient_id, id)
}

/**
 * Signs and issues the newest reports of some people of one physician, for what a demonstration shows of issued ones.
 * @param ctx acts as that physician
 */
export async function furnishIssued(
  ctx: WriteContext,
  house: House,
  count: number,
): Promise<{ patientId: string; reportId: string }[]> {
  const { rows } = await sql<{ patient_id: string; id: string }>`
    select distinct on (r.patient_id) r.patient_id, r.id from report r
    join patient p on p.organization_id = r.organization_id and p.id = r.patient_id and p.state = 'active' and p.doctor_id = ${ctx.actor.id}
    where r.organization_id = ${ctx.organizationId} and r.category = 'health-check' and r.superseded_by is null
      and p.birth_date < ${ctx.today}::date - 18 * 365
      and not exists (select from report_composition c where c.organization_id = r.organization_id and c.exam_report_id = r.id
        and c.state not in ('draft', 'signed'))
    order by r.patient_id desc, r.effective_at desc limit ${count}`.execute(ctx.db)
  const issued = []
  for (const { patient_id: patientId, id: examId } of rows) {
    const { id: reportId } = await start(ctx, patientId, examId)
    const gathered = await gather(ctx, patientId, examId, 'zh-CN')
    const parts = partsOf(gathered?.facts.sections ?? [])
    await signParts(
      ctx,
      reportId,
      parts.map(({ key, hash }) => ({ key, hash })),
    )
    const row = await lockSeen(ctx, reportId)
    await issue(ctx, house, reportId, wholeHash(parts, row.conclusions, row.not_done))
    issued.push({ patientId, reportId })
  }
  return issued
}
