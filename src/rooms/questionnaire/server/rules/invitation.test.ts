import { expect, test } from 'vitest'
import { standingOf, type Standing } from './invitation.ts'

const NOW = new Date('2026-03-02T02:00:00Z')
const open: Standing = { state: 'open', closesAt: null, quota: null, answers: 0 }

test.each<[string, Partial<Standing>]>([
  ['open', {}],
  ['open', { closesAt: new Date('2026-03-02T02:00:01Z') }],
  ['closed', { closesAt: new Date('2026-03-02T02:00:00Z') }],
  ['open', { quota: 3, answers: 2 }],
  ['full', { quota: 3, answers: 3 }],
  ['answered', { state: 'answered', closesAt: new Date(0) }],
  ['withdrawn', { state: 'withdrawn' }],
  ['locked', { state: 'locked' }],
])('a link is %s', (expected, change) => expect(standingOf({ ...open, ...change }, NOW)).toBe(expected))
