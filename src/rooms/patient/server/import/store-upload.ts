import { Readable } from 'node:stream'
import type { FileStore } from '../../../../platform/files/file-store.ts'
import { IMPORT_MEGABYTES } from '../../contract/import.ts'
import { patientProblem } from '../../contract/problems.ts'
import type { ImportFile } from './source.ts'

const PART_BYTES = 1024 * 1024

export interface StoredUpload extends ImportFile {
  parts: string[]
  sizeBytes: number
}

/**
 * Puts an upload away in sealed pieces of a megabyte, so that no more than one is ever in memory, and tells by its
 * bytes what it is: the name of a file and the type a browser gives it are often wrong.
 * @throws Problem ImportFileTooLarge, ImportFileOldExcel, ImportFileEmpty
 */
export async function storeUpload(files: FileStore, organizationId: string, stream: unknown): Promise<StoredUpload> {
  const parts: string[] = []
  let [pending, sizeBytes]: [Buffer[], number] = [[], 0]
  let first: Buffer | undefined
  const utf8 = new Utf8Check()
  const keep = async (): Promise<void> => {
    const content = Buffer.concat(pending)
    pending = []
    if (content.length === 0) return
    first ??= content
    parts.push((await files.put(organizationId, content)).key)
  }
  for await (const chunk of readable(stream)) {
    sizeBytes += chunk.length
    if (sizeBytes > IMPORT_MEGABYTES * 1024 * 1024)
      throw patientProblem('ImportFileTooLarge', { megabytes: IMPORT_MEGABYTES })
    utf8.take(chunk)
    pending.push(chunk)
    if (pending.reduce((sum, piece) => sum + piece.length, 0) >= PART_BYTES) await keep()
  }
  await keep()
  if (!first) throw patientProblem('ImportFileEmpty')
  if (first.subarray(0, 4).equals(Buffer.from('d0cf11e0', 'hex'))) throw patientProblem('ImportFileOldExcel')
  const format = first.subarray(0, 2).toString('latin1') === 'PK' ? 'xlsx' : 'csv'
  const encoding = utf8.isUtf8() ? 'utf-8' : 'gb18030'
  return {
    format,
    encoding,
    delimiter: format === 'csv' ? delimiterOf(new TextDecoder(encoding).decode(first.subarray(0, 65_536))) : ',',
    parts,
    sizeBytes,
  }
}

async function* readable(stream: unknown): AsyncGenerator<Buffer> {
  const source =
    typeof stream === 'string' || Buffer.isBuffer(stream) ? Readable.from([stream]) : (stream as Readable | undefined)
  if (!source) return
  for await (const chunk of source) yield Buffer.from(chunk as Buffer | string)
}

/** Chinese spreadsheets save CSV as GB18030 unless told otherwise; bytes that are valid UTF-8 to the end are UTF-8. */
class Utf8Check {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  #isValid = true
  take(chunk: Buffer): void {
    this.#try(() => this.#decoder.decode(chunk, { stream: true }))
  }
  isUtf8(): boolean {
    this.#try(() => this.#decoder.decode())
    return this.#isValid
  }
  #try(decode: () => void): void {
    if (!this.#isValid) return
    try {
      decode()
    } catch {
      this.#isValid = false
    }
  }
}

/** Whichever of comma, tab and semicolon stands most often in the first line. */
function delimiterOf(text: string): string {
  const line = text.split(/\r?\n/, 1)[0] ?? ''
  return [',', '\t', ';'].toSorted((a, b) => line.split(b).length - line.split(a).length)[0]!
}
