import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { PREPARED } from '../../../platform/database/database.ts'
import type { StoredConsent } from '../../card/server/table.ts'
import { STAY_DAYS_MAX } from '../../observation/contract/fact-words.ts'
import type { Topic } from '../contract/topic.ts'
import type { Channel, Family, Purpose } from '../contract/words.ts'
import type { Person } from './rules/gate.ts'
import '../../observation/server/table.ts'
import '../../patient/server/table.ts'
import '../../tag/server/table.ts'
import './table.ts'

type Reader = Pick<ReadContext, 'db' | 'organizationId' | 'clock'>

/** What one statement knows of a person; null where there is nothing. Instants inside the lists are milliseconds. */
export interface PersonRow {
  id: string
  name: string
  called: string
  birth_date: string | null
  locale: Locale
  state: Person['state']
  merged_into: string | null
  has_guardian: boolean
  good_hours: string
  email_sealed: Buffer | null
  guardian_email_sealed: Buffer | null
  opt_outs: [Purpose, Family, at: number][] | null
  topic_wishes: [Topic, Family, out: boolean, at: number][] | null
  consents: StoredConsent[][] | null
  quiet: boolean
  holds: [Person['holds'][number]['kind'], number][] | null
  sent: [id: string, touch: string, Channel, Purpose, at: number, rationed: boolean][] | null
}

/**
 * Everything about these people in one statement: each part is looked up by person, so that it costs the same among a
 * thousand people and among a million. Planned once for each connection.
 * @param sentDays how far back what has left the house is read; 0: not at all
 * @param promotion whether to look for what stands against promotions and greetings alone
 */
export async function findPersonRows(
  { db, organizationId, clock }: Reader,
  ids: readonly string[],
  sentDays: number,
  promotion: boolean,
): Promise<Map<string, PersonRow>> {
  const now = clock.now()
  const quietTags = promotion ? await findQuietTags({ db, organizationId }) : []
  const since = sentDays > 0 ? new Date(now.getTime() - sentDays * 86_400_000) : null
  const { rows } = await sql<PersonRow>`${sql.raw(PREPARED)}
    select p.id, p.name, p.called, p.birth_date, p.locale, p.state, p.merged_into, p.guardian is not null has_guardian, coalesce(p.preferences ->> 'goodHours', '') good_hours, p.email_sealed,
      p.guardian_email_sealed,
      (select json_agg(json_build_array(o.purpose, o.channel, ${epoch('changed_at')})) from message_preference o
        where o.organization_id = p.organization_id and o.patient_id = p.id and o.opted_out_at is not null) opt_outs,
      (select json_agg(json_build_array(w.topic, w.channel, w.opted_out_at is not null, ${epoch('changed_at')})) from message_topic_wish w
        where w.organization_id = p.organization_id and w.patient_id = p.id) topic_wishes,
      (select json_agg(c.consents) from card c
        where c.organization_id = p.organization_id and c.patient_id = p.id and c.consents <> '[]') consents,
      exists (select from patient_tag t
        where t.organization_id = p.organization_id and t.patient_id = p.id and t.state = 'active' and t.tag_code = any(${quietTags}::text[])) quiet,
      case when ${promotion}::boolean then (
        select json_agg(json_build_array(kind, ${epoch('since')})) from (
          select h.kind, h.since from message_hold h
          where h.organization_id = p.organization_id and h.patient_id = p.id and (h.until is null or h.until > ${now}::timestamptz)
          union all
          select 'admission', e.started_at from encounter e
          where e.organization_id = p.organization_id and e.patient_id = p.id and e.class = 'inpatient' and e.superseded_by is null
            and e.started_at <= ${now}::timestamptz and coalesce(e.ended_at, e.started_at + make_interval(days => ${STAY_DAYS_MAX}::int)) > ${now}::timestamptz) h)
      end holds,
      case when ${since}::timestamptz is not null then (
        select json_agg(json_build_array(id, touch, channel, purpose, ${epoch('at')}, not urgent and not answers)) from (
          select m.id, m.touch, m.channel, m.purpose, m.sent_at as at, m.urgent, m.answers from message m
          where m.organization_id = p.organization_id and m.patient_id = p.id and m.channel <> 'in-app' and m.relative_id is null and m.sent_at > ${since}::timestamptz
          union all
          select m.id, m.touch, m.channel, m.purpose, ${now}::timestamptz, m.urgent, m.answers from message m
          where m.organization_id = p.organization_id and m.patient_id = p.id and m.channel <> 'in-app' and m.relative_id is null and m.state = 'claimed') m)
      end sent
    from unnest(${[...ids]}::uuid[]) k (id) join patient p on p.organization_id = ${organizationId}::uuid and p.id = k.id`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

const epoch = (column: 'since' | 'at' | 'changed_at') => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`

/** Tags, whoever sets them, whose definition asks for quiet: a handful, looked up once for all people. */
async function findQuietTags({ db, organizationId }: Pick<Reader, 'db' | 'organizationId'>): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select code from tag_rule
    where organization_id = ${organizationId} and state = 'published' and jsonb_path_exists(definition, '$.then[*].quiet ? (@ == true)')`.execute(
    db,
  )
  return rows.map(({ code }) => code)
}
