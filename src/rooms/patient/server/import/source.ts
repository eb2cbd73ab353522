import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import type { FileStore } from '../../../../platform/files/file-store.ts'

/** A cell as the file has it: dates only where the sheet says so, numbers where they were typed as such. */
export type Cell = string | number | Date | null
export interface RawRow {
  /** As the spreadsheet counts, from 1. */
  number: number
  cells: Cell[]
}

export interface ImportFile {
  format: 'xlsx' | 'csv'
  encoding: 'utf-8' | 'gb18030'
  delimiter: string
  parts: readonly string[]
}

/** The longest row and cell worth reading; whatever is longer is no list of members. */
const CELLS_MAX = 200
const CELL_CHARACTERS_MAX = 500

/** Rows of a stored file that hold anything, one after the other; a file of any length takes the memory of a few rows. */
export async function* readRows(files: FileStore, organizationId: string, file: ImportFile): AsyncGenerator<RawRow> {
  const bytes = Readable.from(partsOf(files, organizationId, file.parts))
  try {
    for await (const row of file.format === 'xlsx' ? sheetRows(bytes) : textRows(bytes, file))
      if (row.cells.some((cell) => cell !== null && cell !== '')) yield row
  } finally {
    bytes.destroy()
  }
}

async function* partsOf(files: FileStore, organizationId: string, parts: readonly string[]): AsyncGenerator<Buffer> {
  for (const key of parts) yield await files.get(organizationId, key)
}

/** The first sheet of a workbook. */
async function* sheetRows(bytes: Readable): AsyncGenerator<RawRow> {
  // 18 MB of packages for whoever reads in a sheet; a server that never does never loads them.
  const { default: excel } = await import('exceljs')
  const reader = new excel.stream.xlsx.WorkbookReader(bytes as never, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  })
  for await (const sheet of reader) {
    for await (const row of sheet) {
      // exceljs counts cells from 1 and leaves the first place empty.
      const values = (row.values as unknown[]).slice(1, CELLS_MAX + 1)
      yield { number: row.number, cells: Array.from(values, cellOf) }
    }
    return
  }
}

/** Formulas give their result, rich text its letters, links their text. */
function cellOf(value: unknown): Cell {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'number' || value instanceof Date) return value
  if (typeof value === 'object') {
    const { result, richText, text } = value as { result?: unknown; richText?: { text: string }[]; text?: unknown }
    if (richText) return tidy(richText.map((part) => part.text).join(''))
    return cellOf(result ?? text)
  }
  return tidy(String(value))
}

async function* textRows(bytes: Readable, { encoding, delimiter }: ImportFile): AsyncGenerator<RawRow> {
  const decoder = new TextDecoder(encoding)
  const parser = parse({
    delimiter,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 200_000,
    info: true,
  })
  const text = Readable.from(
    (async function* () {
      for await (const chunk of bytes) yield decoder.decode(chunk as Buffer, { stream: true })
      yield decoder.decode()
    })(),
  )
  text.on('error', (error) => parser.destroy(error)).pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { number: info.lines, cells: record.slice(0, CELLS_MAX).map((cell) => (cell === '' ? null : tidy(cell))) }
  } finally {
    text.destroy()
    parser.destroy()
  }
}

/** An apostrophe in front is how spreadsheets, and our own file of refused rows, mark what is text. */
function tidy(text: string): string | null {
  const tidied = text.slice(0, CELL_CHARACTERS_MAX).replace(/^'/, '').trim()
  return tidied === '' ? null : tidied
}
