import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { alone } from './lock.mjs'
import { lastLines, runQuietly } from './run.mjs'
import { Refusal, say } from './say.mjs'

/** The Node that everything of ours runs on. */
export function pinnedNode(root) {
  return join(root, 'node_modules/node/bin/node')
}

/**
 * Makes node_modules what package-lock.json says. When it is, this costs a few milliseconds.
 * @param withTools also what only building and testing need
 */
export async function ensureInstalled(root, withTools) {
  if (isInstalled(root, withTools)) return
  await alone(join(root, 'build/install.lock'), async () => {
    if (!isInstalled(root, withTools)) await install(root)
  })
}

/** Says in two words what was found last time, so that the long look is taken only after a change. */
const STAMP = 'node_modules/.peiban-install.json'

function isInstalled(root, withTools) {
  const wanted = { lock: digest(join(root, 'package-lock.json')), platform: `${process.platform}-${process.arch}` }
  const known = readJson(join(root, STAMP))
  const fits = known && known.lock === wanted.lock && known.platform === wanted.platform && (known.tools || !withTools)
  if (fits) return existsSync(pinnedNode(root)) && hasFolders(root, withTools)
  // Somebody else ran npm: its own list of what it installed tells whether it was this lockfile, and to the end.
  const installed = readJson(join(root, 'node_modules/.package-lock.json'))?.packages
  if (!installed || !runs(pinnedNode(root))) return false
  const { packages } = readJson(join(root, 'package-lock.json'))
  const missing = Object.entries(packages).filter(
    ([path, entry]) => path && !entry.optional && !entry.devOptional && installed[path]?.version !== entry.version,
  )
  const tools = missing.length === 0
  if (missing.some(([, entry]) => withTools || !entry.dev) || !hasFolders(root, tools)) return false
  // Not under a foreign platform's node_modules: the pinned Node has just run here.
  stamp(root, { ...wanted, tools })
  return true
}

/** Catches a node_modules that was thinned out by hand. */
function hasFolders(root, withTools) {
  const { dependencies, devDependencies } = readJson(join(root, 'package.json'))
  const names = Object.keys({ ...dependencies, ...(withTools ? devDependencies : {}) })
  return names.every((name) => existsSync(join(root, 'node_modules', name, 'package.json')))
}

async function install(root) {
  say('Installs')
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  const patience = setInterval(() => say('StillInstalls', { seconds: seconds() }), 20_000)
  const [program, ...before] = npm()
  // The configuration of the machine may leave out tools or install scripts; without either nothing runs.
  const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error']
  const { code, output } = await runQuietly(program, [...before, ...args], { cwd: root }).catch((error) => {
    throw new Refusal(error.code === 'ENOENT' ? 'NoNpm' : 'InstallFailed', { log: error.message })
  }).finally(() => clearInterval(patience))
  if (code !== 0) throw new Refusal('InstallFailed', { log: lastLines(output, 30) })
  if (!runs(pinnedNode(root))) throw new Refusal('NoPinnedNode', { platform: `${process.platform}-${process.arch}` })
  stamp(root, { lock: digest(join(root, 'package-lock.json')), platform: `${process.platform}-${process.arch}`, tools: true })
  say('Installed', { seconds: seconds() })
}

/** The npm that started us, or the one on the PATH. */
function npm() {
  const path = process.env.npm_execpath
  return path && basename(path).startsWith('npm') && existsSync(path) ? [process.execPath, path] : ['npm']
}

function runs(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0
}

function stamp(root, content) {
  writeFileSync(join(root, STAMP), `${JSON.stringify(content)}\n`)
}

function digest(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
