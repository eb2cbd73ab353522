import type { ReadContext, WriteContext } from '../../../../platform/context/context.ts'
import { idOf } from '../../../../platform/ids.ts'
import type { House } from '../../../../platform/context/house.ts'
import type { Call } from '../../../../platform/context/room.ts'
import { maskNationalId, maskPhone } from '../../../../platform/contract/index.ts'
import { platformProblem } from '../../../../platform/http/problems.ts'
import { runImport, type ImportMapping, type ImportView, type RowReason } from '../../contract/import.ts'
import { patientProblem } from '../../contract/problems.ts'
import { findDuplicates } from '../duplicates.ts'
import {
  findImport,
  findImports,
  findMappings,
  findRefusals,
  insertImport,
  moveImport,
  saveMapping,
  type ImportRow,
} from './import-store.ts'
import { findHeader, HEADER_WITHIN, proposeMapping, toSaved } from './mapping.ts'
import { refusedFile } from './refused-file.ts'
import { readRows, type ImportFile, type RawRow } from './source.ts'
import { storeUpload } from './store-upload.ts'
import { judgeRows, type JudgedRow } from './take-rows.ts'

const PREVIEW_ROWS = 20

/** Puts a file away and reads its columns; nobody is added yet. @throws Problem ImportFile… */
export async function uploadImport(ctx: WriteContext, call: Call): Promise<ImportView> {
  const file = await storeUpload(call.house.files, ctx.organizationId, call.stream)
  const first = await firstRows(call.house, ctx.organizationId, file, HEADER_WITHIN + 1).catch(() => {
    throw patientProblem('ImportFileUnreadable')
  })
  // A workbook that gives nothing is broken rather than empty: its archive could not be taken apart.
  if (first.length === 0 && file.format === 'xlsx') throw patientProblem('ImportFileUnreadable')
  const header = first[findHeader(first.slice(0, HEADER_WITHIN).map((row) => row.cells))]
  if (!header || first.at(-1) === header) throw patientProblem('ImportFileEmpty')
  const columns = Array.from(
    header.cells,
    (cell, index) =>
      String(cell ?? '')
        .trim()
        .slice(0, 80) || `${index + 1}`,
  )
  const saved = Object.assign(
    {},
    ...(await findMappings(ctx.tx, ctx.organizationId)).map((one) => one.columns).toReversed(),
  ) as Record<string, never>
  const id = ctx.ids.next()
  const { format, encoding, delimiter, parts, sizeBytes } = file
  await insertImport(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    file_name: fileNameOf(call),
    format,
    encoding,
    delimiter,
    parts,
    size_bytes: sizeBytes,
    columns,
    header_row: header.number,
    mapping: proposeMapping(columns, saved),
    created_by: ctx.actor.id,
    created_by_name: ctx.actor.name,
    created_at: ctx.clock.now(),
  })
  ctx.audit.subjectId = id
  return getImport(ctx, id)
}

function fileNameOf(call: Call): string {
  const name = String(call.headers['x-file-name'] ?? '')
  try {
    return (
      decodeURIComponent(name)
        .replace(/[\p{Cc}/\\]/gu, '')
        .slice(0, 120) || '-'
    )
  } catch {
    return '-'
  }
}

async function firstRows(
  house: House,
  organizationId: string,
  file: ImportFile,
  count: number,
  after = 0,
): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for await (const row of readRows(house.files, organizationId, file)) {
    if (row.number > after) rows.push(row)
    if (rows.length === count) break
  }
  return rows
}

/** What would become of the first rows. Numbers are shown masked, as in a list. */
export async function previewImport(ctx: WriteContext, house: House, importId: string, mapping: ImportMapping) {
  const found = await requireImport(ctx, importId)
  requireName(mapping)
  const rows = await firstRows(house, ctx.organizationId, found, PREVIEW_ROWS, found.header_row)
  const judged = await judgeRows(ctx, rows, { mapping, columns: found.columns as string[] })
  return Promise.all(judged.map((row) => previewRow(ctx, house, row)))
}

