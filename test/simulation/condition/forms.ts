import { sql } from 'kysely'
import type { WriteContext } from '../../../src/platform/context/context.ts'
import { PROTOCOLS, QUESTIONNAIRES, SEGMENTS } from './words.ts'

/** The questionnaires, protocols and segments that the drawn facts belong to. */
export async function layForms(ctx: WriteContext): Promise<void> {
  const now = ctx.clock.now()
  for (const { code, sensitivity } of QUESTIONNAIRES)
    await sql`insert into questionnaire (organization_id, code, version, state, title_zh, title_en, sensitivity, definition, questions, changed_at, changed_by_name)
      values (${ctx.organizationId}, ${code}, 1, 'active', ${code}, ${code}, ${sensitivity}, '{}', 2, ${now}, '甲')`.execute(
      ctx.tx,
    )
  for (const code of PROTOCOLS)
    await sql`insert into protocol (organization_id, code, version, state, definition, created_at)
      values (${ctx.organizationId}, ${code}, 1, 'published', ${JSON.stringify({ code, name: { zh: code, en: code }, entry: { hand: true } })}::jsonb, ${now})`.execute(
      ctx.tx,
    )
  for (const id of SEGMENTS)
    await sql`insert into segment (organization_id, id, state, version, created_at)
      values (${ctx.organizationId}, ${id}, 'active', 1, ${now})`.execute(ctx.tx)
}
