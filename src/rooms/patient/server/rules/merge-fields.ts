import { MERGE_FIELDS, type MergeField, type Side } from '../../contract/merge.ts'
import type { PatientRow } from '../store.ts'

/** Which columns move together. */
export const COLUMNS: Record<MergeField, readonly (keyof PatientRow)[]> = {
  name: ['name'],
  sex: ['sex'],
  birthDate: ['birth_date'],
  paper: ['paper_kind', 'paper_sealed', 'paper_index', 'paper_masked'],
  phone: ['phone_sealed', 'phone_index', 'phone_masked'],
  email: ['email_sealed', 'email_masked'],
  recordNumber: ['record_number'],
  guardian: ['guardian', 'guardian_phone_sealed', 'guardian_phone_index', 'guardian_email_sealed'],
  level: ['level'],
  source: ['source'],
  called: ['called'],
  preferences: ['preferences'],
  locale: ['locale'],
  mainWorry: ['main_worry', 'main_worry_at', 'main_worry_by'],
  doctor: ['doctor_id'],
  manager: ['manager_id'],
  counsellor: ['counsellor_id'],
  death: ['state', 'deceased_on'],
}

/** What decides whether two sides say the same; sealed columns differ each time and are left out. */
const COMPARED: Partial<Record<MergeField, readonly (keyof PatientRow)[]>> = {
  paper: ['paper_index'],
  phone: ['phone_index'],
  email: ['email_masked'],
  guardian: ['guardian', 'guardian_phone_index'],
  mainWorry: ['main_worry'],
}

const LEVEL_RANK = { standard: 0, corporate: 1, silver: 2, gold: 3 }

export function isSame(field: MergeField, left: PatientRow, right: PatientRow): boolean {
  return (COMPARED[field] ?? COLUMNS[field]).every((column) => comparable(left[column]) === comparable(right[column]))
}

/** A column's value as text, to hold two against each other. */
export function comparable(value: unknown): string {
  if (value instanceof Buffer) return value.toString('hex')
  if (value instanceof Date) return value.toISOString()
  if (value !== null && typeof value === 'object')
    return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return String(value ?? '')
}

export function isEmpty(field: MergeField, row: PatientRow): boolean {
  if (field === 'sex') return row.sex === 'unknown'
  if (field === 'preferences') return Object.values(row.preferences).every((value) => value === '' || value === false)
  if (field === 'death') return row.state !== 'deceased'
  const first = (COMPARED[field] ?? COLUMNS[field])[0]!
  return comparable(row[first]) === ''
}

/**
 * Which side to take a field from: the only one that has it; the higher level; the newer worry; a death in any case,
 * since a greeting to the bereaved cannot be taken back; otherwise the file touched last, whose facts are fresher.
 */
export function suggestSide(field: MergeField, left: PatientRow, right: PatientRow, into: Side): Side {
  if (isSame(field, left, right)) return into
  const [isLeftEmpty, isRightEmpty] = [isEmpty(field, left), isEmpty(field, right)]
  if (isLeftEmpty !== isRightEmpty) return isLeftEmpty ? 'right' : 'left'
  if (field === 'level') return LEVEL_RANK[left.level] >= LEVEL_RANK[right.level] ? 'left' : 'right'
  if (field === 'mainWorry') return time(left.main_worry_at) >= time(right.main_worry_at) ? 'left' : 'right'
  if (field === 'source' || field === 'doctor' || field === 'manager' || field === 'counsellor') return into
  return time(left.updated_at) >= time(right.updated_at) ? 'left' : 'right'
}

/** Which file survives: the one with a paper, then the one with carers, then the older one. */
export function suggestInto(left: PatientRow, right: PatientRow): Side {
  const score = (row: PatientRow) => (row.paper_index ? 4 : 0) + (row.doctor_id ? 2 : 0) + (row.manager_id ? 1 : 0)
  const [a, b] = [score(left), score(right)]
  return a === b ? (left.created_at <= right.created_at ? 'left' : 'right') : a > b ? 'left' : 'right'
}

/** The columns of the surviving row that a choice changes. */
export function movedColumns(
  chosen: Record<MergeField, Side>,
  into: PatientRow,
  from: PatientRow,
  fromSide: Side,
): Partial<PatientRow> {
  const fields = MERGE_FIELDS.filter((field) => chosen[field] === fromSide && !isSame(field, into, from))
  return Object.fromEntries(fields.flatMap((field) => COLUMNS[field].map((column) => [column, from[column]])))
}

function time(at: Date | null): number {
  return at?.getTime() ?? 0
}
