import { expect, test } from 'vitest'
import { safeWay } from './safe-way.ts'

test.each([
  [undefined, '/'],
  ['/patients/1?tab=results', '/patients/1?tab=results'],
  ['https://elsewhere.example', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?next=/x', '/'],
])('after signing in, %s leads to %s', (next, way) => expect(safeWay(next)).toBe(way))
