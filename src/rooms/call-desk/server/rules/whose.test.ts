import { describe, expect, test } from 'vitest'
import { whoseCall, type Near } from './whose.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 2, minute))
const near = (id: string, change: Partial<Near> = {}): Near => ({
  id,
  patientId: `person ${id}`,
  isNamed: false,
  samePhone: true,
  takenAt: at(10),
  endedAt: at(20),
  ...change,
})

describe('whose call a recording is', () => {
  test.each<[string, Near[], object]>([
    [
      'the one that is named, whatever its number',
      [near('a', { isNamed: true, samePhone: false }), near('b')],
      { id: 'a' },
    ],
    ['the one with that number at that time', [near('a', { samePhone: false }), near('b')], { id: 'b' }],
    ['still talking', [near('a', { endedAt: null })], { id: 'a' }],
    ['five minutes off', [near('a', { takenAt: at(16), endedAt: at(25) })], { id: 'a' }],
    ['too late', [near('a', { takenAt: at(0), endedAt: at(5) })], { reason: 'no-call' }],
    ['too early', [near('a', { takenAt: at(18), endedAt: at(25) })], { reason: 'no-call' }],
    ['no number of theirs', [near('a', { samePhone: false })], { reason: 'no-call' }],
    ['a number that two people share', [near('a'), near('b')], { reason: 'many-calls' }],
    [
      'two calls with one person: the nearer',
      [near('a', { patientId: 'x', takenAt: at(8) }), near('b', { patientId: 'x', takenAt: at(11) })],
      { id: 'b' },
    ],
    ['nobody', [], { reason: 'no-call' }],
  ])('%s', (_what, calls, whose) => expect(whoseCall(at(12), calls)).toEqual(whose))
})
