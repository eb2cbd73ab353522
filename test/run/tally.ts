import { existsSync, readFileSync } from 'node:fs'

export interface Tally {
  passed: number
  failed: number
  skipped: number
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 }

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/** One check that either passes or fails: the types of a project, the lint. */
export function check(passes: boolean): Tally {
  return { ...nothing, passed: passes ? 1 : 0, failed: passes ? 0 : 1 }
}

/** What we read of Vitest's JSON report. */
export interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/**
 * Counts a run of Vitest. A file that failed without a failed test in it (it could not be loaded, or its hooks threw)
 * counts as one failure, and so does a run that ended badly with nothing to show for it.
 */
export function tallyOf(report: VitestReport | undefined, exitCode: number): Tally {
  const broken = report?.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'))
  const failed = (report?.numFailedTests ?? 0) + (broken?.length ?? 0)
  return {
    passed: report?.numPassedTests ?? 0,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report?.numPendingTests ?? 0,
  }
}

export function readVitestReport(file: string): VitestReport | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as VitestReport) : undefined
}

export function closingLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`
}
