import { sql } from 'kysely'
import { addDays, instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import type { planSimilarity } from '../contract/similarity.ts'
import { templates } from './template-store.ts'

interface Counted {
  code: string
  count: number
  unchanged: number
  medianPercent: number | null
  alike: number
}

/** Of each template, how alike the plans are that were signed within these days: the version of each plan that was signed last. */
export async function showSimilarity(ctx: ReadContext, days: number): Promise<AnswerOf<typeof planSimilarity>> {
  const since = instantAt(addDays(ctx.today, -days), 0, ctx.tenant.timeZone)
  const { rows } = await sql<Counted>`
    with newest as (
      select distinct on (v.plan_id) v.template_code, v.similarity_percent, md5(concat_ws('|',
        (select jsonb_agg(g - 'byOn') from jsonb_array_elements(v.content -> 'goals') g), v.content -> 'actions', v.content -> 'steps')) said
      from care_plan_version v where v.organization_id = ${ctx.organizationId} and v.state = 'signed' and v.signed_at >= ${since}
        and v.template_code is not null
      order by v.plan_id, v.version desc
    ), same as (
      select template_code, max(times) alike from (select template_code, said, count(*) times from newest group by 1, 2) s group by 1
    )
    select n.template_code code, count(*)::int count, count(*) filter (where n.similarity_percent = 100)::int unchanged,
      percentile_disc(0.5) within group (order by n.similarity_percent) "medianPercent", max(s.alike)::int alike
    from newest n join same s using (template_code) group by n.template_code order by count(*) desc, n.template_code`.execute(
    ctx.db,
  )
  const titles = new Map((await templates.current(ctx)).map(({ code, definition }) => [code, definition.title]))
  return { rows: rows.map((row) => ({ ...row, title: titles.get(row.code) ?? { zh: row.code, en: row.code } })) }
}
