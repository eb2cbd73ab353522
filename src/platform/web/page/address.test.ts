import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { flag, listOf, parseSearch, readSearch, writeSearch } from './address.ts'

const schema = z.object({
  q: z.string().optional(),
  state: listOf(z.enum(['due', 'late'])),
  page: z.coerce.number().int().min(1).optional(),
  mine: flag(),
})

describe('reading', () => {
  test.each([
    ['', { mine: false }],
    ['?q=13800001999', { q: '13800001999', mine: false }],
    ['?state=due,late&mine=true&page=2', { state: ['due', 'late'], mine: true, page: 2 }],
    ['?q=%E7%8E%8B+%E4%BA%94', { q: '王 五', mine: false }],
    ['?mine=1', { mine: true }],
  ])('%s', (search, expected) => expect(readSearch(schema, parseSearch(search))).toEqual(expected))

  test.each([
    ['?state=due,gone&q=a', { q: 'a', mine: false }],
    ['?page=-3&state=late', { state: ['late'], mine: false }],
    ['?page=x&state=y', { mine: false }],
  ])('what does not fit is dropped, the rest stays: %s', (search, expected) => {
    expect(readSearch(schema, parseSearch(search))).toEqual(expected)
  })
})

describe('writing', () => {
  test.each([
    [{}, ''],
    [{ q: undefined, state: [], mine: false }, ''],
    [{ state: ['due', 'late'], mine: true }, '?state=due,late&mine=true'],
    [{ q: 'a&b' }, '?q=a%26b'],
  ])('%j', (state, expected) => expect(writeSearch(state)).toBe(expected))

  test('what is written is read again', () => {
    const state = { q: '王 & 五', state: ['late'], page: 3, mine: true }
    expect(readSearch(schema, parseSearch(writeSearch(state)))).toEqual(state)
  })
})
