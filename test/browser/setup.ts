import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureStaffWeb } from '../../bin/launcher/staff-web.mjs'
import { findChromium } from '../chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of a Chromium that runs. */
    chromium: string
  }
}

/** Once for all files: the pages are built when their sources have changed, and a Chromium is looked for. */
export default async function setup(project: TestProject): Promise<void> {
  await ensureStaffWeb(join(import.meta.dirname, '../..'))
  project.provide('chromium', await findChromium())
}
