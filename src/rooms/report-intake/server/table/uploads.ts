import { indicatorByCode } from '../../../../clinical/index.ts'
import type { ReadContext, WriteContext } from '../../../../platform/context/context.ts'
import type { House } from '../../../../platform/context/house.ts'
import type { Call, Stream } from '../../../../platform/context/room.ts'
import type { AnswerOf } from '../../../../platform/contract/index.ts'
import { platformProblem } from '../../../../platform/http/problems.ts'
import {
  matchPatients,
  spreadsheetRows,
  storeSpreadsheet,
  type ImportFile,
  type RawRow,
} from '../../../patient/server/index.ts'
import { readTable, type previewTable, type TableMapping, type TableUpload } from '../../contract/tables.ts'
import { intakeProblem } from '../../contract/problems.ts'
import { readItem } from '../process/item.ts'
import { sentPerson, toMatch } from '../process/person.ts'
import { cellText, readTableRows } from './read-rows.ts'
import { suggestMapping } from './suggest.ts'
import {
  findRefusals,
  findTableMappings,
  findUpload,
  findUploads,
  insertUpload,
  moveUpload,
  saveTableMapping,
  type UploadRow,
} from './upload-store.ts'

/** Rows a dry run looks at. */
const PREVIEWED = 5000

/** Puts a file away and reads its columns; nothing is filed yet. @throws Problem ImportFile… of the patient room */
export async function uploadTable(ctx: WriteContext, call: Call): Promise<TableUpload> {
  const file = await storeSpreadsheet(call.house.files, ctx.organizationId, call.stream)
  const rows = await rowsOf(call.house, ctx.organizationId, file, Number.POSITIVE_INFINITY).catch(() => [])
  const [header, ...others] = rows
  if (!header || others.length === 0) throw intakeProblem('SubmissionEmpty')
  const headers = distinct(header.cells.map((cell, index) => cellText(cell).slice(0, 200) || `${index + 1}`))
  const saved = (await findTableMappings(ctx.tx, ctx.organizationId)).find(
    (one) => one.headers.length > 0 && one.headers.every((name) => headers.includes(name)),
  )
  const id = ctx.ids.next()
  await insertUpload(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    file_name: fileNameOf(call),
    format: file.format,
    encoding: file.encoding,
    delimiter: file.delimiter,
    parts: [...file.parts],
    header_row: header.number,
    size_bytes: file.sizeBytes,
    headers,
    mapping_name: saved?.name ?? null,
    mapping: JSON.stringify(saved?.mapping ?? suggestMapping(headers)),
    row_count: others.length,
    created_by: ctx.actor.id,
    created_by_name: ctx.actor.name,
    created_at: ctx.clock.now(),
    started_at: null,
    finished_at: null,
  })
  return viewOf((await findUpload(ctx.tx, ctx.organizationId, id))!)
}

/** Two columns of one name are told apart by their place. */
function distinct(names: readonly string[]): string[] {
  return names.map((name, index) => (names.indexOf(name) === index ? name : `${name} ${index + 1}`))
}

function fileNameOf(call: Call): string {
  const given = String(call.headers['x-file-name'] ?? '')
  try {
    return decodeURIComponent(given).slice(0, 200) || '—'
  } catch {
    return given.slice(0, 200)
  }
}

export async function rowsOf(house: House, organizationId: string, file: ImportFile, limit: number): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for await (const row of spreadsheetRows(house.files, organizationId, file)) {
    rows.push(row)
    if (rows.length > limit) break
  }
  return rows
}

function viewOf(row: UploadRow): TableUpload & { id: never } {
  return {
    id: row.id as never,
    fileName: row.file_name,
    headers: row.headers,
    rowCount: row.row_count,
    mappingName: row.mapping_name,
    mapping: row.mapping as TableMapping,
    state: row.state,
    rowsRead: row.rows_read,
    reports: row.reports,
    refused: row.refused,
    failure: row.failure,
    by: row.created_by_name,
    createdAt: row.created_at.toISOString(),
  }
}

export async function listUploads(ctx: ReadContext, cursor: string | undefined, limit: number) {
  const rows = await findUploads(
    ctx.db,
    ctx.organizationId,
    cursor && /^[0-9a-f-]{36}$/.test(cursor) ? cursor : undefined,
    limit + 1,
  )
  return { rows: rows.slice(0, limit).map(viewOf), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null }
}

/** @throws Problem NotFound */
export async function requireUpload(ctx: ReadContext, id: string): Promise<UploadRow> {
  const row = await findUpload(ctx.db, ctx.organizationId, id)
  if (!row) throw platformProblem('NotFound')
  return row
}

export async function getUpload(ctx: ReadContext, id: string): Promise<TableUpload> {
  return viewOf(await requireUpload(ctx, id))
}

