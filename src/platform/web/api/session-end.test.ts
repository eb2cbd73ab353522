import { expect, test } from 'vitest'
import { session } from './session-end.ts'

test.each([
  ['NotSignedIn', 1],
  ['SignInUnfinished', 1],
  ['SignInRefused', 0],
  ['NotPermitted', 0],
])('%s leads to the sign-in page %i times', (code, times) => {
  let left = 0
  session.onEnd(() => left++)
  session.refused(code)
  expect(left).toBe(times)
})
