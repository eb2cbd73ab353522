import { expect, test } from 'vitest'
import { signInAddress } from './sign-in-address.ts'

test.each([
  ['/', '', '/sign-in'],
  ['/patients', '', '/sign-in?next=%2Fpatients'],
  ['/patients', '?q=王', '/sign-in?next=%2Fpatients%3Fq%3D%E7%8E%8B'],
  ['/sign-in', '?next=%2Fpatients', undefined],
])('from %s%s one goes to %s', (pathname, search, expected) => expect(signInAddress({ pathname, search })).toBe(expected))
