import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { runningEmbedded, startEmbedded, type EmbeddedOptions, type EmbeddedServer } from './embedded.ts'
import { canEnter, findAccount } from './embedded/account.ts'
import { isRunning, markOf, until } from './embedded/process.ts'

const ROOT = join(import.meta.dirname, '../../..')
const scratch = mkdtempSync(join(tmpdir(), 'peiban embedded '))
chmodSync(scratch, 0o755)
const started: EmbeddedServer[] = []
const holders: ChildProcess[] = []
let lines: string[] = []

/** A server of this process; stopped after the test at the latest. */
async function start(folder: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbedded({ folder, durable: false, log: (line) => lines.push(line), ...options })
  started.push(server)
  return server
}

interface Told {
  url?: string
  reused?: boolean
  refused?: string
  message?: string
  pid?: number
  log: string[]
}

/** Another Peiban, in a process of its own. */
async function elsewhere(options: EmbeddedOptions, account?: { uid: number; gid: number }): Promise<{ child: ChildProcess; told: Told }> {
  const child = spawn(process.execPath, [join(ROOT, 'test/embedded-holder.ts'), JSON.stringify({ durable: false, ...options })], {
    ...account, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: process.env['PATH'], HOME: scratch },
  })
  holders.push(child)
  for await (const line of createInterface(child.stdout!)) return { child, told: JSON.parse(line) as Told }
  throw new Error('the other process said nothing')
}

const ended = (child: ChildProcess) => new Promise<void>((resolve) => (child.exitCode ?? child.signalCode) !== null ? resolve() : child.once('exit', () => resolve()))

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

const serverPid = (folder: string) => Number(readFileSync(join(folder, 'cluster/postmaster.pid'), 'utf8').split('\n')[0])

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()))
  for (const child of holders.splice(0)) {
    child.stdin?.end()
    await ended(child)
  }
  lines = []
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

// One folder is used on through the first two groups: what one test leaves is what the next one finds.
const folder = join(scratch, 'pg')

