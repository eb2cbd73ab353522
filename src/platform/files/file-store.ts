import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sealer } from '../pii/sealer.ts'

/** Files by organization and content: the key is the SHA-256 of what is in them, so storing twice stores once. */
export interface FileStore {
  put(organizationId: string, content: Uint8Array): Promise<StoredFile>
  get(organizationId: string, key: string): Promise<Buffer>
  readonly folder: string
}

export interface StoredFile {
  key: string
  sizeBytes: number
}

/** Keeps files under a folder, encrypted with the house's key. */
export function openFileStore(folder: string, sealer: Sealer): FileStore {
  const pathOf = (organizationId: string, key: string) => join(folder, organizationId, key.slice(0, 2), key)
  return {
    folder,
    async put(organizationId, content) {
      const key = createHash('sha256').update(content).digest('hex')
      const path = pathOf(organizationId, key)
      if (!(await stat(path).catch(() => undefined))) await keep(path, sealer.sealBytes(organizationId, content))
      return { key, sizeBytes: content.byteLength }
    },
    async get(organizationId, key) {
      if (!/^[0-9a-f]{64}$/.test(key)) throw new RangeError('not a file key')
      return sealer.openBytes(organizationId, await readFile(pathOf(organizationId, key)))
    },
  }
}

/** When this returns, the file outlives a power cut; before, it is whole or not there. */
async function keep(path: string, content: Uint8Array): Promise<void> {
  const folder = dirname(path)
  const changed = await makeFolder(folder)
  // Of its own name each time, since the same file may be put twice at once.
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.part`
  try {
    await writeFile(unfinished, content, { mode: 0o600, flush: true })
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  for (const one of changed) await syncFolder(one)
}

/** Makes a folder and those above it. @returns which have to be synced once there is something in it */
export async function makeFolder(folder: string): Promise<string[]> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  return made ? [folder, ...parentsUpTo(dirname(made), folder)] : [folder]
}

/** The folders above `folder`, up to `top`. */
function parentsUpTo(top: string, folder: string): string[] {
  const parent = dirname(folder)
  return folder === top || parent === folder ? [] : [parent, ...parentsUpTo(top, parent)]
}

/** A name in a folder outlives a power cut only when the folder was written too. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
