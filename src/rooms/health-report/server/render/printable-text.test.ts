import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canShow } from './fonts.ts'
import { printable } from './printable-text.ts'
import { sampleDocument } from './sample-document.ts'

describe('canShow', () => {
  it.each([...'欧阳䶮㛃𬭎㼆⁹₂×≥μ℃ⅠÜ'])('shows %s', (character) => expect(canShow(character)).toBe(true))
  it.each([...'😀ก𠀀'])('does not show %s', (character) => expect(canShow(character)).toBe(false))
})

describe('printable', () => {
  it.each([
    ['rare names stay', '欧阳䶮', '欧阳䶮', []],
    ['what no font holds becomes a mark', '头晕😀两周', '头晕〓两周', ['😀']],
    ['a character beyond the first plane counts once', '𠀀', '〓', ['𠀀']],
    ['invisible characters go', '\uFEFF王\u200B\u0000\u{E0100}一\u202E', '王一', []],
    ['line ends become one kind', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd', []],
    ['tabs become spaces', 'a\tb', 'a b', []],
  ])('%s', (_, text, expected, gone) => {
    const missing = new Set<string>()
    expect(printable(text, missing)).toBe(expected)
    expect([...missing]).toEqual(gone)
  })

  it('goes through lists and objects and leaves numbers alone', () => {
    const missing = new Set<string>()
    expect(printable({ a: ['ก', 1, null, undefined], b: { c: true } }, missing)).toEqual({
      a: ['〓', 1, null, undefined],
      b: { c: true },
    })
    expect([...missing]).toEqual(['ก'])
  })

  it('leaves a usual report as it is', () => {
    const missing = new Set<string>()
    const document = sampleDocument()
    expect(printable(document, missing)).toEqual(document)
    expect(missing.size).toBe(0)
  })
})

describe('the words of the templates', () => {
  const words = ['zh-CN', 'en'].map(
    (language) =>
      JSON.parse(
        readFileSync(new URL(`../../content/report-2/words.${language}.json`, import.meta.url), 'utf8'),
      ) as unknown,
  )

  it('have the same keys in both languages', () => expect(shape(words[0])).toEqual(shape(words[1])))

  it('can all be printed', () => {
    const missing = new Set<string>()
    expect(printable(words, missing)).toEqual(words)
    expect([...missing]).toEqual([])
  })
})

function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shape(part)]))
}
