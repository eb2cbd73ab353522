import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { loadedByNode } from '../run/loading.ts'

/** Pages driven in a real Chromium. One file is waiting for its page half of the time: two fill two cores. */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/database.ts', 'test/browser/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    pool: 'forks',
    ...loadedByNode,
  },
})
