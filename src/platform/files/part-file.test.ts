import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { readParts, removeParts, writePart, type PartPlace } from './part-file.ts'

const HOSPITAL = '0190b5a0-0000-7000-8000-000000000001'
const NAME = '0190b5a0-1111-7000-8000-0000000000ab'
const scratch = mkdtempSync(join(tmpdir(), 'peiban-parts-'))
afterAll(() => rmSync(scratch, { recursive: true }))
let folder: string
beforeEach(() => void (folder = mkdtempSync(join(scratch, 'store-'))))

const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
async function textOf(...parts: PartPlace[]): Promise<string> {
  const read: Buffer[] = []
  for await (const { bytes } of readParts(folder, HOSPITAL, NAME, parts)) read.push(bytes)
  return Buffer.concat(read).toString()
}
const write = (at: number, text: string) => writePart(folder, HOSPITAL, NAME, at, Buffer.from(text))

test('parts come back in the order they are asked for, whatever order they came in', async () => {
  await write(0, 'one')
  await write(3, 'two')
  expect(await textOf({ at: 3, size: 3 }, { at: 0, size: 3 })).toBe('twoone')
  expect(files()).toHaveLength(1)
  expect(statSync(files()[0]!).mode & 0o077).toBe(0)
})

test('what a transaction that was taken back left is written over', async () => {
  await write(0, 'one')
  await write(3, 'a long part that never counted')
  await write(3, 'two')
  expect(await textOf({ at: 0, size: 6 })).toBe('onetwo')
})

test('a part that is not there whole is a fault, not silence', async () => {
  await write(0, 'one')
  await expect(textOf({ at: 1, size: 9 })).rejects.toThrow('ends after 2')
})

test('it can be taken away, twice as well', async () => {
  await write(0, 'one')
  await removeParts(folder, HOSPITAL, NAME)
  await removeParts(folder, HOSPITAL, NAME)
  expect(files()).toEqual([])
  await expect(textOf({ at: 0, size: 1 })).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each(['../../etc/passwd', '', 'ab'])('%j is no name of a file', async (name) => {
  await expect(writePart(folder, HOSPITAL, name, 0, Buffer.from('x'))).rejects.toThrow(RangeError)
  expect(files()).toEqual([])
})
