import { sql } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { Completeness } from '../contract/overview.ts'
import content from '../content/completeness.json' with { type: 'json' }
import { LIFESTYLE } from './name.ts'
import { completenessOf } from './rules/completeness.ts'

/** The codes that completeness asks for. */
const CODES = [
  ...LIFESTYLE.map(({ code }) => code),
  ...content.sections.flatMap((section) => section.codes ?? []).flat(),
]

interface KnownRow {
  id: string
  birth_date: string | null
  sex: string
  has_contact: boolean
  main_worry: string
  answered: string[]
  newest: { code: string; at: string }[]
}

const KINDS = {
  allergy: 'allergy',
  condition: 'condition',
  medication: 'medication',
  procedure: 'procedure',
  'family-history': 'family_history',
}

async function findKnown(db: Db, organizationId: string, patientIds: readonly string[]): Promise<KnownRow[]> {
  const present = Object.entries(KINDS).map(
    ([kind, table]) =>
      sql`select ${kind}::text from ${sql.table(table)} f where f.organization_id = p.organization_id and f.patient_id = p.id and f.superseded_by is null`,
  )
  const { rows } = await sql<KnownRow>`
    select p.id, p.birth_date, p.sex, p.main_worry, p.phone_index is not null or p.guardian_phone_index is not null has_contact,
      array(${sql.join(present, sql` union `)} union select a.about from absence a
        where a.organization_id = p.organization_id and a.patient_id = p.id and a.superseded_by is null) answered,
      coalesce((select json_agg(json_build_object('code', c.code, 'at', o.effective_at)) from unnest(${CODES}::text[]) c (code) cross join lateral (
        select o.effective_at from observation o where o.organization_id = p.organization_id and o.patient_id = p.id and o.code = c.code
          and o.superseded_by is null order by o.effective_at desc limit 1) o), '[]') newest
    from patient p where p.organization_id = ${organizationId} and p.id = any(${[...patientIds]}::uuid[])`.execute(db)
  return rows
}

/**
 * How much of each file is filled, for many patients in one statement: what drives 完善客户健康档案. Who may see it is the
 * caller's business.
 */
export async function completenessOfPatients(
  ctx: Pick<ReadContext, 'db' | 'organizationId' | 'today' | 'tenant'>,
  patientIds: readonly string[],
): Promise<Map<string, Completeness>> {
  const rows = await findKnown(ctx.db, ctx.organizationId, patientIds)
  return new Map(
    rows.map((row) => [
      row.id,
      completenessOf(
        {
          birthDate: row.birth_date,
          sex: row.sex,
          hasContact: row.has_contact,
          mainWorry: row.main_worry,
          answered: new Set(row.answered),
          newest: new Map(row.newest.map(({ code, at }) => [code, dateIn(new Date(at), ctx.tenant.timeZone)])),
        },
        ctx.today,
      ),
    ]),
  )
}
