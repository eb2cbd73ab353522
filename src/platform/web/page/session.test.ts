import { expect, test } from 'vitest'
import { may, type Asked } from './session.ts'

const nurse = { permissions: ['task.read', 'task.do'] }

test.each<[Asked, boolean]>([
  [undefined, true],
  ['task.do' as never, true],
  ['audit.read' as never, false],
  [['audit.read', 'task.do'] as never, true],
  [[] as never, false],
])('asked %j, a nurse may: %s', (asked, expected) => expect(may(nurse, asked)).toBe(expected))

test('nobody may what needs a permission', () => {
  expect(may(undefined, 'task.do' as never)).toBe(false)
  expect(may(undefined, undefined)).toBe(true)
})
