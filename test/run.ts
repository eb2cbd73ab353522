import { globSync, mkdirSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { parseArguments, type StageName, type Wanted } from './run/arguments.ts'
import { runProgram, stopPrograms } from './run/program.ts'
import { add, check, closingWords, nothing, readVitestReport, tallyOf, type Tally } from './run/tally.ts'

/**
 * `npm test`: all stages one after the other, to the end even when one fails, and a closing line that sums them up.
 * `npm test -- --only types` runs one stage, `npm test -- src/rooms/tag` the tests of one place; what else Vitest
 * understands (`-t name`) is handed on to it.
 */
const ROOT = join(import.meta.dirname, '..')
const REPORTS = join(ROOT, 'build/test-reports')

const stages: Record<StageName, (rest: string[]) => Promise<Tally>> = {
  types: async () => {
    const projects = ['contract', 'server', 'web'].map((name) => `src/tsconfig.${name}.json`)
    let tally = nothing
    for (const project of projects) {
      const code = await program('typescript/bin/tsc', '-p', project, '--noEmit')
      tally = add(tally, check(`types of ${project}`, code === 0))
    }
    return tally
  },
  lint: async () => check('lint', (await program('oxlint/bin/oxlint', '--type-aware', 'src', 'test', 'bench', 'bin')) === 0),
  unit: (rest) => vitest('unit', ['--project', '!simulation', ...rest]),
  simulation: (rest) => vitest('simulation', ['--project', 'simulation', ...rest]),
  browser: (rest) => vitest('browser', ['--config', 'test/browser/vitest.config.ts', ...rest]),
}

function program(path: string, ...args: string[]): Promise<number> {
  return runProgram([join(ROOT, 'node_modules', path), ...args], ROOT)
}

async function vitest(stage: StageName, args: string[]): Promise<Tally> {
  if (stage !== 'unit' && globSync(`test/${stage}/**/*.test.ts`, { cwd: ROOT }).length === 0) return nothing
  const report = join(REPORTS, `${stage}.json`)
  rmSync(report, { force: true })
  const code = await program('vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args)
  return tallyOf(readVitestReport(report), code)
}

async function main({ stages: names, rest }: Wanted): Promise<void> {
  // Programs that a test starts by the name `node` get the pinned one too.
  process.env['PATH'] = join(ROOT, 'node_modules/.bin') + delimiter + (process.env['PATH'] ?? '')
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stopPrograms(signal))
  mkdirSync(REPORTS, { recursive: true })
  let total = nothing
  for (const name of names) {
    console.log(`\n— ${name} —`)
    total = add(total, await stages[name](rest))
  }
  console.log(`\n${closingWords(total)}`)
  process.exitCode = total.failed === 0 ? 0 : 1
}

try {
  await main(parseArguments(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof RangeError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
