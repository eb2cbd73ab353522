import { sql, type RawBuilder } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { PREPARED } from '../../../platform/database/database.ts'
import type { Consequence, TagDefinition } from '../contract/rule.ts'
import './table.ts'

export interface AskingTag {
  patientId: string
  tag: string
  /** Begins an episode: a tag that is set anew has a new one. */
  setAt: Date
  /** `ended`: it has had its time, although what set it is still true. */
  state: 'active' | 'ended'
  tone: TagDefinition['tone']
  then: Consequence[]
}

/** A message recommends; what is done for the person's care does not ask for it. */
const notRefused = sql`and not exists (select from tag_refusal f
  where f.organization_id = t.organization_id and f.patient_id = t.patient_id and f.tag_code = t.tag_code)`

/**
 * The tags by rule that stand with these people, suppressed ones left out, with what their published definitions ask
 * for; only tags that ask for something of this kind.
 */
export async function tagsThatAsk(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  patientIds: readonly string[],
  kind: 'task' | 'message' | 'protocol',
): Promise<AskingTag[]> {
  // The definitions are taken apart once, not per person: they are large enough to be stored compressed.
  const { rows } = await sql<AskingTag>`${sql.raw(PREPARED)}
    with asking as materialized (
      select code, coalesce(definition ->> 'tone', 'neutral') tone, definition -> 'then' "then" from tag_rule
      where organization_id = ${organizationId} and state = 'published'
        and jsonb_path_exists(definition, '$.then[*].keyvalue() ? (@.key == $kind)', jsonb_build_object('kind', ${kind}::text)))
    select t.patient_id "patientId", t.tag_code tag, t.set_at "setAt", t.state, r.tone, r."then"
    from patient_tag t join asking r on r.code = t.tag_code
    where t.organization_id = ${organizationId} and t.patient_id = any(${patientIds}::uuid[])
      and t.source = 'rule' and t.state in ('active', 'ended')
      ${kind === 'message' ? notRefused : sql``}
    order by t.patient_id, t.tag_code`.execute(db)
  return rows.map((row) => ({ ...row, then: row.then.filter((asked) => kind in asked) }))
}

/** Whoever a standing tag sends into this protocol, as a condition on `patient p`. */
export function sentByTag(
  { organizationId }: Pick<ReadContext, 'organizationId'>,
  protocol: string,
): RawBuilder<boolean> {
  const asks = sql`jsonb_path_exists(r.definition, '$.then[*] ? (@.protocol == $code)', jsonb_build_object('code', ${protocol}::text))`
  return sql<boolean>`exists (select from patient_tag t where t.organization_id = ${organizationId} and t.patient_id = p.id
    and t.source = 'rule' and t.state = 'active' and t.tag_code in (select r.code from tag_rule r
      where r.organization_id = ${organizationId} and r.state = 'published' and ${asks}))`
}