describe('an ordinary life', () => {
  test('the first start makes a database that knows Chinese and that policies can bind', async () => {
    const { url } = await start(folder)
    await ask(url, `create extension pg_trgm; create table note (text text); insert into note values ('长期陪伴')`)
    const [row] = await ask(
      url,
      `select cardinality(show_trgm('陪伴')) trigrams, current_setting('data_checksums') checksums, rolsuper, rolbypassrls
       from pg_roles where rolname = current_user`,
    )
    expect(row).toEqual({ trigrams: 3, checksums: 'on', rolsuper: false, rolbypassrls: false })
  })

  test('the owner may work as a role that it creates, and make databases', async () => {
    const { url } = await start(folder)
    await ask(url, 'create role reader nologin; set role reader; reset role; drop role reader')
    await ask(url, 'create database other')
    await ask(url, 'drop database other')
  })

  test('a second start has the same address and the same content, and the password is nobody else’s to read', async () => {
    const first = await start(folder)
    await first.stop()
    const second = await start(folder)
    expect(second.url).toBe(first.url)
    expect(await ask(second.url, 'table note')).toEqual([{ text: '长期陪伴' }])
    expect(statSync(join(folder, 'password')).mode & 0o077).toBe(0)
    expect(lines).toEqual([])
  })

  test('a wrong password is refused', async () => {
    const { url } = await start(folder)
    await expect(ask(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  test('a port that is taken is refused when asked for, and otherwise avoided', async () => {
    const taken = Number(readFileSync(join(folder, 'port'), 'utf8'))
    const other = createServer().listen(taken, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    await expect(start(folder, { port: taken })).rejects.toMatchObject({ name: 'StartRefused', code: 'PortTaken' })
    expect((await start(folder)).port).not.toBe(taken)
    other.close()
  })

  test('whoever may enter the folder comes in over its socket, beside TCP', async () => {
    const { url, port } = await start(folder)
    const over = 'select inet_server_addr() is null socket'
    expect(await ask(url, over)).toEqual([{ socket: true }])
    expect(await ask(`${url.split('?')[0]}`, over)).toEqual([{ socket: false }])
    expect(runningEmbedded(folder)).toMatchObject({ url, port })
  })

  test('a folder too deep for a socket works over TCP', async () => {
    const deep = join(scratch, 'deep'.repeat(25))
    const { url } = await start(deep)
    expect(url).not.toContain('?')
    expect(await ask(url, 'select 1 one')).toEqual([{ one: 1 }])
    expect(runningEmbedded(deep)).toMatchObject({ url })
  })

  test('settings can be overridden', async () => {
    const { url } = await start(folder, { settings: { max_connections: 33 } })
    expect(await ask(url, 'show max_connections')).toEqual([{ max_connections: '33' }])
  })
})

describe('after a crash', () => {
  test.each([
    { whose: 'a dead process', pid: 4_194_304 + 1, says: /4194305 is gone/ },
    { whose: 'another program', pid: process.pid, says: /belongs to another program/ },
  ])('a lock file of $whose is removed and explained', async ({ pid, says }) => {
    writeFileSync(join(folder, 'cluster/postmaster.pid'), `${pid}\n${folder}\n1\n15432\n\n127.0.0.1\n\nready   \n`)
    const { url } = await start(folder)
    expect(lines.join('\n')).toMatch(says)
    expect(await ask(url, 'table note')).toHaveLength(1)
  })

  test('a server that is killed under us comes back on the same address with what was committed', async () => {
    const { url } = await start(folder)
    await ask(url, `insert into note values ('随访')`)
    const killed = serverPid(folder)
    process.kill(killed, 'SIGKILL')
    await until(() => lines.some((line) => line.includes('running again')), 20_000)
    expect(await ask(url, 'table note')).toHaveLength(2)
    expect(serverPid(folder)).not.toBe(killed)
  })

  test('a server whose Peiban was killed is used on, with its connections', async () => {
    const { child, told } = await elsewhere({ folder })
    const pid = serverPid(folder)
    child.kill('SIGKILL')
    await ended(child)
    const server = await start(folder)
    expect({ reused: server.reused, url: server.url, pid: serverPid(folder) }).toEqual({ reused: true, url: told.url, pid })
    await server.stop()
    expect(markOf(pid)).toBeUndefined()
  })

  test('it is stopped and started anew when other settings are wanted', async () => {
    const { child } = await elsewhere({ folder })
    const mark = markOf(serverPid(folder))!
    child.kill('SIGKILL')
    await ended(child)
    const server = await start(folder, { settings: { max_connections: 44 } })
    expect(server.reused).toBe(false)
    expect(isRunning(mark)).toBe(false)
    expect(await ask(server.url, 'show max_connections')).toEqual([{ max_connections: '44' }])
  })

  test('killed together, server and Peiban, the next start recovers', async () => {
    const { child, told } = await elsewhere({ folder })
    await ask(told.url!, `insert into note values ('回访')`)
    const mark = markOf(serverPid(folder))!
    process.kill(mark.pid, 'SIGKILL')
    child.kill('SIGKILL')
    await ended(child)
    await until(() => !isRunning(mark), 5_000)
    const { url } = await start(folder)
    expect(await ask(url, 'table note')).toHaveLength(3)
  })

  test('a process that just ends takes its server along', async () => {
    const { child } = await elsewhere({ folder })
    const mark = markOf(serverPid(folder))!
    child.stdin!.write('leave\n')
    await ended(child)
    expect(await until(() => !isRunning(mark), 10_000)).toBe(true)
  })

  test('a signal that the application does not hear ends the server and then the process, as if it were not heard', async () => {
    const { child } = await elsewhere({ folder })
    const mark = markOf(serverPid(folder))!
    child.kill('SIGTERM')
    await ended(child)
    expect(child.signalCode).toBe('SIGTERM')
    expect(isRunning(mark)).toBe(false)
    await start(folder)
    expect(lines).toEqual([])
  })

  test('a first start that was interrupted is made anew', async () => {
    const fresh = join(scratch, 'interrupted')
    mkdirSync(join(fresh, 'cluster.new/base'), { recursive: true })
    const { url } = await start(fresh)
    expect(lines.join()).toMatch(/interrupted/)
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('refusals', () => {
  test('a folder in use is refused with the process that uses it, in both languages', async () => {
    await start(folder)
    const { told } = await elsewhere({ folder })
    expect(told).toMatchObject({ refused: 'InUse', pid: process.pid })
    expect(told.message).toMatch(new RegExp(`正被另一个陪伴进程（${process.pid}）使用[^]*Another Peiban \\(process ${process.pid}\\)`))
    expect(runningEmbedded(folder)).toMatchObject({ pid: process.pid, url: started[0]!.url })
  })

  test('of two starts at once one is refused', async () => {
    const both = await Promise.allSettled([start(folder), start(folder)])
    expect(both.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('a folder in use in another container is refused; one merely left behind there is taken over', async () => {
    const server = await start(folder)
    const file = join(folder, 'embedded.json')
    const record = JSON.parse(readFileSync(file, 'utf8')) as object
    // As another container sees it: an owner it cannot find among its own processes.
    writeFileSync(file, JSON.stringify({ ...record, host: 'ward-2', owner: { pid: 1, started: 'never' } }))
    const { told } = await elsewhere({ folder })
    expect(told).toMatchObject({ refused: 'InUseElsewhere' })
    await server.stop()
    writeFileSync(file, JSON.stringify({ ...record, host: 'ward-2', owner: { pid: 1, started: 'never' } }))
    expect((await start(folder)).reused).toBe(false)
    expect(lines.join()).toMatch(/ward-2/)
  }, 30_000)

  test('data of another major version is refused, and stays as it is', async () => {
    const version = join(folder, 'cluster/PG_VERSION')
    const ours = readFileSync(version, 'utf8')
    writeFileSync(version, '17\n')
    await expect(start(folder)).rejects.toMatchObject({ code: 'WrongMajor', en: expect.stringMatching(/PostgreSQL 17.*backup/s) as string })
    writeFileSync(version, ours)
    await start(folder)
  })

  test('a lost password is named, not replaced', async () => {
    const file = join(folder, 'password')
    const password = readFileSync(file)
    rmSync(file)
    await expect(start(folder)).rejects.toMatchObject({ code: 'PasswordLost' })
    writeFileSync(file, password, { mode: 0o600 })
  })
})

const passwd = process.getuid?.() === 0 ? readFileSync('/etc/passwd', 'utf8') : ''
const nobody = findAccount(passwd, 'nobody')
const asNobody = nobody !== undefined && canEnter(ROOT, nobody)

describe.skipIf(!asNobody)('as an ordinary user', () => {
  test('it starts in a folder of one’s own, twice', async () => {
    const own = join(scratch, 'own')
    mkdirSync(own)
    chownSync(own, nobody!.uid, nobody!.gid)
    const first = await elsewhere({ folder: own }, nobody)
    expect(await ask(first.told.url!, 'select 1 as one')).toEqual([{ one: 1 }])
    first.child.stdin!.end()
    await ended(first.child)
    const second = await elsewhere({ folder: own }, nobody)
    expect(second.told).toMatchObject({ url: first.told.url, log: [] })
    expect(statSync(join(own, 'cluster')).uid).toBe(nobody!.uid)
  })

  test('a folder that is not one’s own is refused', async () => {
    const { told } = await elsewhere({ folder: join(scratch, 'pg') }, nobody)
    expect(told).toMatchObject({ refused: 'NotWritable' })
    const above = await elsewhere({ folder: join(scratch, 'new') }, nobody)
    expect(above.told).toMatchObject({ refused: 'NotWritable' })
    expect(existsSync(join(scratch, 'new'))).toBe(false)
  })

  test('root uses a folder of somebody else’s as its owner', async () => {
    const own = join(scratch, 'own')
    const { url } = await start(own)
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(statSync(`/proc/${serverPid(own)}`).uid).toBe(nobody!.uid)
  })
})
