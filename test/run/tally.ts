import { existsSync, readFileSync } from 'node:fs'

export interface Tally {
  passed: number
  failed: number
  skipped: number
  /** What failed, each by name and with what it said: the end of a long run is all that many people get to see. */
  failures: string[]
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] }

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped, failures: [...a.failures, ...b.failures] }
}

/** One check that either passes or fails: the types of a project, the lint. */
export function check(name: string, passes: boolean): Tally {
  return { ...nothing, passed: passes ? 1 : 0, failed: passes ? 0 : 1, failures: passes ? [] : [name] }
}

/** What we read of Vitest's JSON report. */
export interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[]
  }[]
}

/**
 * Counts a run of Vitest. A file that failed without a failed test in it (it could not be loaded, or its hooks threw)
 * counts as one failure, and so does a run that ended badly with nothing to show for it.
 */
export function tallyOf(report: VitestReport | undefined, exitCode: number): Tally {
  const broken = report?.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'))
  const failed = (report?.numFailedTests ?? 0) + (broken?.length ?? 0)
  const failures = [
    ...(broken ?? []).map((file) => told(file.name, file.message)),
    ...(report?.testResults ?? []).flatMap((file) =>
      file.assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => told(`${file.name}\n  ${fullName}`, failureMessages?.join('\n'))),
    ),
  ]
  return {
    passed: report?.numPassedTests ?? 0,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report?.numPendingTests ?? 0,
    failures: failed === 0 && exitCode !== 0 ? [`Vitest ended with ${exitCode}, and no test of it failed`] : failures,
  }
}

const LINES_TOLD = 12

function told(name: string, message = ''): string {
  const lines = message.split('\n').filter((line) => line.trim() !== '')
  return [name, ...lines.slice(0, LINES_TOLD).map((line) => `    ${line}`)].join('\n')
}

export function readVitestReport(file: string): VitestReport | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as VitestReport) : undefined
}

/** The last words of a run: what failed, then how many. */
export function closingWords({ passed, failed, failures }: Tally): string {
  return [...failures.map((failure) => `failed: ${failure}\n`), `${passed} passed, ${failed} failed`].join('\n')
}
