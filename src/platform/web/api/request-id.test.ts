import { expect, test } from 'vitest'
import { z } from 'zod'
import { requestId } from './request-id.ts'

test('a key of chance is a UUID, and another each time', () => {
  const [one, two] = [requestId(), requestId()]
  expect(z.uuid().safeParse(one).success).toBe(true)
  expect(one).not.toBe(two)
})
