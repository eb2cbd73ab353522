import { defineConfig } from 'vitest/config'
import { loadedByNode } from './test/run/loading.ts'

const TESTS = ['src/**/*.test.ts', 'bench/**/*.test.ts', 'test/*.test.ts']
/** Functions of what they are handed: they need no database. */
const PURE = ['src/clinical/**/*.test.ts', 'src/rooms/*/server/rules/**/*.test.ts', 'src/rooms/*/contract/**/*.test.ts']

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for may take its time on a busy machine: a second, the default, is no statement about it.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    pool: 'forks',
    projects: [
      // Many files in one process, each with a database of its own: to load the house anew for each took three quarters of the time.
      {
        extends: true,
        test: { name: 'house', include: TESTS, exclude: ['**/node_modules/**', ...PURE], globalSetup: ['test/database.ts'], isolate: false, ...loadedByNode },
      },
      {
        extends: true,
        test: { name: 'simulation', include: ['test/simulation/**/*.test.ts'], globalSetup: ['test/database.ts'], ...loadedByNode },
      },
      { extends: true, test: { name: 'pure', include: PURE, isolate: false, ...loadedByNode } },
      // Node does not read React's syntax.
      { extends: true, test: { name: 'drawn', include: ['src/**/*.test.tsx'] } },
    ],
  },
})
