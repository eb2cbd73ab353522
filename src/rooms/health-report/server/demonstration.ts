import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { start } from './composition.ts'
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
