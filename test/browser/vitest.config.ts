import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Pages driven in a real Chromium: one file at a time: two gain a fifth, and wait for each other. */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/database.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
    fileParallelism: false,
    pool: 'forks',
  },
})
