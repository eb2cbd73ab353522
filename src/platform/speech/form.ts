import { randomBytes } from 'node:crypto'

/** A form as `multipart/form-data`, in pieces, so that a call of an hour is not copied only to be sent. */
export function formOf(
  fields: Record<string, string>,
  file: { name: string; media: string; bytes: Buffer },
): { media: string; pieces: Buffer[] } {
  const boundary = `peiban-${randomBytes(18).toString('hex')}`
  const part = (name: string, more = '') =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`
  const before = Object.entries(fields).map(([name, value]) => `${part(name)}${value}\r\n`)
  const head = part('file', `; filename="${file.name}"\r\ncontent-type: ${file.media}`)
  return {
    media: `multipart/form-data; boundary=${boundary}`,
    pieces: [Buffer.from(before.join('') + head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)],
  }
}
