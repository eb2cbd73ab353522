import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mergedPaces, readPaces, writePaces } from './paces-file.ts'
import type { SavedPace } from './paces.ts'

const NOW = Date.parse('2026-11-22T08:00:00Z')
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()
const aPace = (over: Partial<SavedPace> = {}): SavedPace => ({ tokens: 3, at: at(0), ...over })
const aFolder = () => mkdtempSync(join(tmpdir(), 'peiban-paces-'))

describe('buckets in a file', () => {
  test('are read as they were written, by the next process too', () => {
    const folder = aFolder()
    writePaces(folder, 'a', { 'qq|x.cn': aPace({ heldUntil: at(15), strikes: 1 }) }, NOW)
    expect(readPaces(folder)).toEqual({ owner: 'a', paces: { 'qq|x.cn': aPace({ heldUntil: at(15), strikes: 1 }) } })
    expect(readdirSync(folder)).toEqual(['paces.json'])
  })

  test.each([['nothing'], ['{"owner":1}'], [''], ['null'], ['{"owner":"a","paces":nul']])(
    'a file that is torn or strange says nothing: %s',
    (text) => {
      const folder = aFolder()
      if (text !== 'nothing') writeFileSync(join(folder, 'paces.json'), text)
      expect(readPaces(folder)).toEqual({ owner: '', paces: {} })
    },
  )

  test("a process's own file takes what it says; that of another is not forgotten", () => {
    const folder = aFolder()
    writePaces(folder, 'a', { 'qq|x.cn': aPace({ heldUntil: at(15) }), 'gmail|x.cn': aPace() }, NOW)
    writePaces(folder, 'a', { 'gmail|x.cn': aPace() }, NOW)
    expect(Object.keys(readPaces(folder).paces)).toEqual(['gmail|x.cn'])
    writePaces(folder, 'b', { 'netease|x.cn': aPace() }, NOW)
    expect(Object.keys(readPaces(folder).paces).toSorted()).toEqual(['gmail|x.cn', 'netease|x.cn'])
  })

  test('what has not changed is not written again', () => {
    const folder = aFolder()
    writePaces(folder, 'a', { 'qq|x.cn': aPace() }, NOW)
    const before = readFileSync(join(folder, 'paces.json'), 'utf8')
    writeFileSync(join(folder, 'paces.json'), ` ${before}`)
    writePaces(folder, 'a', { 'qq|x.cn': aPace() }, NOW)
    expect(readFileSync(join(folder, 'paces.json'), 'utf8')).toBe(` ${before}`)
  })
})

describe('of two processes', () => {
  test.each<[string, SavedPace | undefined, SavedPace, SavedPace | undefined]>([
    [
      'the later hold counts',
      aPace({ heldUntil: at(5) }),
      aPace({ heldUntil: at(30) }),
      aPace({ heldUntil: at(30), strikes: 0 }),
    ],
    [
      'and the smaller rest',
      aPace({ tokens: 9 }),
      aPace({ tokens: 1, at: at(-1) }),
      aPace({ tokens: 1, at: at(-1), strikes: 0 }),
    ],
    ['and more strikes', aPace({ strikes: 1 }), aPace({ strikes: 3 }), aPace({ strikes: 3 })],
    [
      'and fewer connections',
      aPace(),
      aPace({ narrowTo: 1, narrowUntil: at(60) }),
      aPace({ narrowTo: 1, narrowUntil: at(60), strikes: 0 }),
    ],
    ['what only the other knows is kept for an hour', undefined, aPace({ at: at(-59) }), aPace({ at: at(-59) })],
    ['and no longer', undefined, aPace({ at: at(-61) }), undefined],
    [
      'unless it is held for longer',
      undefined,
      aPace({ at: at(-61), heldUntil: at(10) }),
      aPace({ at: at(-61), heldUntil: at(10) }),
    ],
  ])('%s', (_name, own, theirs, expected) => {
    expect(mergedPaces(own ? { key: own } : {}, { key: theirs }, NOW)['key']).toEqual(expected)
  })
})
