import { expect, test } from 'vitest'
import { SECTIONS } from '../contract/words.ts'
import { newId, withAnswerPlaces } from './written.ts'

const empty = SECTIONS.map((key) => ({ key, sentences: [] }))

test('what a person has to write has a place, what the record says has none of its own', () => {
  const written = withAnswerPlaces(empty)
  expect(written.filter(({ sentences }) => sentences.length > 0).map(({ key }) => key)).toEqual(['doctor', 'next'])
  expect(new Set(written.flatMap(({ sentences }) => sentences.map(({ id }) => id))).size).toBe(2)
})

test('an id is never given twice', () => {
  const written = withAnswerPlaces(empty)
  expect(newId(written)).toBe('own-3')
  expect(newId([{ key: 'next', sentences: [{ id: 'own-2', text: '' }] }])).toBe('own-1')
})
