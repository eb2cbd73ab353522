import { Readable } from 'node:stream'
import { Problem } from '../../../platform/contract/index.ts'
import type { FileStore } from '../../../platform/files/file-store.ts'
import { spreadsheetRows, storeSpreadsheet, type Cell } from '../../patient/server/index.ts'
import { patientProblem } from '../../patient/contract/problems.ts'
import { questionnaireProblem } from '../contract/problems.ts'
import { SHEET_MEGABYTES } from '../contract/templates.ts'

/** More rows than any scale has texts are no sheet of texts. */
const ROWS_MAX = 1000

/**
 * The rows of an uploaded spreadsheet as text. It is read in memory and forgotten: what is wanted of it goes into a
 * draft, the file itself is nobody's record.
 * @throws Problem ImportFileTooLarge, ImportFileOldExcel, SheetUnreadable
 */
export async function rowsOfSheet(organizationId: string, stream: unknown): Promise<string[][]> {
  const files = inMemory()
  const rows: string[][] = []
  try {
    const file = await storeSpreadsheet(files, organizationId, Readable.from(limited(stream)))
    for await (const { cells } of spreadsheetRows(files, organizationId, file)) {
      rows.push(cells.map(textOf))
      if (rows.length === ROWS_MAX) break
    }
  } catch (error) {
    if (error instanceof Problem && error.code !== 'ImportFileEmpty') throw error
    throw questionnaireProblem('SheetUnreadable')
  }
  if (rows.length === 0) throw questionnaireProblem('SheetUnreadable')
  return rows
}

async function* limited(stream: unknown): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of (stream ?? []) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > SHEET_MEGABYTES * 1024 * 1024)
      throw patientProblem('ImportFileTooLarge', { megabytes: SHEET_MEGABYTES })
    yield chunk
  }
}

function inMemory(): FileStore {
  const kept: Buffer[] = []
  return {
    folder: '',
    put: async (_organizationId, content) => ({
      key: String(kept.push(Buffer.from(content)) - 1),
      sizeBytes: content.byteLength,
    }),
    get: async (_organizationId, key) => kept[Number(key)]!,
  }
}

const textOf = (cell: Cell): string =>
  cell === null ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
