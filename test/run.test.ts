import { describe, expect, test } from 'vitest'
import { parseArguments, STAGES } from './run/arguments.ts'
import { add, check, closingWords, tallyOf, type VitestReport } from './run/tally.ts'

describe('arguments', () => {
  test.each([
    { args: [], stages: STAGES, rest: [] },
    { args: ['--only', 'types'], stages: ['types'], rest: [] },
    { args: ['--only=browser,lint'], stages: ['lint', 'browser'], rest: [] },
    { args: ['--only', 'unit', '-t', 'tags'], stages: ['unit'], rest: ['-t', 'tags'] },
    { args: ['src/rooms/tag'], stages: ['unit'], rest: ['src/rooms/tag'] },
    { args: ['./test/simulation/year.test.ts'], stages: ['simulation'], rest: ['./test/simulation/year.test.ts'] },
    { args: ['test/browser/desk.test.ts'], stages: ['browser'], rest: ['test/browser/desk.test.ts'] },
  ])('$args', ({ args, stages, rest }) => {
    expect(parseArguments(args)).toEqual({ stages, rest })
  })

  test('a stage that does not exist is refused with the list', () => {
    expect(() => parseArguments(['--only', 'everything'])).toThrow(/everything.*types, lint, unit/)
  })
})

describe('tally', () => {
  const report = (files: VitestReport['testResults'], passed: number, failed: number): VitestReport => ({
    numPassedTests: passed, numFailedTests: failed, numPendingTests: 1, testResults: files,
  })
  const loaded = { name: 'src/a.test.ts', status: 'failed', assertionResults: [{ status: 'failed', fullName: 'a tag goes', failureMessages: ['expected 1 to be 2\n\n  at a.test.ts:3'] }] }
  const unloadable = { name: 'src/b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }

  test.each([
    { name: 'all is well', report: report([], 3, 0), code: 0, passed: 3, failed: 0 },
    { name: 'a failed test counts once, not once more for its file', report: report([loaded], 3, 1), code: 1, passed: 3, failed: 1 },
    { name: 'a file that cannot be loaded is a failure', report: report([unloadable], 3, 0), code: 1, passed: 3, failed: 1 },
    { name: 'a bad end with only good tests is a failure', report: report([], 3, 0), code: 1, passed: 3, failed: 1 },
    { name: 'no report at all is a failure', report: undefined, code: 137, passed: 0, failed: 1 },
  ])('$name', ({ report, code, passed, failed }) => {
    expect(tallyOf(report, code)).toMatchObject({ passed, failed })
  })

  test('the closing words name what failed, and sum up', () => {
    const total = add(check('lint', true), add(check('types of x', false), tallyOf(report([loaded, unloadable], 3, 1), 1)))
    expect(closingWords(total)).toBe(
      [
        'failed: types of x\n',
        'failed: src/b.test.ts\n    no such module\n',
        'failed: src/a.test.ts\n  a tag goes\n    expected 1 to be 2\n      at a.test.ts:3\n',
        '4 passed, 3 failed',
      ].join('\n'),
    )
  })

  test('a run that ends badly and shows nothing is named too', () => {
    expect(closingWords(tallyOf(undefined, 137))).toMatch(/137[^]*0 passed, 1 failed$/)
  })
})
