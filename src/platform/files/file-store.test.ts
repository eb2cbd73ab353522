import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { createSealer } from '../pii/sealer.ts'
import { openFileStore, type FileStore } from './file-store.ts'

const [HOSPITAL, CLINIC] = ['0190b5a0-0000-7000-8000-000000000001', '0190b5a0-0000-7000-8000-000000000002']
const scratch = mkdtempSync(join(tmpdir(), 'peiban-store-'))
afterAll(() => rmSync(scratch, { recursive: true }))

let store: FileStore
beforeEach(() => {
  store = openFileStore(mkdtempSync(join(scratch, 'store-')), createSealer(randomBytes(32)))
})

const filesOf = ({ folder }: FileStore) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

test.each([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('体检报告 原件\n')],
  ['bytes', randomBytes(300_000)],
])('what was put comes back: %s', async (_what, content) => {
  const { key, sizeBytes } = await store.put(HOSPITAL, content)
  expect(key).toBe(createHash('sha256').update(content).digest('hex'))
  expect(sizeBytes).toBe(content.length)
  expect(await store.get(HOSPITAL, key)).toEqual(content)
})

test('put twice is stored once', async () => {
  const first = await store.put(HOSPITAL, Buffer.from('报告'))
  const [file] = filesOf(store)
  const written = readFileSync(file!)
  expect(await store.put(HOSPITAL, Buffer.from('报告'))).toEqual(first)
  expect(filesOf(store)).toEqual([file])
  expect(readFileSync(file!)).toEqual(written)
})

test('put many times at once is stored once and is whole', async () => {
  const content = randomBytes(200_000)
  const stored = await Promise.all(Array.from({ length: 20 }, () => store.put(HOSPITAL, content)))
  expect(new Set(stored.map(({ key }) => key)).size).toBe(1)
  expect(filesOf(store)).toHaveLength(1)
  expect(await store.get(HOSPITAL, stored[0]!.key)).toEqual(content)
})

test('on the disk nothing can be read, and nobody else may', async () => {
  const content = Buffer.from('段正淳 18012341999 '.repeat(50))
  await store.put(HOSPITAL, content)
  const [file] = filesOf(store)
  const bytes = readFileSync(file!)
  for (const trace of [content.subarray(0, 12), Buffer.from(content.toString('base64').slice(0, 12))])
    expect(bytes.includes(trace)).toBe(false)
  expect(statSync(file!).mode & 0o077).toBe(0)
})

test('a file costs its own size and 29 bytes', async () => {
  await store.put(HOSPITAL, randomBytes(3000))
  expect(statSync(filesOf(store)[0]!).size).toBe(3029)
})

test('what was put is on the disk before it is said to be: the file, its folder, and the folders made for it', async () => {
  const handle = await open(scratch)
  const sync = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'sync')
  await handle.close()
  try {
    await store.put(HOSPITAL, Buffer.from('报告'))
    expect(sync, 'the file, the two folders made, and the one that holds them').toHaveBeenCalledTimes(4)
    await store.put(HOSPITAL, Buffer.from('报告'))
    expect(sync, 'it is there already').toHaveBeenCalledTimes(4)
  } finally {
    sync.mockRestore()
  }
})

test('another organization has its own files and cannot open these', async () => {
  const { key } = await store.put(HOSPITAL, Buffer.from('报告'))
  await expect(store.get(CLINIC, key)).rejects.toMatchObject({ code: 'ENOENT' })
  await store.put(CLINIC, Buffer.from('报告'))
  expect(filesOf(store)).toHaveLength(2)
  const [mine, theirs] = [HOSPITAL, CLINIC].map((id) => filesOf(store).find((file) => file.includes(id))!)
  writeFileSync(theirs!, readFileSync(mine!))
  await expect(store.get(CLINIC, key)).rejects.toThrow()
})

test('a file that was changed on the disk is not handed out', async () => {
  const { key } = await store.put(HOSPITAL, Buffer.from('报告'))
  const [file] = filesOf(store)
  const bytes = readFileSync(file!)
  bytes[bytes.length - 1]! ^= 1
  writeFileSync(file!, bytes)
  await expect(store.get(HOSPITAL, key)).rejects.toThrow()
})

test.each(['', 'abc', '../../key', `${'a'.repeat(64)}/..`, 'G'.repeat(64), 'A'.repeat(64)])(
  'the key %j is refused',
  async (key) => {
    await expect(store.get(HOSPITAL, key)).rejects.toThrow(RangeError)
  },
)

test('a file that is not there is missing, not empty', async () => {
  await expect(store.get(HOSPITAL, '0'.repeat(64))).rejects.toMatchObject({ code: 'ENOENT' })
})
