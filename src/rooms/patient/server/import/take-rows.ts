import { Problem } from '../../../../platform/contract/index.ts'
import type { PatientId } from '../../../../platform/contract/index.ts'
import type { ReadContext, WriteContext } from '../../../../platform/context/context.ts'
import { patientRegistered } from '../../contract/events.ts'
import type { ImportMapping, RowReason } from '../../contract/import.ts'
import { sameName } from '../../contract/person-name.ts'
import { newPatient, type NewPatient } from '../../contract/person.ts'
import { comparedBy, holdPhones, proposeDuplicates } from '../duplicates.ts'
import { matchPatients } from '../match.ts'
import { preparePatient, type PreparedPatient } from '../patient-row.ts'
import { insertWords } from '../search-store.ts'
import { insertChanges, insertPatients, type PatientRow } from '../store.ts'
import { findRowsSeen, insertRowsSeen } from './import-store.ts'
import { canonical, readRow } from './row.ts'
import type { RawRow } from './source.ts'

export interface SheetRules {
  mapping: ImportMapping
  columns: readonly string[]
}

/** What is to become of a row. `found` is known already, by its paper or record number or because this row came before. */
export type JudgedRow = { raw: RawRow; person?: NewPatient } & (
  | { outcome: 'new'; prepared: PreparedPatient; index: Buffer }
  | { outcome: 'found' }
  | { outcome: 'refused'; reasons: RowReason[] }
)

/** Decides about rows without writing anything: three queries for all of them. */
export async function judgeRows(
  ctx: ReadContext & Pick<WriteContext, 'ids'>,
  rows: readonly RawRow[],
  rules: SheetRules,
): Promise<JudgedRow[]> {
  const read = rows.map((raw) => judgeAlone(ctx, raw, rules))
  const fresh = read.filter((row) => row.outcome === 'new')
  const seen = await findRowsSeen(
    ctx.db,
    ctx.organizationId,
    fresh.map((row) => row.index),
  )
  const matches = await matchPatients(
    ctx,
    fresh.map(({ person, prepared }) => ({
      name: person!.name,
      birthDate: prepared.row.birth_date,
      paperNumber: prepared.paperNumber,
      recordNumber: person!.recordNumber,
    })),
    { strictNames: true },
  )
  const taken = new Map<string, string>()
  return read.map((row) => {
    if (row.outcome !== 'new') return row
    const { raw, person } = row
    const match = matches[fresh.indexOf(row)]!
    const keys = [row.index.toString('hex'), ...numbersOf(row.prepared)]
    if (seen.has(keys[0]!)) return { raw, person, outcome: 'found' }
    // The same number twice in one batch is judged as it would be in the next one.
    const earlier = keys.flatMap((key) => taken.get(key) ?? [])
    if ('candidates' in match || earlier.some((name) => !sameName(name, person!.name)))
      return { raw, person, outcome: 'refused', reasons: [{ code: 'NumberOfAnother', column: '', values: {} }] }
    if ('patientId' in match || earlier.length > 0) return { raw, person, outcome: 'found' }
    for (const key of keys) taken.set(key, person!.name)
    return row
  })
}

function numbersOf({ row }: PreparedPatient): string[] {
  return [
    ...(row.paper_index ? [`i${(row.paper_index as Buffer).toString('hex')}`] : []),
    ...(row.record_number ? [`r${row.record_number}`] : []),
  ]
}

function judgeAlone(
  ctx: ReadContext & Pick<WriteContext, 'ids'>,
  raw: RawRow,
  { mapping, columns }: SheetRules,
): JudgedRow {
  const read = readRow(raw.cells, mapping, columns)
  if (read.reasons.length > 0) return { raw, person: read.person, outcome: 'refused', reasons: read.reasons }
  try {
    const checked = newPatient.safeParse(read.person)
    if (!checked.success)
      return {
        raw,
        outcome: 'refused',
        reasons: checked.error.issues.map((issue) => reason('FieldWrong', String(issue.path[0]), mapping, columns)),
      }
    const prepared = preparePatient(ctx, checked.data)
    const index = ctx.sealer.index(ctx.organizationId, 'patient/import-row', canonical(checked.data))
    return { raw, person: checked.data, outcome: 'new', prepared, index }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return {
      raw,
      person: read.person,
      outcome: 'refused',
      reasons: [reason(error.code, error.path?.split('.')[1] ?? '', mapping, columns, error.values)],
    }
  }
}

function reason(
  code: string,
  field: string,
  mapping: ImportMapping,
  columns: readonly string[],
  values: RowReason['values'] = {},
): RowReason {
  const at = field === 'paper' ? (mapping.nationalId ?? mapping.otherPaper) : mapping[field as keyof ImportMapping]
  return { code, column: at === undefined ? '' : (columns[at] ?? ''), values }
}

/** Writes the new ones of a batch. @returns how many are new, and how many merges are proposed */
export async function addRows(
  ctx: WriteContext,
  judged: readonly JudgedRow[],
  by: { id: string | null; name: string },
): Promise<{ added: number; proposed: number }> {
  const fresh = judged.filter((row) => row.outcome === 'new')
  if (fresh.length === 0) return { added: 0, proposed: 0 }
  const rows = fresh.map(({ prepared }) => prepared.row as PatientRow)
  await holdPhones(
    ctx.tx,
    rows.flatMap((row) => comparedBy(row).phones),
  )
  // Whoever was registered with the same paper in this very moment is left out by the unique index.
  const added = new Set(await insertPatients(ctx.tx, rows))
  const kept = fresh.filter(({ prepared }) => added.has(prepared.row.id))
  await insertWords(
    ctx.tx,
    ctx.organizationId,
    kept.flatMap(({ prepared }) => prepared.words.map((word) => ({ patientId: prepared.row.id, word }))),
  )
  await insertRowsSeen(
    ctx.tx,
    ctx.organizationId,
    kept.map(({ index, prepared }) => ({ index, patientId: prepared.row.id })),
  )
  const changes = kept.map(({ prepared }) => ({
    id: ctx.ids.next(),
    patientId: prepared.row.id,
    kind: 'registered' as const,
    detail: { source: prepared.row.source, by: 'import' },
    byId: by.id,
    byName: by.name,
  }))
  await insertChanges(ctx.tx, ctx.organizationId, changes, ctx.clock.now())
  const proposed = await proposeDuplicates(ctx, rows.filter((row) => added.has(row.id)).map(comparedBy))
  const registered = kept.map(({ prepared: { row } }) => ({
    patientId: row.id as PatientId,
    source: (row.source ?? 'import') as 'import',
  }))
  await ctx.emitMany(patientRegistered, registered)
  return { added: kept.length, proposed }
}
