import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import type { Db } from '../../../platform/database/database.ts'
import { questionnaireProblem } from '../contract/problems.ts'
import type { versionsOf } from '../contract/versions.ts'
import { summaryOf } from './definition.ts'
import type { Listed } from './definition-store.ts'

/** All versions of one code, the newest first; counts stop at 100,000. Reads one index range. */
async function findVersions(db: Db, organizationId: string, code: string): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select q.organization_id, q.code, q.version, q.state, q.title_zh, q.title_en, q.sensitivity, q.questions, q.licence, q.source,
      q.revision, q.changed_at, q.changed_by, q.changed_by_name, q.published_at, q.published_by, q.published_by_name,
      (select count(*)::int from (select from questionnaire_response r where r.organization_id = q.organization_id and r.code = q.code
        and r.version = q.version and r.superseded_by is null limit 100000) few) answers
    from questionnaire q where q.organization_id = ${organizationId} and q.code = ${code}
    order by q.version desc`.execute(db)
  return rows
}

/** @throws Problem QuestionnaireUnknown */
export async function historyOf(ctx: ReadContext, code: string): Promise<OutputOf<typeof versionsOf>> {
  const rows = await findVersions(ctx.db, ctx.organizationId, code)
  const newest = rows.find((row) => row.state === 'active') ?? rows[0]
  if (!newest) throw questionnaireProblem('QuestionnaireUnknown', { code })
  const may = (permission: string) => ctx.actor.permissions.has(permission)
  return {
    code,
    title: { zh: newest.title_zh, en: newest.title_en },
    rows: rows.map((row) => ({ ...summaryOf(row), revision: row.revision })),
    can: {
      design: may('questionnaire.design'),
      publish: may('questionnaire.publish'),
      send: may('questionnaire.send'),
    },
  }
}
