import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Pack } from 'tar-stream'
import { VERSION } from '../version.ts'
import { addEntry, writeArchive } from './archive.ts'
import { appliedMigrations, tablesToCopy, type TableToCopy } from './tables.ts'

export interface Manifest {
  version: string
  createdAt: string
  migrations: string[]
  tables: TableToCopy[]
}

export interface BackupOptions {
  /** As the owner: row policies must not hide anything. */
  url: string
  file: string
  filesFolder: string
  /** 64 hex digits; without it sealed values could never be opened again, so it is in the backup. */
  key: Buffer
  passphrase: string | undefined
  now: Date
}

const PART_BYTES = 4 * 1024 * 1024

/**
 * Writes everything into one file while Peiban goes on: all tables as they were at one moment (one snapshot), the
 * files, the key.
 */
export async function backup(
  options: BackupOptions,
): Promise<{ sizeBytes: number; rows: Record<string, number>; files: number }> {
  const client = new pg.Client({ connectionString: options.url, application_name: 'peiban-backup' })
  await client.connect()
  const rows: Record<string, number> = {}
  let files = 0
  try {
    await client.query('begin isolation level repeatable read read only')
    const tables = await tablesToCopy(client)
    const manifest: Manifest = {
      version: VERSION,
      createdAt: options.now.toISOString(),
      migrations: await appliedMigrations(client),
      tables,
    }
    const sizeBytes = await writeArchive(options.file, options.passphrase, async (tar) => {
      await addEntry(tar, 'manifest.json', JSON.stringify(manifest))
      await addEntry(tar, 'key', options.key.toString('hex'))
      for (const table of tables) rows[table.name] = await copyTable(client, tar, table)
      files = await copyFiles(tar, options.filesFolder)
      await addEntry(tar, 'end.json', JSON.stringify({ rows, files }))
    })
    return { sizeBytes, rows, files }
  } finally {
    await client.end()
  }
}

async function copyTable(client: pg.Client, tar: Pack, { name, columns }: TableToCopy): Promise<number> {
  const list = columns.join(', ')
  const stream = client.query(copyTo(`copy (select ${list} from ${name}) to stdout`))
  let part = 0
  let held: Buffer[] = []
  let heldBytes = 0
  // A part ends with a whole row: COPY writes a line break within a value as \n, so a real one ends a row.
  const flush = async (last: boolean): Promise<void> => {
    const bytes = Buffer.concat(held)
    const end = last ? bytes.length : bytes.lastIndexOf(10) + 1
    if (end > 0) await addEntry(tar, `tables/${name}/${String(part++).padStart(6, '0')}`, bytes.subarray(0, end))
    held = [bytes.subarray(end)]
    heldBytes = bytes.length - end
  }
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    held.push(chunk)
    heldBytes += chunk.length
    if (heldBytes >= PART_BYTES) await flush(false)
  }
  await flush(true)
  return (stream as unknown as { rowCount: number }).rowCount
}

async function copyFiles(tar: Pack, folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  let count = 0
  for (const entry of found) {
    if (!entry.isFile() || entry.name.endsWith('.part')) continue
    const path = join(entry.parentPath, entry.name)
    await addEntry(tar, `files/${path.slice(folder.length + 1)}`, await readFile(path))
    count++
  }
  return count
}
