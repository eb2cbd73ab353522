import { describe, expect, test } from 'vitest'
import { lookName, nameOfLook, readLook, type Look } from '../../contract/look.ts'
import { canMove, dressed, styleFor } from './look.ts'

const LOOKS = (['light', 'dark'] as const).flatMap((theme) =>
  (['zh', 'en'] as const).flatMap((language) => [true, false].map((moves): Look => ({ theme, language, moves }))),
)

test.each(LOOKS)('the name of $theme $language $moves is read back', (look) => {
  expect(lookName.parse(nameOfLook(look))).toBe(nameOfLook(look))
  expect(readLook(nameOfLook(look))).toEqual(look)
})

test.each(['light', 'light-zh-moving-0', 'light-zh-moving-1x', 'blue-zh-moving-1', '../x'])('%s is no look', (name) =>
  expect(lookName.safeParse(name).success).toBe(false),
)

describe('the sheet', () => {
  const light: Look = { theme: 'light', language: 'zh', moves: true }

  test('moves only where it is asked to, and stops for whoever wants less', () => {
    expect(styleFor(light)).toMatch(/prefers-reduced-motion:reduce\)\{\*\{animation:none/)
    expect(styleFor({ ...light, moves: false })).not.toContain('animation')
  })

  test('shows the words of one language', () => {
    expect(styleFor(light)).toContain('.en{display:none}')
    expect(styleFor({ ...light, language: 'en' })).toContain('.zh{display:none}')
  })

  test('has the same colours by night, in other values', () => {
    const names = (theme: 'light' | 'dark') =>
      [...styleFor({ ...light, theme }).matchAll(/\.f-([\w-]+)\{/g)].map(([, name]) => name)
    expect(names('dark')).toEqual(names('light'))
    expect(styleFor({ ...light, theme: 'dark' })).not.toBe(styleFor(light))
  })

  test('closes no element early', () => expect(styleFor(light)).not.toContain('<'))

  // WCAG 1.4.3, for words on the two grounds that they stand on.
  test.each(['light', 'dark'] as const)('words can be read by %s', (theme) => {
    const style = styleFor({ ...light, theme })
    const colour = (name: string) => new RegExp(`\\.f-${name}\\{fill:(#\\w{6})\\}`).exec(style)![1]!
    for (const words of ['ink', 'soft'])
      for (const ground of ['ground', 'paper'])
        expect(contrast(colour(words), colour(ground)), `${words} on ${ground}`).toBeGreaterThan(4.5)
  })
})

test('a drawing is dressed once, before its own lines', () => {
  const svg = '<svg viewBox="0 0 1 1"><title>a</title></svg>'
  expect(dressed(svg, { theme: 'light', language: 'zh', moves: false })).toMatch(
    /^<svg viewBox="0 0 1 1"><style>[^<]*<\/style><title>a<\/title><\/svg>$/,
  )
})

test.each([
  ['<g class="f-ink m-flow"/>', true],
  ['<g class="m-flow"/>', true],
  ['<g class="f-ink dim-flow"/>', false],
  ['<g/>', false],
])('%s can move: %s', (svg, expected) => expect(canMove(svg)).toBe(expected))

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light! + 0.05) / (dark! + 0.05)
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
