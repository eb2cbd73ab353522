import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder } from './account.ts'
import type { Binaries } from './binaries.ts'
import { checkSpace, type Home } from './home.ts'
import { both, StartRefused } from './refusal.ts'
import { asConfiguration, type Settings } from './settings.ts'

/** The owner of the server (superuser), only for creating the role below; nothing of Peiban works as it. */
export const SUPERUSER = 'postgres'

/** `sun_path` of macOS has 104 bytes with its end, that of Linux 108. */
const SOCKET_PATH_MAX = 103

export function clusterFolder(home: Home): string {
  return join(home.folder, 'cluster')
}

/**
 * Makes the cluster on the first start and checks it on all others.
 * @throws StartRefused `WrongMajor` when another major version of PostgreSQL made it
 */
export async function prepareCluster(home: Home, binaries: Binaries, durable: boolean, log: (line: string) => void): Promise<void> {
  const cluster = clusterFolder(home)
  const version = join(cluster, 'PG_VERSION')
  if (existsSync(version)) {
    const found = readFileSync(version, 'utf8').trim()
    if (found !== String(binaries.major))
      throw new StartRefused('WrongMajor', { found, ours: binaries.major, folder: cluster })
    return
  }
  checkSpace(home.folder)
  const half = `${cluster}.new`
  if (existsSync(half)) {
    log(both('HalfMadeCluster', { folder: half }))
    rmSync(half, { recursive: true, force: true })
  }
  makePrivateFolder(half, home.account)
  await initialise(half, home, binaries, durable)
  // Our settings come last but one: what an operator sets with `alter system` wins.
  const configuration = join(half, 'postgresql.conf')
  writeFileSync(configuration, `${readFileSync(configuration, 'utf8')}\ninclude 'peiban.conf'\n`)
  writeSettings(half, {})
  renameSync(half, cluster)
}

/** The password of both roles, made once; only the owner of the folder can read it. */
export function passwordOf(home: Home): string {
  const file = join(home.folder, 'password')
  if (!existsSync(file)) {
    if (existsSync(join(clusterFolder(home), 'PG_VERSION'))) throw new StartRefused('PasswordLost', { file })
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}

/**
 * Where the server also listens on a Unix socket: a query over it takes half as long as over TCP. In the cluster's own
 * folder, which none but its account (and root) can enter; undefined where the path is longer than sockets allow.
 */
export function socketFolder(home: Home): string | undefined {
  const folder = clusterFolder(home)
  const longest = Buffer.byteLength(join(folder, '.s.PGSQL.65535.lock'))
  return longest <= SOCKET_PATH_MAX && !/[,"]/.test(folder) ? folder : undefined
}

export function writeSettings(cluster: string, settings: Settings): void {
  const fixed: Settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '' }
  writeFileSync(join(cluster, 'peiban.conf'), asConfiguration({ ...fixed, ...settings }), { mode: 0o644 })
}

async function initialise(folder: string, home: Home, { folder: bin }: Binaries, durable: boolean): Promise<void> {
  const passwordFile = join(home.folder, 'password.once')
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, passwordOf(home), { mode: 0o600 })
  if (home.account) chownSync(passwordFile, home.account.uid, home.account.gid)
  try {
    const options = [
      `--pgdata=${folder}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorts alike on every machine, now and after the next update of its libraries.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      // Only what is a letter: extensions still ask the machine that, and in `C` the trigrams of Chinese are empty.
      `--lc-ctype=${letterLocale(systemLocales())}`,
      '--data-checksums',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ]
    const { code, output } = await run(join(bin, 'initdb'), options, home)
    if (code === 0) return
    if (/No space left/i.test(output)) throw new StartRefused('DiskFull', { folder: home.folder })
    throw new StartRefused('StartFailed', { log: output.trim() })
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** A locale of the machine that knows the letters of all scripts; every Linux has the first, macOS the second. */
export function letterLocale(available: readonly string[]): string {
  const plain = (name: string) => name.toLowerCase().replace('-', '')
  const known = new Map(available.map((name) => [plain(name), name]))
  return ['C.UTF-8', 'en_US.UTF-8', 'zh_CN.UTF-8'].map((name) => known.get(plain(name))).find((name) => name !== undefined) ?? 'C'
}

function systemLocales(): string[] {
  return (spawnSync('locale', ['-a'], { encoding: 'utf8' }).stdout ?? '').split('\n')
}

/** The environment of PostgreSQL's programs: nothing of ours that could change their meaning (PGDATA, PGPORT, …). */
export const serverEnvironment: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }

function run(program: string, options: string[], home: Home): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { ...home.account, cwd: '/', env: serverEnvironment, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}
