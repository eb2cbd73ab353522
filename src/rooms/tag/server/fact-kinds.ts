import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { factKind, type FactKind, type Known } from '../../../platform/condition/fact.ts'
import { tagTest } from '../contract/condition.ts'
import type { TagDefinition } from '../contract/rule.ts'
import './table.ts'

/** What is known of tags that are in force. A tag is as sensitive as what its rule asks. */
async function learnTags({ db, organizationId }: ReadContext, codes: readonly string[]): Promise<Map<string, Known>> {
  const rows = await db
    .selectFrom('tag_rule')
    .select(['code', 'definition'])
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'published')
    .where('code', 'in', [...codes])
    .execute()
  return new Map(
    rows.map(({ code, definition }) => {
      const { name, sensitivity = 'ordinary', condition } = definition as TagDefinition
      return [code, { name, sensitivity, restsOn: condition }]
    }),
  )
}

/** Whether a rule in force asks for one of these kinds; reading the texts of sixty rules costs a millisecond. */
export async function asksFor({ db, organizationId }: ReadContext, codes: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ asks: boolean }>`select exists (select from tag_rule
    where organization_id = ${organizationId} and state = 'published'
      and (definition -> 'condition')::text like any(${codes.map((code) => `%"${code}": %`)}::text[])) asks`.execute(db)
  return rows[0]!.asks
}

/** Nobody is chosen by what tells of mind and mood, nor by what they do not wish to be chosen by. */
const forAudience = sql`and t.sensitivity = 'ordinary' and not exists (select from tag_refusal f
  where f.organization_id = t.organization_id and f.patient_id = t.patient_id and f.tag_code = t.tag_code)`

export const tagFacts: readonly FactKind[] = [
  factKind({
    code: 'tag',
    room: 'tag',
    telling: 'as-known',
    test: tagTest,
    sensitivity: 'ordinary',
    wakes: ['tag', 'merge'],
    names: ({ code }) => [code],
    learn: learnTags,
    unknown: 'UnknownTag',
    ask: ({ code }, { now, purpose }) => ({
      rows: sql`select true ok, jsonb_build_object('kind', 'tag', 'code', t.tag_code, 'at', t.set_at) fact, t.expires_at flips_at
        from patient_tag t where t.organization_id = p.organization_id and t.patient_id = p.id and t.tag_code = ${code}
          and t.state = 'active' and (t.expires_at is null or t.expires_at > ${now})
          ${purpose === 'audience' ? forAudience : sql``}
        order by t.expires_at desc nulls first limit 1`,
    }),
    says: ({ code }, { t, name }) => t('says.tag', { tag: name(code) }),
    denies: ({ code }, { t, name }) => t('says.no.tag', { tag: name(code) }),
  }),
]
