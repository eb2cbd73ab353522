import { expect, test } from 'vitest'
import { listAbove } from './list-above.ts'

const pages = new Set(['/', '/campaigns', '/campaigns/calendar', '/stage-summaries'])

test.each([
  ['/campaigns/1', '/campaigns'],
  ['/campaigns/1/edit', '/campaigns'],
  ['/stage-summaries/1/2', '/stage-summaries'],
  ['/interviews/1', '/'],
  ['/campaigns', '/'],
  ['/', '/'],
])('from %s to %s', (path, list) => expect(listAbove(path, (one) => pages.has(one))).toBe(list))
