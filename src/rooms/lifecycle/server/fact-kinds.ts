import { sql } from 'kysely'
import { factKind, type FactKind } from '../../../platform/condition/fact.ts'
import { firstDayAfter, midnight } from '../../../platform/condition/window.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { lifecycleMoved } from '../contract/events.ts'
import { relationshipTest } from '../contract/fact-words.ts'
import './table.ts'

/** What conditions may ask of relationship stages. Their rules never rest on mind and mood, so neither does this. */
export const relationshipFacts: readonly FactKind[] = [
  factKind({
    code: 'relationship',
    room: 'lifecycle',
    test: relationshipTest,
    sensitivity: 'ordinary',
    wakes: [lifecycleMoved, 'merge'],
    ask: ({ in: stages, since }, asking) => {
      const entered = sql`(s.since_at at time zone ${asking.timeZone})::date`
      const long = since && firstDayAfter(entered, since.span)
      const ok = long ? sql`(${long} ${sql.raw(since.op === '>=' ? '<=' : '>')} ${asking.today}::date)` : sql`true`
      return {
        rows: sql`select ${ok} ok, jsonb_build_object('kind', 'relationship', 'code', s.stage, 'at', ${entered}) fact,
          ${long ? midnight(long, asking) : sql`null::timestamptz`} flips_at from relationship s
          where s.organization_id = p.organization_id and s.patient_id = p.id and s.stage = any(${stages}::text[]) limit 1`,
      }
    },
    says: ({ in: stages, since }, { t, list, span }) =>
      t(since ? `says.relationship.${since.op === '<' ? 'less' : 'longer'}` : 'says.relationship.now', {
        what: list(stages.map((one) => t(`stage.${one}`))),
        span: since ? span(since.span) : '',
      }),
    denies: ({ in: stages, since }, { t, list }) =>
      since ? undefined : t('says.no.relationship', { what: list(stages.map((one) => t(`stage.${one}`))) }),
  }),
]

/** Whether a rule in force asks for one of these kinds. */
export async function asksFor({ db, organizationId }: ReadContext, codes: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ asks: boolean }>`select exists (select from lifecycle_rule
    where organization_id = ${organizationId} and state = 'active'
      and (definition -> 'condition')::text like any(${codes.map((code) => `%"${code}": %`)}::text[])) asks`.execute(db)
  return rows[0]!.asks
}
