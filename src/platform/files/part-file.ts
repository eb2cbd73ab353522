import { constants } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder, syncFolder } from './file-store.ts'

/**
 * A file that comes part by part, such as sound while it is spoken, and can be taken away again. Where each part lies is
 * kept by whoever writes it, in the transaction of that part: what a transaction that was taken back has left behind is
 * written over by the next part. What is in the parts is sealed by the caller.
 */
export interface PartPlace {
  /** Bytes from the beginning of the file. */
  at: number
  size: number
}

/** When this returns, the part outlives a power cut. @param name an id of the house */
export async function writePart(
  folder: string,
  organizationId: string,
  name: string,
  at: number,
  bytes: Uint8Array,
): Promise<void> {
  const path = pathOf(folder, organizationId, name)
  const changed = await makeFolder(dirname(path))
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  try {
    for (let written = 0; written < bytes.byteLength;)
      written += (await handle.write(bytes, written, bytes.byteLength - written, at + written)).bytesWritten
    await handle.sync()
  } finally {
    await handle.close()
  }
  // Only the first part makes the name.
  if (at === 0) for (const one of changed) await syncFolder(one)
}

/** The parts one after another, as they are asked for; the file stays open meanwhile. */
export async function* readParts<P extends PartPlace>(
  folder: string,
  organizationId: string,
  name: string,
  parts: Iterable<P>,
): AsyncGenerator<{ part: P; bytes: Buffer }> {
  const handle = await open(pathOf(folder, organizationId, name), 'r')
  try {
    for (const part of parts) yield { part, bytes: await readWhole(handle, part) }
  } finally {
    await handle.close()
  }
}

async function readWhole(handle: FileHandle, { at, size }: PartPlace): Promise<Buffer> {
  const bytes = Buffer.alloc(size)
  const { bytesRead } = await handle.read(bytes, 0, size, at)
  if (bytesRead !== size) throw new Error(`a part of ${size} bytes ends after ${bytesRead}`)
  return bytes
}

/** Takes the file away; one that is gone already is no fault. */
export async function removeParts(folder: string, organizationId: string, name: string): Promise<void> {
  await rm(pathOf(folder, organizationId, name), { force: true })
}

/** By the end of the id, which is chance: its beginning is the time, and all of a day would lie in one folder. */
function pathOf(folder: string, organizationId: string, name: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)) throw new RangeError('not an id')
  return join(folder, organizationId, 'parts', name.slice(-2), name)
}
