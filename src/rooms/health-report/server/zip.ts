import { crc32 } from 'node:zlib'

/** One file of an archive; its bytes are asked for when its turn comes, so that one at a time is held. */
export interface ZipEntry {
  name: string
  bytes: () => Promise<Uint8Array>
}

/** Largest whole that the plain format can name; 2,000 reports of 2 MB are within it. */
const MOST_BYTES = 0xffff_ffff
const MOST_FILES = 0xffff
/** Names are UTF-8 (general purpose bit 11). */
const UTF8 = 0x0800

/**
 * An archive as a stream, files stored as they are: PDFs are compressed already. The same files give the same bytes: the
 * day in it is the one handed in.
 * @param day `YYYY-MM-DD`, of all files
 */
export async function* zip(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>, day: string): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  const date = dosDate(day)
  let offset = 0
  let count = 0
  for await (const { name, bytes } of entries) {
    const content = Buffer.from(await bytes())
    const path = Buffer.from(name)
    const fields = commonFields(content, path, date)
    const head = Buffer.concat([signature(0x04034b50), fields, path])
    directory.push(centralEntry(fields, path, offset))
    offset += head.length + content.length
    count += 1
    if (offset > MOST_BYTES || count > MOST_FILES) throw new RangeError('the archive is too large')
    yield head
    yield content
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(count, 4)
  end.writeUInt16LE(count, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  yield Buffer.concat([central, signature(0x06054b50), end])
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** From "version needed" to "extra field length": the same in both places. */
function commonFields(content: Buffer, path: Buffer, date: number): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(UTF8, 2)
  fields.writeUInt16LE(date, 8)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(content.length, 14)
  fields.writeUInt32LE(content.length, 18)
  fields.writeUInt16LE(path.length, 22)
  return fields
}

function centralEntry(fields: Buffer, path: Buffer, offset: number): Buffer {
  const made = Buffer.alloc(2)
  made.writeUInt16LE(20)
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(offset, 10)
  return Buffer.concat([signature(0x02014b50), made, fields, rest, path])
}

function dosDate(day: string): number {
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number)
  return ((year - 1980) << 9) | (month << 5) | date
}
