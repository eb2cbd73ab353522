import { describe, expect, test } from 'vitest'
import { DARK, LIGHT, paletteVariables, type Palette } from './palette.ts'

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const WORDS: (keyof Palette)[] = ['text', 'lighter', 'primary', 'danger', 'due', 'low', 'good']
const GROUNDS: (keyof Palette)[] = ['ground', 'card', 'raised', 'over']
const OWN: [keyof Palette, keyof Palette][] = [['danger', 'dangerGround'], ['due', 'dueGround'], ['low', 'lowGround'], ['good', 'goodGround'], ['onPrimary', 'primary'], ['onPrimary', 'primaryHover'], ['onPrimary', 'danger'], ['onPrimary', 'dangerHover']]

describe.each([['light', LIGHT], ['dark', DARK]] as const)('%s', (_name, palette) => {
  const pairs = [...WORDS.flatMap((word) => GROUNDS.map((ground) => [word, ground] as const)), ...OWN]
  test.each(pairs)('%s on %s can be read (4.5 : 1)', (word, ground) => {
    expect(contrast(palette[word], palette[ground])).toBeGreaterThanOrEqual(4.5)
  })
})

test('colours are named in CSS as they are here', () => {
  expect(paletteVariables(LIGHT)).toMatchObject({ '--pb-primary': LIGHT.primary, '--pb-strong-line': LIGHT.strongLine, '--pb-on-primary': '#FFFFFF' })
})
