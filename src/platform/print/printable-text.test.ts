import { describe, expect, it } from 'vitest'
import { canShow } from './fonts.ts'
import { printable } from './printable-text.ts'

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
})
