import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import { afterAll, expect, test } from 'vitest'
import { zip, type ZipEntry } from './zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'peiban-zip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function packed(entries: ZipEntry[]): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of zip(entries, '2026-03-02')) parts.push(part)
  return Buffer.concat(parts)
}

const entry = (name: string, text: string): ZipEntry => ({ name, bytes: async () => Buffer.from(text) })

/** Two readers that know nothing of each other: a library, and the machine's Python. */
interface Unzipped {
  loadAsync(bytes: Buffer): Promise<{ files: Record<string, { async(kind: 'string'): Promise<string>; date: Date }> }>
}
const jszip = createRequire(import.meta.url)('jszip') as Unzipped

test('what was packed comes out, Chinese names and empty files too', async () => {
  const files = { '001-欧阳䶮.pdf': '一'.repeat(5000), '空.txt': '', '清单.csv': 'a,b\r\n' }
  const bytes = await packed(Object.entries(files).map(([name, text]) => entry(name, text)))
  const read = await jszip.loadAsync(bytes)
  expect(Object.keys(read.files)).toEqual(Object.keys(files))
  for (const [name, text] of Object.entries(files)) expect(await read.files[name]!.async('string')).toBe(text)
  expect(read.files['空.txt']!.date.toISOString().slice(0, 10)).toBe('2026-03-02')
})

test('the same files give the same bytes, and none give an archive that is empty', async () => {
  const files = [entry('a', 'b'), entry('c', 'd')]
  expect(await packed(files)).toEqual(await packed(files))
  expect(Object.keys((await jszip.loadAsync(await packed([]))).files)).toEqual([])
})

test('its sums are right to somebody who checks them', async () => {
  const path = join(folder, 'a.zip')
  writeFileSync(path, await packed([entry('甲.pdf', 'x'.repeat(100_000)), entry('乙.pdf', 'y')]))
  expect(readFileSync(path).subarray(0, 4).toString('latin1')).toBe('PK\x03\x04')
  const check = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))'
  let said = 'None 2'
  try {
    said = execFileSync('python3', ['-c', check, path], { encoding: 'utf8' }).trim()
  } catch {
    // A machine without Python has the library's word.
  }
  expect(said).toBe('None 2')
})
