import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { visibleTo } from '../../patient/server/index.ts'

export interface EnrolledRecord {
  id: string
  patient_id: string
  name: string
  sex: string
  birth_date: string | null
  manager_name: string | null
  started_on: string
  next_on: string | null
  own_consent_from: string
  has_own_consent: boolean
  open_items: number
  overdue_items: number
  last_value: number | null
  last_at: Date | null
}

export interface After {
  nextOn: string
  id: string
}

/**
 * The children who are enrolled, whoever is due first: along `growth_enrolment_due`, from where the last page ended. A
 * house has some thousands of them, whatever the number of its patients, and each page reads on from its place.
 */
export async function findEnrolled(ctx: ReadContext, page: EnrolledPage): Promise<EnrolledRecord[]> {
  const { rows } = await enrolledQuery(ctx, page).execute(ctx.db)
  return rows
}

export interface EnrolledPage {
  due: boolean
  after: After | undefined
  limit: number
}

/** The statement alone, so that its plan can be looked at. */
export function enrolledQuery(ctx: ReadContext, { due, after, limit }: EnrolledPage) {
  return sql<EnrolledRecord>`
    select e.id, e.patient_id, p.name, p.sex, p.birth_date, s.name manager_name, e.started_on, e.next_on, e.own_consent_from,
      e.has_own_consent, i.open_items, i.overdue_items, o.value last_value, o.effective_at last_at
    from growth_enrolment e
    join patient p on p.organization_id = e.organization_id and p.id = e.patient_id
    left join staff s on s.organization_id = p.organization_id and s.id = p.manager_id
    left join lateral (
      select count(*)::int open_items, count(*) filter (where due_on < ${ctx.today}::date)::int overdue_items
      from growth_item i where i.organization_id = e.organization_id and i.enrolment_id = e.id and i.state = 'open') i on true
    left join lateral (
      select value, effective_at from observation o where o.organization_id = e.organization_id and o.patient_id = e.patient_id
        and o.code = 'height' and o.superseded_by is null and o.comparator is null and o.value is not null
      order by effective_at desc, id desc limit 1) o on true
    where e.organization_id = ${ctx.organizationId} and e.state = 'active' and e.next_on is not null
      and ${due ? sql`e.next_on <= ${ctx.today}::date` : sql`true`}
      and ${after ? sql`(e.next_on, e.id) > (${after.nextOn}::date, ${after.id}::uuid)` : sql`true`}
      and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}
    order by e.next_on, e.id limit ${limit}`
}
