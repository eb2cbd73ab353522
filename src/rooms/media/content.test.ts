import { describe, expect, test } from 'vitest'
import { indicatorByCode } from '../../clinical/index.ts'
import { mediaFaults } from './server/rules/wording.ts'
import { shippedMedia, shippedPictures } from './server/shipped.ts'

/** The cards that come with Peiban: whole, plain, each drawing used and within its walls. */

const cards = shippedMedia.map((card) => [card.code, card] as const)

test('there are seventeen, each once', () => {
  expect(new Set(shippedMedia.map(({ code }) => code)).size).toBe(shippedMedia.length)
  expect(shippedMedia.length).toBe(17)
})

describe.each(cards)('%s', (_code, card) => {
  test('says its words plainly, and holds for a year at least', () =>
    expect(mediaFaults(card, '2027-11-22')).toEqual([]))

  test('says what is uncomfortable or uncertain, and where each line is from', () => {
    expect(card.honest.length).toBeGreaterThan(0)
    for (const { source } of [...card.steps, ...card.honest]) expect(source.length).toBeGreaterThan(5)
  })

  test('names indicators that there are', () => {
    const unknown = card.topics.filter((one) => one.startsWith('indicator:') && !indicatorByCode(one.slice(10)))
    expect(unknown).toEqual([])
  })

  test('has no picture twice, and tells listeners more than the words below it', () => {
    expect(new Set(card.steps.map(({ picture }) => picture)).size).toBe(card.steps.length)
    for (const { alt, caption } of card.steps) {
      expect(alt.zh).not.toBe(caption.zh)
      expect(alt.zh.length).toBeGreaterThan(10)
    }
  })
})

test('every drawing is used, and every picture of a card is a drawing of ours', () => {
  const used = new Set(shippedMedia.flatMap(({ steps }) => steps.map(({ picture }) => picture)))
  const drawn = [...shippedPictures].map(([name, { key }]) => [name, used.has(key)])
  expect(drawn.filter(([, isUsed]) => !isUsed)).toEqual([])
  expect([...used].filter((key) => ![...shippedPictures.values()].some((picture) => picture.key === key))).toEqual([])
})

describe.each([...shippedPictures])('the drawing %s', (_name, { svg, width, height, size_bytes }) => {
  test('is small, four to three, in our colours only', () => {
    expect(size_bytes).toBeLessThan(20_000)
    expect([width, height]).toEqual([360, 270])
    expect(svg).not.toMatch(/(?:fill|stroke)="(?!none)/)
  })

  test('has its words in both languages', () => {
    const count = (language: string) => svg!.match(new RegExp(`class="t[^"]* ${language}"`, 'g'))?.length ?? 0
    expect(count('en')).toBe(count('zh'))
    const bare = [...svg!.matchAll(/<text class="([^"]*)"[^>]*>([^<]*)</g)].filter(
      ([, cls]) => !/\b(zh|en)$/.test(cls!),
    )
    expect(bare.filter(([, , words]) => /\p{L}/u.test(words!))).toEqual([])
  })
})
