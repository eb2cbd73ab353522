import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { markRestored } from '../../rooms/message/server/index.ts'
import { CommandRefused } from '../commands/command.ts'
import { readArchive } from './archive.ts'
import type { Manifest } from './backup.ts'
import { appliedMigrations, foreignKeys, tablesToCopy } from './tables.ts'

export interface RestoreOptions {
  /** Of an empty, migrated database, as the owner. */
  url: string
  file: string
  dataFolder: string
  passphrase: string | undefined
  now: Date
}

/**
 * Puts a backup into an empty database and data folder. Everything happens in one transaction that ends only when the
 * file proved to be whole; the files are written beside and moved in place afterwards. What is restored sends nothing
 * until a person has said what becomes of what went out since.
 */
export async function restore(
  options: RestoreOptions,
): Promise<{ manifest: Manifest; rows: Record<string, number>; files: number }> {
  const client = new pg.Client({ connectionString: options.url, application_name: 'peiban-restore' })
  await client.connect()
  const filesBeside = join(options.dataFolder, 'files.restoring')
  await rm(filesBeside, { recursive: true, force: true })
  try {
    await refuseUnlessEmpty(client)
    await client.query('begin')
    const keys = await foreignKeys(client)
    // Tables refer to each other in circles: the keys come off and are checked when they are put on again.
    for (const key of keys) await client.query(`alter table ${key.table} drop constraint ${key.name}`)
    const taken = await takeEverything(client, options, filesBeside)
    for (const key of keys) await client.query(`alter table ${key.table} add constraint ${key.name} ${key.definition}`)
    await markRestored(client, new Date(taken.manifest.createdAt), options.now)
    await client.query('commit')
    await putInPlace(options.dataFolder, filesBeside, taken.key)
    await client.query('analyze')
    return taken
  } finally {
    await rm(filesBeside, { recursive: true, force: true })
    await client.end()
  }
}

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ some: boolean }>('select exists (select from organization) as some')
  if (rows[0]?.some)
    throw new CommandRefused(
      '这个数据库里已有数据，没有恢复。请换一个空的数据文件夹（PEIBAN_DATA）或空数据库（DATABASE_URL）。 ' +
        'This database holds data already; nothing was restored. Use an empty data folder (PEIBAN_DATA) or database (DATABASE_URL).',
    )
}

async function takeEverything(client: pg.Client, options: RestoreOptions, filesBeside: string) {
  let manifest: Manifest | undefined
  let key = ''
  let promised: { rows: Record<string, number>; files: number } | undefined
  let files = 0
  const rows: Record<string, number> = {}
  await readArchive(options.file, options.passphrase, async (name, content) => {
    if (name === 'manifest.json') {
      manifest = JSON.parse(content.toString()) as Manifest
      await refuseOtherSchema(client, manifest)
      for (const table of manifest.tables)
        if (table.name.startsWith('pgboss.')) await client.query(`delete from ${table.name}`)
    } else if (name === 'key') key = content.toString()
    else if (name === 'end.json') promised = JSON.parse(content.toString()) as typeof promised
    else if (name.startsWith('tables/')) {
      const table = manifest!.tables.find((t) => name.startsWith(`tables/${t.name}/`))!
      const stream = client.query(copyFrom(`copy ${table.name} (${table.columns.join(', ')}) from stdin`))
      await pipeline(Readable.from([content]), stream)
      rows[table.name] = (rows[table.name] ?? 0) + stream.rowCount
    } else if (name.startsWith('files/')) {
      const path = join(filesBeside, normalize(name.slice('files/'.length)))
      if (!path.startsWith(filesBeside))
        throw new CommandRefused('备份里有不该有的路径。 The backup names a path outside of its folder.')
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(path, content, { mode: 0o600 })
      files++
    }
  })
  refuseIncomplete(promised, rows, files)
  return { manifest: manifest!, key, rows, files }
}

async function refuseOtherSchema(client: pg.Client, manifest: Manifest): Promise<void> {
  const here = new Set(await appliedMigrations(client))
  const missing = manifest.migrations.filter((migration) => !here.has(migration))
  const tables = new Set((await tablesToCopy(client)).map((table) => table.name))
  if (missing.length > 0 || manifest.tables.some((table) => !tables.has(table.name)))
    throw new CommandRefused(
      `这份备份由 ${manifest.version} 版制作，与当前版本的表结构不同（${missing.join('、')}）。请用那一版恢复，再升级。 ` +
        `This backup was made by ${manifest.version}, whose tables differ. Restore it with that release and upgrade then.`,
    )
}

function refuseIncomplete(
  promised: { rows: Record<string, number>; files: number } | undefined,
  rows: Record<string, number>,
  files: number,
): void {
  const short = promised
    ? Object.entries(promised.rows).filter(([table, count]) => (rows[table] ?? 0) !== count)
    : undefined
  if (!promised || short!.length > 0 || promised.files !== files)
    throw new CommandRefused('备份不完整，什么也没有恢复。 The backup is incomplete; nothing was restored.')
}

async function putInPlace(dataFolder: string, filesBeside: string, key: string): Promise<void> {
  // A house without a file has had no folder made yet.
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const files = join(dataFolder, 'files')
  if (existsSync(filesBeside)) {
    await rm(files, { recursive: true, force: true })
    await rename(filesBeside, files)
  }
  const keyFile = join(dataFolder, 'key')
  if (existsSync(keyFile) && readFileSync(keyFile, 'utf8').trim() !== key)
    await rename(keyFile, `${keyFile}.before-restore`)
  await writeFile(keyFile, key, { mode: 0o600 })
}
