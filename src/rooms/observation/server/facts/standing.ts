import { sql } from 'kysely'
import type { ReadContext } from '../../../../platform/context/context.ts'
import type { FactKind } from './kind.ts'

/** When a fact was written down: an instant, as ISO 8601. Dates of the facts themselves are calendar dates. */
interface Recorded {
  recordedAt: string
}

/** What the record says of a person now: what was corrected or withdrawn is left out, what has ended is not. */
export interface StandingFacts {
  conditions: (Recorded & {
    code: string
    name: string
    clinicalStatus: 'active' | 'remission' | 'resolved'
    onsetOn: string | null
  })[]
  medications: (Recorded & {
    id: string
    name: string
    dose: string
    startedOn: string | null
    endedOn: string | null
  })[]
  allergies: (Recorded & { substance: string; reaction: string; notedOn: string | null })[]
  procedures: (Recorded & { name: string; performedOn: string | null })[]
  familyHistory: (Recorded & { relation: string; name: string })[]
  /** Asked, and there is none. */
  absences: (Recorded & { about: Exclude<FactKind, 'encounter' | 'absence'> })[]
}

const FACTS = {
  conditions: ['condition', `'code', code, 'name', name, 'clinicalStatus', clinical_status, 'onsetOn', onset_on`],
  medications: ['medication', `'id', id, 'name', name, 'dose', dose, 'startedOn', started_on, 'endedOn', ended_on`],
  allergies: ['allergy', `'substance', substance, 'reaction', reaction, 'notedOn', noted_on`],
  procedures: ['procedure', `'name', name, 'performedOn', performed_on`],
  familyHistory: ['family_history', `'relation', relation, 'name', condition_name`],
  absences: ['absence', `'about', about`],
} as const

/**
 * The standing facts of one person in one statement, each kind in the order in which it was written down. Who may see
 * them, and which of them count, is the caller's business.
 */
export async function standingFacts(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  patientId: string,
): Promise<StandingFacts> {
  const lists = Object.entries(FACTS).map(
    ([kind, [table, fields]]) => sql`
      coalesce((select json_agg(json_build_object(${sql.raw(fields)}, 'recordedAt', recorded_at) order by recorded_at, id)
        from ${sql.table(table)} where organization_id = ${organizationId} and patient_id = ${patientId} and superseded_by is null), '[]') ${sql.ref(kind)}`,
  )
  const { rows } = await sql<StandingFacts>`select ${sql.join(lists)}`.execute(db)
  return rows[0]!
}
