import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/database/database.ts'
import { standingFacts } from '../../observation/server/index.ts'

/** What can be asked of the record in words. */
export const RECORD_CODES = ['conditions', 'medications', 'allergies', 'procedures', 'family-history'] as const
export type RecordCode = (typeof RECORD_CODES)[number]

export interface RecordFact {
  about: RecordCode
  text: string | null
  /** Calendar date it was noted on. */
  on: string
}

const ABOUT = {
  condition: 'conditions',
  medication: 'medications',
  allergy: 'allergies',
  procedure: 'procedures',
  'family-history': 'family-history',
} as const satisfies Record<string, RecordCode>

/** So many are enough to say what is known. */
const FACTS_MOST = 400

/**
 * What the record says of a person in words, newest last; a row without text says that there is none.
 * @param timeZone of the organization: an instant becomes its date
 */
export async function findRecordFacts(
  db: Db,
  organizationId: string,
  patientId: string,
  timeZone: string,
): Promise<RecordFact[]> {
  const facts = await standingFacts({ db, organizationId }, patientId)
  const said = (about: RecordCode, recordedAt: string, ...words: (string | null)[]): RecordFact => ({
    about,
    text: words.length === 0 ? null : words.filter(Boolean).join(' '),
    on: dateIn(new Date(recordedAt), timeZone),
  })
  const all = [
    ...facts.conditions
      .filter(({ clinicalStatus }) => clinicalStatus !== 'resolved')
      .map(({ name, recordedAt }) => said('conditions', recordedAt, name)),
    ...facts.medications
      .filter(({ endedOn }) => endedOn === null)
      .map(({ name, dose, recordedAt }) => said('medications', recordedAt, name, dose)),
    ...facts.allergies.map(({ substance, reaction, recordedAt }) => said('allergies', recordedAt, substance, reaction)),
    ...facts.procedures.map(({ name, performedOn, recordedAt }) => said('procedures', recordedAt, name, performedOn)),
    ...facts.familyHistory.map(({ relation, name, recordedAt }) => said('family-history', recordedAt, relation, name)),
    ...facts.absences.map(({ about, recordedAt }) => said(ABOUT[about], recordedAt)),
  ]
  return all
    .toSorted((a, b) => (a.about + a.on < b.about + b.on ? -1 : a.about + a.on > b.about + b.on ? 1 : 0))
    .slice(0, FACTS_MOST)
}