/** @throws Problem TableColumnsNeeded */
function requireUsable(mapping: TableMapping): void {
  const { columns, shape, items } = mapping
  const tellsPerson = columns.name ?? columns.nationalId ?? columns.recordNumber
  const tellsResult =
    shape === 'wide' ? items.length > 0 : Boolean((columns.itemName ?? columns.itemCode) && columns.value)
  if (!tellsPerson || !tellsResult) throw intakeProblem('TableColumnsNeeded')
}

/** What a mapping would make of the file; nothing is written. */
export async function preview(
  ctx: ReadContext,
  house: House,
  id: string,
  mapping: TableMapping,
): Promise<AnswerOf<typeof previewTable>> {
  requireUsable(mapping)
  const upload = await requireUpload(ctx, id)
  const rows = (await rowsOf(house, ctx.organizationId, upload, PREVIEWED)).filter(
    (row) => row.number > upload.header_row,
  )
  const { reports, refused } = readTableRows(rows, {
    mapping,
    headers: upload.headers,
    zone: ctx.tenant.timeZone,
    sourceSystem: 'table',
  })
  const matches = await matchPatients(
    ctx,
    reports.map((report) => toMatch(sentPerson(report.patient))),
  )
  const items = new Map<string, { name: string; count: number; indicator: string | null; sure: boolean }>()
  for (const report of reports)
    for (const result of report.results) {
      const { item, resolution, problem } = readItem(report, result)
      const key = `${item.code}\0${item.name}\0${item.unit}`
      const known = items.get(key)
      const indicator = resolution ? indicatorByCode(resolution.code) : undefined
      if (known) known.count++
      else
        items.set(key, {
          name: item.name,
          count: 1,
          indicator: (ctx.locale === 'en' ? indicator?.nameEn : indicator?.nameZh) ?? null,
          sure: problem === undefined,
        })
    }
  return {
    rows: rows.length,
    reports: reports.length,
    results: reports.reduce((sum, report) => sum + report.results.length, 0),
    refused: refused.slice(0, 100),
    people: {
      known: matches.filter((match) => 'patientId' in match).length,
      unsure: matches.filter((match) => 'candidates' in match).length,
      unknown: matches.filter((match) => !('patientId' in match) && !('candidates' in match)).length,
    },
    items: [...items.values()].toSorted((a, b) => Number(a.sure) - Number(b.sure)),
  }
}

/** @throws Problem TableStartedAlready, TableColumnsNeeded */
export async function start(
  ctx: WriteContext,
  id: string,
  { saveAs, ...mapping }: TableMapping & { saveAs?: string | undefined },
): Promise<TableUpload> {
  requireUsable(mapping)
  const upload = await requireUpload(ctx, id)
  const isMoved = await moveUpload(ctx.tx, ctx.organizationId, id, ['uploaded'], {
    state: 'queued',
    mapping: JSON.stringify(mapping),
    mapping_name: saveAs || upload.mapping_name,
  })
  if (!isMoved) throw intakeProblem('TableStartedAlready')
  if (saveAs)
    await saveTableMapping(ctx.tx, {
      organizationId: ctx.organizationId,
      name: saveAs,
      mapping,
      headers: Object.values(mapping.columns),
      by: ctx.actor.id,
      at: ctx.clock.now(),
    })
  await ctx.enqueue(readTable, { uploadId: id as never })
  return getUpload(ctx, id)
}

/** @throws Problem TableNotRunning */
export async function stop(ctx: WriteContext, id: string): Promise<Record<string, never>> {
  if (
    !(await moveUpload(ctx.tx, ctx.organizationId, id, ['queued', 'running'], {
      state: 'stopped',
      finished_at: ctx.clock.now(),
    }))
  )
    throw intakeProblem('TableNotRunning')
  return {}
}

/** The refused rows as they were, with their reasons, for a spreadsheet program: UTF-8 with its mark. */
export async function refusedFile(ctx: ReadContext, house: House, id: string): Promise<Stream> {
  const upload = await requireUpload(ctx, id)
  const reasons = new Map(
    (await findRefusals(ctx.db, ctx.organizationId, id)).map((row) => [row.row_number, row.reasons]),
  )
  const lines = [[...upload.headers, ctx.locale === 'en' ? 'Why' : '原因']]
  for await (const row of spreadsheetRows(house.files, ctx.organizationId, upload)) {
    const why = reasons.get(row.number)
    if (why)
      lines.push([
        ...upload.headers.map((_header, index) => cellText(row.cells[index] ?? null)),
        why.map((code) => house.translate(ctx.locale, 'report-intake', `rowReason.${code}`)).join('；'),
      ])
  }
  const text = lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')
  return {
    stream: Buffer.from(`\ufeff${text}\r\n`),
    media: 'text/csv; charset=utf-8',
    fileName: `${upload.file_name.replace(/\.\w+$/, '')}-refused.csv`,
  }
}

/** Quoted where needed; what a spreadsheet program would take for a formula is marked as text. */
function csvCell(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export async function mappings(ctx: ReadContext) {
  return {
    rows: (await findTableMappings(ctx.db, ctx.organizationId)).map((one) => ({
      name: one.name,
      mapping: one.mapping as TableMapping,
    })),
  }
}
