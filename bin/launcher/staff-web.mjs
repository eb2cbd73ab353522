import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { pinnedNode } from './install.mjs'
import { alone } from './lock.mjs'
import { lastLines, runQuietly } from './run.mjs'
import { Refusal, say } from './say.mjs'

/** Folders of src that pages are made of, wherever they stand: a room's `staff`, `contract` and `locales` among them. */
const SOURCES = new Set(['staff', 'patient', 'web', 'patient-web', 'contract', 'locales', 'content', 'clinical', 'condition'])
/** Two sites from one tree: see vite.config.ts. */
const SITES = ['staff', 'patient']
const FILES = ['package-lock.json', 'index.html', 'vite.config.ts', 'src/tsconfig.web.json']

/** Whether the staff web has to be built: never was, or its sources (by content, not by date) have changed. */
export function isStaffWebStale(root) {
  if (!existsSync(join(root, 'vite.config.ts'))) return false
  const known = existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8')
  return known !== digestOfSources(root) || SITES.some((site) => !existsSync(join(root, 'dist', site)))
}

export async function ensureStaffWeb(root) {
  await alone(join(root, 'build/staff-web.lock'), async () => {
    if (isStaffWebStale(root)) await build(root)
  })
}

async function build(root) {
  say('BuildsWeb')
  const started = performance.now()
  const digest = digestOfSources(root)
  for (const site of SITES) await buildSite(root, site)
  writeFileSync(stampFile(root), digest)
  say('BuiltWeb', { seconds: Math.round((performance.now() - started) / 1000) })
}

async function buildSite(root, site) {
  const target = join(root, 'dist', site)
  const half = `${target}.new`
  const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', half, '--emptyOutDir', '--logLevel', 'warn']
  if (site !== 'staff') args.push('--mode', site)
  // Whoever starts us may work in another mode, as the tests do: what is served is always the finished React.
  const env = { ...process.env, NODE_ENV: 'production' }
  const { code, output } = await runQuietly(pinnedNode(root), args, { cwd: root, env })
  if (code !== 0) throw new Refusal('WebFailed', { log: lastLines(output, 30) })
  // Whole or not at all: a server that is serving the old pages keeps whole pages.
  mkdirSync(join(root, 'dist'), { recursive: true })
  rmSync(`${target}.old`, { recursive: true, force: true })
  if (existsSync(target)) renameSync(target, `${target}.old`)
  renameSync(half, target)
  rmSync(`${target}.old`, { recursive: true, force: true })
}

function stampFile(root) {
  return join(root, 'dist/staff.stamp')
}

function digestOfSources(root) {
  const hash = createHash('sha256')
  const sources = readdirSync(join(root, 'src'), { recursive: true })
    .filter((path) => path.split(sep).slice(0, -1).some((folder) => SOURCES.has(folder)))
    .filter((path) => /\.\w+$/.test(path) && !/\.test\.\w+$/.test(path))
    .map((path) => join('src', path))
  for (const path of [...FILES, ...sources.sort()]) hash.update(path).update('\0').update(contentOf(join(root, path))).update('\0')
  return hash.digest('hex')
}

function contentOf(file) {
  try {
    return readFileSync(file)
  } catch {
    return ''
  }
}
