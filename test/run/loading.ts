import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Kept from run to run, and for each version of Node by itself. The workers inherit the variable.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../../build/compile-cache')
enableCompileCache()

/**
 * Modules are loaded by Node itself, as `npm start` loads them. Vite's runner, Vitest's own way, turned each of the
 * thousand modules of the house over once more for every file: more time went there than into the tests.
 */
export const loadedByNode = { experimental: { viteModuleRunner: false, nodeLoader: false } } as const
