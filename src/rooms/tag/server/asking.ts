import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
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

/**
 * The tags by rule that stand with these people, suppressed ones left out, with what their published definitions ask
 * for; only tags that ask for something of this kind.
 */
export async function tagsThatAsk(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  patientIds: readonly string[],
  kind: 'task' | 'message' | 'protocol',
): Promise<AskingTag[]> {
  const { rows } = await sql<AskingTag>`
    select t.patient_id "patientId", t.tag_code tag, t.set_at "setAt", t.state,
      coalesce(r.definition ->> 'tone', 'neutral') tone, r.definition -> 'then' "then"
    from tag_rule r
    join patient_tag t on t.organization_id = r.organization_id and t.tag_code = r.code
    where r.organization_id = ${organizationId} and r.state = 'published'
      and jsonb_path_exists(r.definition, '$.then[*].keyvalue() ? (@.key == $kind)', jsonb_build_object('kind', ${kind}::text))
      and t.patient_id = any(${patientIds}::uuid[]) and t.source = 'rule' and t.state in ('active', 'ended')
    order by t.patient_id, t.tag_code`.execute(db)
  return rows.map((row) => ({ ...row, then: row.then.filter((asked) => kind in asked) }))
}
