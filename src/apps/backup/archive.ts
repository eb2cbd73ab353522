import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { extract, pack, type Pack } from 'tar-stream'
import { CommandRefused } from '../commands/command.ts'

/**
 * The file of a backup: one line of JSON that says how it is made, then a tar, compressed with Zstandard and, with a
 * passphrase, encrypted with AES-256-GCM (its tag are the last 16 bytes).
 */
interface Head {
  peibanBackup: 1
  encrypted: boolean
  salt?: string
  iv?: string
}

const TAG_BYTES = 16

export async function writeArchive(
  file: string,
  passphrase: string | undefined,
  fill: (tar: Pack) => Promise<void>,
): Promise<number> {
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const head: Head = passphrase
    ? { peibanBackup: 1, encrypted: true, salt: salt.toString('hex'), iv: iv.toString('hex') }
    : { peibanBackup: 1, encrypted: false }
  const unfinished = `${file}.part`
  const output = createWriteStream(unfinished, { mode: 0o600 })
  output.write(`${JSON.stringify(head)}\n`)
  const tar = pack()
  const cipher = passphrase ? createCipheriv('aes-256-gcm', keyOf(passphrase, salt), iv) : undefined
  const writing = cipher
    ? pipeline(tar as unknown as Readable, createZstdCompress(), cipher, output, { end: false })
    : pipeline(tar as unknown as Readable, createZstdCompress(), output, { end: false })
  try {
    await Promise.all([fill(tar).then(() => tar.finalize()), writing])
    await new Promise<void>((resolve, reject) => {
      output.once('error', reject)
      output.end(cipher?.getAuthTag() ?? Buffer.alloc(0), resolve)
    })
    await rename(unfinished, file)
  } catch (error) {
    output.destroy()
    await rm(unfinished, { force: true })
    throw error
  }
  return (await stat(file)).size
}

/** Adds one entry; waits until it is written, so that memory stays bounded. */
export function addEntry(tar: Pack, name: string, content: Buffer | string): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry({ name }, content, (error) => (error ? reject(error) : resolve()))
  })
}

/** Hands each entry to `take`, in the order they were written; ends only when the whole file proved to be sound. */
export async function readArchive(
  file: string,
  passphrase: string | undefined,
  take: (name: string, content: Buffer) => Promise<void>,
): Promise<void> {
  const { head, headBytes } = await readHead(file)
  if (head.encrypted && !passphrase)
    throw new CommandRefused(
      '这份备份加了密，请设置 PEIBAN_BACKUP_PASSPHRASE。 This backup is encrypted: set PEIBAN_BACKUP_PASSPHRASE.',
    )
  const { size } = await stat(file)
  const unpack = extract()
  const unzip = createZstdDecompress()
  const reading = head.encrypted
    ? pipeline(
        createReadStream(file, { start: headBytes, end: size - TAG_BYTES - 1 }),
        await decipherOf(file, size, head, passphrase!),
        unzip,
        unpack,
      )
    : pipeline(createReadStream(file, { start: headBytes }), unzip, unpack)
  const taking = (async () => {
    for await (const entry of unpack) {
      const parts: Buffer[] = []
      for await (const part of entry) parts.push(part as Buffer)
      await take(entry.header.name, Buffer.concat(parts))
    }
  })()
  try {
    await Promise.all([reading, taking])
  } catch (error) {
    if (error instanceof CommandRefused) throw error
    const reason = (error as Error).message
    throw new CommandRefused(
      `备份文件损坏或口令不对（${reason}），什么也没有恢复。 The backup is damaged or the passphrase is wrong (${reason}); nothing was restored.`,
    )
  }
}

async function readHead(file: string): Promise<{ head: Head; headBytes: number }> {
  const handle = await open(file, 'r').catch(() => {
    throw new CommandRefused(`打不开文件 ${file}。 Cannot open ${file}.`)
  })
  try {
    const { buffer } = await handle.read(Buffer.alloc(400), 0, 400, 0)
    const end = buffer.indexOf(10)
    const head = JSON.parse(buffer.subarray(0, end).toString()) as Head
    if (head.peibanBackup !== 1) throw new Error('not a backup')
    return { head, headBytes: end + 1 }
  } catch {
    throw new CommandRefused(`${file} 不是陪伴的备份。 ${file} is not a backup of Peiban.`)
  } finally {
    await handle.close()
  }
}

async function decipherOf(file: string, size: number, { salt = '', iv = '' }: Head, passphrase: string) {
  const handle = await open(file, 'r')
  try {
    const { buffer } = await handle.read(Buffer.alloc(TAG_BYTES), 0, TAG_BYTES, size - TAG_BYTES)
    const decipher = createDecipheriv(
      'aes-256-gcm',
      keyOf(passphrase, Buffer.from(salt, 'hex')),
      Buffer.from(iv, 'hex'),
    )
    return decipher.setAuthTag(buffer)
  } finally {
    await handle.close()
  }
}

function keyOf(passphrase: string, salt: Buffer): Buffer {
  return scryptSync(passphrase.normalize('NFKC'), salt, 32, { N: 65536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 })
}
