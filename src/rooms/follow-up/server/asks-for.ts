import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import './table.ts'

/**
 * Whether a way in, or a way out of plans that run, asks for one of these kinds of facts. What a step asks is asked when
 * its window opens or it is settled: no fact wakes for it.
 */
export async function asksFor({ db, organizationId }: ReadContext, codes: readonly string[]): Promise<boolean> {
  const asked = codes.map((code) => `%"${code}": %`)
  const { rows } = await sql<{ asks: boolean }>`select exists (select from protocol p
    where p.organization_id = ${organizationId} and p.state <> 'draft' and (
      (p.state = 'published' and (p.definition #> '{entry,condition}')::text like any(${asked}::text[]))
      or (p.definition ? 'exits' and ((p.definition -> 'exits')::text || coalesce(p.definition ->> 'goals', '')) like any(${asked}::text[])
        and exists (select from plan_run r where r.organization_id = p.organization_id and r.protocol_code = p.code
          and r.protocol_version = p.version and r.state = 'active')))) asks`.execute(db)
  return rows[0]!.asks
}
