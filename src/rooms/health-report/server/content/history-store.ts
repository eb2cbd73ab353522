import type { ReadContext } from '../../../../platform/context/context.ts'
import { standingFacts } from '../../../observation/server/index.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

export interface HistoryRow {
  kind: 'condition' | 'procedure' | 'medication' | 'allergy' | 'family-history' | 'absence'
  name: string
  detail: string
}

/** So many fit on paper. */
const PRINTED_MOST = 200

/** What the record tells of a person's past and present: standing facts, ended medicines and resolved conditions left out. */
export async function findHistory(reading: Reading, patientId: string, day: string): Promise<HistoryRow[]> {
  const facts = await standingFacts(reading, patientId)
  const rows: HistoryRow[] = [
    ...facts.conditions
      .filter(({ clinicalStatus }) => clinicalStatus !== 'resolved')
      .map(({ name, onsetOn }) => ({ kind: 'condition' as const, name, detail: onsetOn ?? '' })),
    ...facts.procedures.map(({ name, performedOn }) => ({
      kind: 'procedure' as const,
      name,
      detail: performedOn ?? '',
    })),
    ...facts.medications
      .filter(({ endedOn }) => endedOn === null || endedOn >= day)
      .map(({ name, dose }) => ({ kind: 'medication' as const, name, detail: dose })),
    ...facts.allergies.map(({ substance, reaction }) => ({
      kind: 'allergy' as const,
      name: substance,
      detail: reaction,
    })),
    ...facts.familyHistory.map(({ relation, name }) => ({ kind: 'family-history' as const, name, detail: relation })),
    ...facts.absences.map(({ about }) => ({ kind: 'absence' as const, name: about, detail: '' })),
  ]
  const place = ({ kind, name, detail }: HistoryRow) => [kind, name, detail].join('\0')
  return rows.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).slice(0, PRINTED_MOST)
}
