import type { Selectable } from 'kysely'
import type {
  AbsenceTable,
  AllergyTable,
  ConditionTable,
  EncounterTable,
  FamilyHistoryTable,
  MedicationTable,
  ProcedureTable,
} from '../table.ts'

/** What every fact may say about where it is from. `source` is `staff` unless told, the author is whoever acts. */
export interface Origin {
  patientId: string
  source?: string
  /** The fact's key in its source: the same one again is the same fact. */
  sourceId?: string | null
  authorId?: string | null
}

/** Everything a condition says; `code` is ICD-10 where known, otherwise empty. */
export interface NewCondition extends Origin {
  code: string
  name: string
  clinicalStatus?: 'active' | 'remission' | 'resolved'
  onsetOn?: string | null
  abatedOn?: string | null
  note?: string
}

export interface NewProcedure extends Origin {
  code: string
  name: string
  kind?: 'surgery' | 'endoscopy' | 'other'
  performedOn?: string | null
  note?: string
}

export interface NewEncounter extends Origin {
  class: EncounterTable['class']
  title?: string
  startedAt: Date
  endedAt?: Date | null
  department?: string
  note?: string
}

export interface NewMedication extends Origin {
  code?: string
  name: string
  dose?: string
  startedOn?: string | null
  endedOn?: string | null
  note?: string
}

export interface NewAllergy extends Origin {
  substance: string
  reaction?: string
  severity?: 'mild' | 'moderate' | 'severe' | 'unknown'
  notedOn?: string | null
}

export interface NewFamilyHistory extends Origin {
  relation: FamilyHistoryTable['relation']
  conditionCode?: string
  conditionName: string
  onsetAge?: number | null
}

/** Asked, and there is none. */
export interface NewAbsence extends Origin {
  about: AbsenceTable['about']
}

export interface NewFactOf {
  condition: NewCondition
  procedure: NewProcedure
  encounter: NewEncounter
  medication: NewMedication
  allergy: NewAllergy
  'family-history': NewFamilyHistory
  absence: NewAbsence
}
export type FactKind = keyof NewFactOf

export interface FactRowOf {
  condition: Selectable<ConditionTable>
  procedure: Selectable<ProcedureTable>
  encounter: Selectable<EncounterTable>
  medication: Selectable<MedicationTable>
  allergy: Selectable<AllergyTable>
  'family-history': Selectable<FamilyHistoryTable>
  absence: Selectable<AbsenceTable>
}

/** One kind's table and its own columns with their types, as `json_to_recordset` wants them. */
interface KindOfFact<K extends FactKind> {
  table: string
  columns: Readonly<Record<string, 'text' | 'date' | 'timestamptz' | 'int'>>
  row(fact: NewFactOf[K]): Record<string, unknown>
}

export const FACT_KINDS: { readonly [K in FactKind]: KindOfFact<K> } = {
  condition: {
    table: 'condition',
    columns: { code: 'text', name: 'text', clinical_status: 'text', onset_on: 'date', abated_on: 'date', note: 'text' },
    row: (f) => ({
      code: f.code,
      name: f.name,
      clinical_status: f.clinicalStatus ?? 'active',
      onset_on: f.onsetOn,
      abated_on: f.abatedOn,
      note: f.note ?? '',
    }),
  },
  procedure: {
    table: 'procedure',
    columns: { code: 'text', name: 'text', kind: 'text', performed_on: 'date', note: 'text' },
    row: (f) => ({
      code: f.code,
      name: f.name,
      kind: f.kind ?? 'other',
      performed_on: f.performedOn,
      note: f.note ?? '',
    }),
  },
  encounter: {
    table: 'encounter',
    columns: {
      class: 'text',
      title: 'text',
      started_at: 'timestamptz',
      ended_at: 'timestamptz',
      department: 'text',
      note: 'text',
    },
    row: (f) => ({
      class: f.class,
      title: f.title ?? '',
      started_at: f.startedAt,
      ended_at: f.endedAt,
      department: f.department ?? '',
      note: f.note ?? '',
    }),
  },
  medication: {
    table: 'medication',
    columns: { code: 'text', name: 'text', dose: 'text', started_on: 'date', ended_on: 'date', note: 'text' },
    row: (f) => ({
      code: f.code ?? '',
      name: f.name,
      dose: f.dose ?? '',
      started_on: f.startedOn,
      ended_on: f.endedOn,
      note: f.note ?? '',
    }),
  },
  allergy: {
    table: 'allergy',
    columns: { substance: 'text', reaction: 'text', severity: 'text', noted_on: 'date' },
    row: (f) => ({
      substance: f.substance,
      reaction: f.reaction ?? '',
      severity: f.severity ?? 'unknown',
      noted_on: f.notedOn,
    }),
  },
  'family-history': {
    table: 'family_history',
    columns: { relation: 'text', condition_code: 'text', condition_name: 'text', onset_age: 'int' },
    row: (f) => ({
      relation: f.relation,
      condition_code: f.conditionCode ?? '',
      condition_name: f.conditionName,
      onset_age: f.onsetAge,
    }),
  },
  absence: { table: 'absence', columns: { about: 'text' }, row: (f) => ({ about: f.about }) },
}

export const FACT_KIND_NAMES = Object.keys(FACT_KINDS) as FactKind[]
