import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alone } from '../bin/launcher/lock.mjs'
import { isStaffWebStale } from '../bin/launcher/staff-web.mjs'

const ROOT = join(import.meta.dirname, '..')
/** A project with our door and an application that does what it is told. The space in its path is on purpose. */
const root = mkdtempSync(join(tmpdir(), 'peiban door '))
const door = join(root, 'bin/peiban.mjs')

const CLI = `
const [command, value] = process.argv.slice(2)
if (command === 'tell') console.log(JSON.stringify({ version: process.version, args: process.argv.slice(3) }))
if (command === 'exit') process.exitCode = Number(value)
if (command === 'die') process.kill(process.pid, value)
if (command === 'wait') {
  let heard = 0
  const staying = setInterval(() => {}, 1000)
  process.on('SIGTERM', () => { heard += 1; setTimeout(() => { clearInterval(staying); console.log('heard', heard) }, 300) })
  console.log('ready')
}`

beforeAll(() => {
  for (const path of ['bin', 'package.json', 'package-lock.json']) cpSync(join(ROOT, path), join(root, path), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  mkdirSync(join(root, 'src/apps'), { recursive: true })
  writeFileSync(join(root, 'src/apps/cli.ts'), CLI)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const run = (...args: string[]) => spawnSync(process.execPath, [door, ...args], { encoding: 'utf8' })

describe('the command', () => {
  test('runs on the pinned Node with its arguments as they are', () => {
    const pinned = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: { node: string } }).dependencies.node
    const { stdout, stderr } = run('tell', 'a b', '--c', '')
    expect({ ...(JSON.parse(stdout) as object), stderr }).toEqual({ version: `v${pinned}`, args: ['a b', '--c', ''], stderr: '' })
  })

  test.each([
    { args: ['exit', '0'], status: 0 },
    { args: ['exit', '7'], status: 7 },
    { args: ['die', 'SIGKILL'], status: 137 },
    { args: ['die', 'SIGTERM'], status: 143 },
  ])('$args ends with $status', ({ args, status }) => {
    expect(run(...args).status).toBe(status)
  })

  test('hears a signal once, however often npm and the terminal pass it on, and ends in its own time', async () => {
    const child = spawn(process.execPath, [door, 'wait'], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk))
    child.kill('SIGTERM')
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
    expect(output).toBe('heard 1\n')
  })
})

test('a node_modules that lacks a package is not taken for whole: without npm that is said in both languages', () => {
  const bare = join(root, 'bare')
  mkdirSync(join(bare, 'node_modules'), { recursive: true })
  for (const path of ['bin', 'package.json', 'package-lock.json']) cpSync(join(ROOT, path), join(bare, path), { recursive: true })
  cpSync(join(ROOT, 'node_modules/.package-lock.json'), join(bare, 'node_modules/.package-lock.json'))
  const { status, stderr } = spawnSync(process.execPath, [join(bare, 'bin/peiban.mjs'), 'tell'], { encoding: 'utf8', env: { PATH: '' } })
  expect(status).toBe(1)
  expect(stderr).toMatch(/找不到 npm[^]*There is no npm/)
  expect(existsSync(join(bare, 'build/install.lock'))).toBe(false)
})

test('a Node that is too old is told so before anything that it could not read', () => {
  const old = `Object.defineProperty(process, 'versions', { value: { node: '18.20.8' } }); Object.defineProperty(process, 'version', { value: 'v18.20.8' })`
  const { status, stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(old)}`, door, 'tell'], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toMatch(/陪伴需要 Node.js 20.*v18.20.8[^]*Peiban needs Node.js 20/)
})

describe('the staff pages', () => {
  const source = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  /** What a build leaves behind, as far as the question of freshness goes. */
  const stampOf = () => {
    for (const site of ['staff', 'patient']) mkdirSync(join(root, 'dist', site), { recursive: true })
    // The stamp is found by trying: the builder alone knows how it is made.
    const before = readFileSync(join(ROOT, 'bin/launcher/staff-web.mjs'), 'utf8')
    const probe = join(root, 'bin/launcher/probe.mjs')
    writeFileSync(probe, `${before}\nwriteFileSync(stampFile(${JSON.stringify(root)}), digestOfSources(${JSON.stringify(root)}))\n`)
    expect(spawnSync(process.execPath, [probe]).status).toBe(0)
  }

  test('are stale when their sources have another content, and not for anything else', () => {
    source('vite.config.ts', '')
    source('src/rooms/tag/staff/list.tsx', 'one')
    source('src/rooms/tag/server/store.ts', 'one')
    expect(isStaffWebStale(root)).toBe(true)
    stampOf()
    expect(isStaffWebStale(root)).toBe(false)
    source('src/rooms/tag/server/store.ts', 'two')
    source('src/rooms/tag/staff/list.test.tsx', 'two')
    source('src/rooms/tag/staff/list.tsx', 'one')
    expect(isStaffWebStale(root)).toBe(false)
    source('src/rooms/tag/locales/en.json', '{}')
    expect(isStaffWebStale(root)).toBe(true)
    for (const site of ['staff', 'patient']) {
      stampOf()
      expect(isStaffWebStale(root)).toBe(false)
      rmSync(join(root, 'dist', site), { recursive: true })
      expect(isStaffWebStale(root)).toBe(true)
    }
  })
})

describe('the lock', () => {
  const file = join(root, 'build/test.lock')
  const holder = `import { alone } from ${JSON.stringify(join(root, 'bin/launcher/lock.mjs'))}
    await alone(${JSON.stringify(file)}, () => { console.log('holds'); return new Promise((end) => process.stdin.once('data', end)) }); process.exit()`
  const hold = async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder], { stdio: ['pipe', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    return child
  }

  test('lets the second wait until the first has done', async () => {
    const first = await hold()
    let done = false
    const second = alone(file, () => (done = true))
    expect(done).toBe(false)
    first.stdin.write('go\n')
    await second
    expect(done).toBe(true)
  })

  test('of a killed holder holds nobody up', async () => {
    const first = await hold()
    first.kill('SIGKILL')
    await once(first, 'exit')
    expect(await alone(file, () => 'done')).toBe('done')
  })

  test('that nobody has touched for long is stale, whoever has its number now', async () => {
    writeFileSync(file, String(process.ppid))
    utimesSync(file, 1, 1)
    expect(await alone(file, () => 'done')).toBe('done')
  })
})