async function previewRow(ctx: ReadContext, house: House, row: JudgedRow) {
  const { person } = row
  const birthDate = row.outcome === 'new' ? (row.prepared.row.birth_date as string | null) : person?.birthDate
  const twins =
    row.outcome === 'new' && person?.phone && birthDate
      ? await findDuplicates(ctx, { name: person.name, phone: person.phone, birthDate })
      : []
  const isDouble = twins.some((twin) => twin.because === 'phone-name-birth')
  const shown = {
    name: person?.name,
    sex: row.outcome === 'new' ? (row.prepared.row.sex as string) : person?.sex,
    birthDate,
    phone: person?.phone && maskPhone(person.phone),
    paper: person?.paper && maskNationalId(person.paper.number),
    recordNumber: person?.recordNumber,
    level: person?.level,
    source: person?.source,
  }
  return {
    rowNumber: row.raw.number,
    outcome: isDouble ? ('double' as const) : row.outcome,
    shown: Object.fromEntries(Object.entries(shown).filter((entry): entry is [string, string] => Boolean(entry[1]))),
    reasons:
      row.outcome === 'refused'
        ? row.reasons.map((reason) => ({ ...reason, text: sayReason(ctx, house, reason) }))
        : [],
  }
}

/** A reason in the reader's language; those of identity are the refusals the form itself shows. */
function sayReason({ locale }: Pick<ReadContext, 'locale'>, house: House, reason: RowReason): string {
  const own = house.translate(locale, 'patient', `import.reason.${reason.code}`, reason.values)
  const text = own.startsWith('import.reason.') ? house.translate.problem(locale, reason.code, reason.values) : own
  return reason.column
    ? house.translate(locale, 'patient', 'import.reasonOfColumn', { column: reason.column, text })
    : text
}

/** Lets an import begin, and keeps the mapping under a name if one is given. @throws Problem ImportAlreadyStarted */
export async function startImport(
  ctx: WriteContext,
  importId: string,
  mapping: ImportMapping,
  saveAs: string,
): Promise<ImportView> {
  const found = await requireImport(ctx, importId)
  requireName(mapping)
  if (!(await moveImport(ctx.tx, ctx.organizationId, importId, ['uploaded'], { state: 'queued', mapping })))
    throw patientProblem('ImportAlreadyStarted')
  if (saveAs)
    await saveMapping(
      ctx.tx,
      ctx.organizationId,
      saveAs,
      toSaved(mapping, found.columns as string[]),
      ctx.actor.id,
      ctx.clock.now(),
    )
  await ctx.enqueue(runImport, { importId: importId as never }, { key: importId })
  return getImport(ctx, importId)
}

/** Stops an import; people already taken in stay. @throws Problem ImportNotRunning */
export async function stopImport(ctx: WriteContext, importId: string): Promise<ImportView> {
  await requireImport(ctx, importId)
  if (
    !(await moveImport(ctx.tx, ctx.organizationId, importId, ['queued', 'running'], {
      state: 'stopped',
      finished_at: ctx.clock.now(),
    }))
  )
    throw patientProblem('ImportNotRunning')
  return getImport(ctx, importId)
}

export async function refusedRows(ctx: ReadContext, house: House, importId: string, format: 'xlsx' | 'csv') {
  const found = await requireImport(ctx, importId)
  return refusedFile(
    {
      fileName: found.file_name,
      columns: found.columns as string[],
      reasonHeader: house.translate(ctx.locale, 'patient', 'import.reasonHeader'),
      open: (sealed) => ctx.sealer.open(ctx.organizationId, sealed),
      say: (reason) => sayReason(ctx, house, reason),
      async *pages() {
        for (let after = 0; ;) {
          const page = await findRefusals(ctx.db, ctx.organizationId, importId, after, 500)
          if (page.length === 0) return
          yield page
          after = page.at(-1)!.row_number
        }
      },
    },
    format,
  )
}

function requireName(mapping: ImportMapping): void {
  if (mapping.name === undefined) throw patientProblem('ImportNameColumnNeeded', {}, 'body.mapping.name')
}

async function requireImport(ctx: ReadContext, importId: string): Promise<ImportRow> {
  const found = await findImport(ctx.db, ctx.organizationId, importId)
  if (!found) throw platformProblem('NotFound')
  return found
}

export async function getImport(ctx: ReadContext, importId: string): Promise<ImportView> {
  return viewOf(await requireImport(ctx, importId))
}

export async function listImports(ctx: ReadContext, cursor: string | undefined, limit: number) {
  const rows = await findImports(ctx.db, ctx.organizationId, idOf(cursor), limit + 1)
  const page = rows.slice(0, limit)
  return { rows: page.map(viewOf), next: rows.length > limit ? page.at(-1)!.id : null }
}

function viewOf(row: ImportRow): ImportView {
  return {
    id: row.id as never,
    fileName: row.file_name,
    format: row.format,
    sizeBytes: row.size_bytes,
    columns: row.columns as string[],
    mapping: row.mapping as ImportMapping,
    state: row.state,
    rowsRead: row.rows_read,
    added: row.added,
    found: row.found,
    refused: row.refused,
    proposed: row.proposed,
    failure: row.failure,
    by: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
