import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { printable } from '../../../../platform/print/printable-text.ts'
import { sampleDocument } from './sample-document.ts'

it('a usual report can be printed as it is', () => {
  const missing = new Set<string>()
  const document = sampleDocument()
  expect(printable(document, missing)).toEqual(document)
  expect(missing.size).toBe(0)
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
