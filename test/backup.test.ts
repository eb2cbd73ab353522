import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { backup } from '../src/apps/backup/backup.ts'
import { restore } from '../src/apps/backup/restore.ts'
import { tablesToCopy } from '../src/apps/backup/tables.ts'
import { populate } from '../src/apps/demo/seed.ts'
import { createDatabases, createPool } from '../src/platform/database/database.ts'
import { createSealer } from '../src/platform/pii/sealer.ts'
import { openFileStore } from '../src/platform/files/file-store.ts'
import { systemActor } from '../src/platform/context/context.ts'
import { verifyChain } from '../src/rooms/audit/server/index.ts'
import { dropDatabase, likeTemplate, withClient } from './database.ts'
import { aHouse } from './house.ts'

const house = await aHouse()
const folder = mkdtempSync(join(tmpdir(), 'peiban-backup-'))
const file = join(folder, 'all.peiban')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (passphrase?: string) =>
  backup({ url: house.databaseUrl, file, filesFolder: house.filesFolder, key: house.key, passphrase, now: house.clock.now() })

async function inEmptyDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  const name = `peiban_${randomBytes(6).toString('hex')}`
  const server = inject('serverUrl')
  const administer = (sql: string) => withClient(server.replace('DATABASE', 'postgres'), (client) => client.query(sql))
  await administer(likeTemplate(name, inject('templateDatabase')))
  try {
    return await use(server.replace('DATABASE', name))
  } finally {
    await dropDatabase(server, name)
  }
}

/** Each table's rows as one hash, whatever their order. */
const contentOf = (url: string) =>
  withClient(url, async (client) => {
    const contents: Record<string, string> = {}
    for (const { name } of await tablesToCopy(client)) {
      const { rows } = await client.query<{ hash: string }>(
        `select count(*) || ':' || coalesce(md5(string_agg(row::text, '' order by row::text collate "C")), '') hash from ${name} row`,
      )
      contents[name] = rows[0]!.hash
    }
    return contents
  })

let fileKey = ''
const attachment = Buffer.from('报告原件 \u0000\u0001\n', 'utf8')

beforeAll(async () => {
  await populate(house.house, house.databaseUrl, house.tenant, { patients: 40, years: 2, seed: 7 })
  for (let n = 0; n < 5; n++)
    await house.write((ctx) =>
      house.house.recordAudit(ctx.tx, { organizationId: house.tenant.id, actor: systemActor(house.tenant.id, 'test'), action: `test.${n}`, outcome: 'done', patientId: null, subjectId: null, detail: { text: '制表\t换行\n反斜\\' }, requestId: null, address: null }, ctx.clock.now(), ctx.ids),
    )
  for (const round of house.rooms.flatMap((room) => room.rounds ?? [])) await round.run(house.house, house.tenant)
  fileKey = (await house.house.files.put(house.tenant.id, attachment)).key
})

test.each([['in the open', undefined], ['encrypted', '一句很长的口令 2026']])('every row and file comes back, %s', async (_how, passphrase) => {
  const done = await write(passphrase)
  expect(done.rows['public.patient']).toBe(40)
  const dataFolder = join(folder, `data-${passphrase ? 1 : 0}`)
  await inEmptyDatabase(async (url) => {
    const restored = await restore({ url, file, dataFolder, passphrase, now: house.clock.now() })
    expect(restored.rows['public.observation']).toBe(done.rows['public.observation'])
    const [is, was] = [await contentOf(url), await contentOf(house.databaseUrl)]
    // Every row as it was, but for this: what is restored sends nothing until a person has spoken.
    const changed = Object.keys(is).filter((name) => is[name] !== was[name])
    expect(changed.toSorted()).toEqual(['public.message_place', 'public.message_stop'])
    const stops = await withClient(url, (client) => client.query('select kind, why, lifted_at from message_stop'))
    expect(stops.rows).toEqual([{ kind: 'restored', why: 'restore', lifted_at: null }])
  })
  const key = Buffer.from(readFileSync(join(dataFolder, 'key'), 'utf8'), 'hex')
  const files = openFileStore(join(dataFolder, 'files'), createSealer(key))
  expect(await files.get(house.tenant.id, fileKey)).toEqual(attachment)
})

test('the audit chain of a restored database verifies', async () => {
  await write()
  await inEmptyDatabase(async (url) => {
    await restore({ url, file, dataFolder: join(folder, 'data-chain'), passphrase: undefined, now: house.clock.now() })
    const databases = createDatabases(createPool({ url, max: 2 }))
    const verdict = await verifyChain({ databases, clock: house.clock, sealer: house.house.sealer }, house.tenant.id)
    await databases.close()
    expect(verdict).toMatchObject({ isWhole: true, links: 5 })
  })
})

test('a damaged, cut or foreign file restores nothing', async () => {
  await write('口令')
  const whole = readFileSync(file)
  const changed = Buffer.from(whole)
  changed[whole.length - 500]! ^= 1
  const bad: [string, Buffer, string | undefined][] = [
    ['changed', changed, '口令'],
    ['cut', whole.subarray(0, whole.length - 3000), '口令'],
    ['wrong passphrase', whole, '口令2'],
    ['no passphrase', whole, undefined],
    ['not a backup', Buffer.from('hello\n'), undefined],
  ]
  await inEmptyDatabase(async (url) => {
    for (const [what, bytes, passphrase] of bad) {
      const path = join(folder, 'bad.peiban')
      writeFileSync(path, bytes)
      await expect(restore({ url, file: path, dataFolder: join(folder, 'data-bad'), passphrase, now: house.clock.now() }), what).rejects.toMatchObject({ name: 'CommandRefused' })
    }
    const left = await contentOf(url)
    expect(Object.entries(left).filter(([name, hash]) => name.startsWith('public.') && !hash.startsWith('0:'))).toEqual([])
  })
})

test('a database that holds data is not overwritten', async () => {
  await write()
  await expect(restore({ url: house.databaseUrl, file, dataFolder: join(folder, 'data-full'), passphrase: undefined, now: house.clock.now() })).rejects.toMatchObject({ name: 'CommandRefused' })
})
