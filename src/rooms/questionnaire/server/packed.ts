import type { ReadContext } from '../../../platform/context/context.ts'
import { findContent, type ContentVersion } from '../../../platform/database/content-versions.ts'

/** Questionnaires of these codes as they stand here: packs name them, and bring none of their own. */
export async function findPackedQuestionnaires(
  ctx: ReadContext,
  codes: readonly string[],
): Promise<(ContentVersion & { title: { zh: string; en: string } })[]> {
  const table = { name: 'questionnaire', inForce: 'active' } as const
  const found = await findContent(ctx.db, ctx.organizationId, table, codes)
  if (found.length === 0) return []
  const titles = await ctx.db
    .selectFrom('questionnaire')
    .select(['code', 'version', 'title_zh', 'title_en'])
    .where('organization_id', '=', ctx.organizationId)
    .where('code', 'in', [...codes])
    .execute()
  return found.map((one) => {
    const { title_zh: zh = one.code, title_en: en = one.code } =
      titles.find(({ code, version }) => code === one.code && version === one.version) ?? {}
    return { ...one, title: { zh, en } }
  })
}
