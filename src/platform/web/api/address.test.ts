import { expect, test } from 'vitest'
import { addressOf, queryOf } from './address.ts'

const endpoint = { name: 'card.find', path: '/patients/:patientId/cards/:cardId' }

test('parameters are escaped', () => {
  expect(addressOf(endpoint, { params: { patientId: 'a/b', cardId: '王' } })).toBe('/api/patients/a%2Fb/cards/%E7%8E%8B')
})

test('a missing parameter is said at once instead of asking for another address', () => {
  expect(() => addressOf(endpoint, { params: { patientId: 'a' } })).toThrow('card.find lacks cardId')
})

test.each([
  [{}, ''],
  [{ q: '', state: undefined, from: null }, ''],
  [{ state: ['due', 'late'] }, '?state=due%2Clate'],
  [{ state: [] }, ''],
  [{ mine: false, limit: 0 }, '?mine=false&limit=0'],
  [{ q: 'a&b=c' }, '?q=a%26b%3Dc'],
])('%j becomes "%s"', (query, expected) => expect(queryOf(query)).toBe(expected))
