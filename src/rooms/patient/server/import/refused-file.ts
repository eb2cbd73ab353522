import { PassThrough, Readable } from 'node:stream'
import type { Stream } from '../../../../platform/context/room.ts'
import type { RowReason } from '../../contract/import.ts'
import type { RefusalRow } from './import-store.ts'

export interface RefusedFile {
  fileName: string
  columns: readonly string[]
  /** The header of the last column. */
  reasonHeader: string
  /** Refused rows in their order, a few hundred at a time. */
  pages(): AsyncIterable<readonly RefusalRow[]>
  open(sealed: Buffer): string
  say(reason: RowReason): string
}

/** The refused rows as they came, with the reason behind each; the corrected file can be handed in again as it is. */
export function refusedFile(file: RefusedFile, format: 'xlsx' | 'csv'): Stream {
  const name = file.fileName.replace(/\.[^.]+$/, '')
  return format === 'csv'
    ? {
        stream: Readable.from(csvLines(file)),
        media: 'text/csv; charset=utf-8',
        fileName: `${name}-${file.reasonHeader}.csv`,
      }
    : {
        stream: workbook(file),
        media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        fileName: `${name}-${file.reasonHeader}.xlsx`,
      }
}

async function* rowsOf(file: RefusedFile): AsyncGenerator<(string | number | null)[]> {
  for await (const page of file.pages())
    for (const row of page) {
      const cells = JSON.parse(file.open(row.sealed)) as (string | number | null)[]
      const reasons = (row.reasons as RowReason[]).map((reason) => file.say(reason))
      yield [...file.columns.map((_, index) => cells[index] ?? null), reasons.join(' ')]
    }
}

async function* csvLines(file: RefusedFile): AsyncGenerator<string> {
  // The mark at the beginning makes spreadsheets read UTF-8.
  yield `\ufeff${csvLine([...file.columns, file.reasonHeader])}`
  for await (const row of rowsOf(file)) yield csvLine(row)
}

function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => quote(String(cell ?? ''))).join(',')}\r\n`
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe in front; reading it in takes it off again. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function workbook(file: RefusedFile): Readable {
  const out = new PassThrough()
  const fill = async (): Promise<void> => {
    const { default: excel } = await import('exceljs')
    const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
    const sheet = book.addWorksheet(file.reasonHeader.slice(0, 30))
    sheet.columns = [
      ...file.columns.map((header) => ({ header, width: 18, style: { numFmt: '@' } })),
      { header: file.reasonHeader, width: 60 },
    ]
    for await (const row of rowsOf(file))
      sheet.addRow(row.map((cell) => (typeof cell === 'number' ? String(cell) : cell))).commit()
    sheet.commit()
    await book.commit()
  }
  fill().catch((error: unknown) => out.destroy(error as Error))
  return out
}
