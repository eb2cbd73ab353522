import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled, pinnedNode } from './install.mjs'
import { runInOurPlace } from './run.mjs'
import { Refusal } from './say.mjs'
import { ensureStaffWeb, isStaffWebStale } from './staff-web.mjs'

/** Commands that are not the application's own; they need the tools for testing and building as well. */
const SCRIPTS = { test: 'test/run.ts', bench: 'bench/run.ts' }

/**
 * What runs for months is told to clean up early: left alone, Node lets garbage grow to a part of the machine's memory,
 * and the server took 600 MB for 100 MB in use. The lower the bound, the sooner it cleans up: 448 MB save 20 MB against
 * 640 MB. What works once through (a large import, the tests) may have it all.
 */
const LASTING = ['start', 'worker']
const MEMORY = ['--max-semi-space-size=8', '--max-old-space-size=448']
/** The memory that the C library keeps for each of Node's threads is not given back: two shares do. */
const SHARES = { MALLOC_ARENA_MAX: '2' }

/** Installs and builds what the command needs, then runs it on the pinned Node. Sets the exit code. */
export async function launch(args) {
  const root = projectRoot()
  const [command, ...rest] = args
  try {
    const script = Object.hasOwn(SCRIPTS, command ?? '') ? SCRIPTS[command] : undefined
    const buildsWeb = needsWeb(command, rest) && isStaffWebStale(root)
    await ensureInstalled(root, script !== undefined || buildsWeb)
    if (buildsWeb) await ensureStaffWeb(root)
    const program = join(root, script ?? 'src/apps/cli.ts')
    process.exitCode = await runInOurPlace(
      pinnedNode(root),
      [...(LASTING.includes(command) ? MEMORY : []), program, ...(script ? rest : args)],
      LASTING.includes(command) ? { env: { ...SHARES, ...process.env } } : {},
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

/** The server serves the pages; the tests drive them with a browser unless they are told to run something else. */
function needsWeb(command, rest) {
  if (command === 'start') return true
  return command === 'test' && (rest.length === 0 || rest.includes('browser'))
}

function projectRoot() {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  if (!existsSync(join(root, 'package-lock.json'))) throw new Error(`${root} has no package-lock.json`)
  return root
}
