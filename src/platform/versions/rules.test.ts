import { expect, test } from 'vitest'
import { isOwnDraft, mayPublish } from './rules.ts'

test.each([
  ['who wrote it', 'a', 'a', true],
  ['somebody else', 'a', 'b', false],
  ['what a program wrote, read by a person', null, 'b', false],
  ['what a program wrote, read by a program', null, null, false],
])('%s', (_what, changed_by, id, own) => {
  expect(isOwnDraft({ changed_by }, { id })).toBe(own)
})

test.each([
  ['draft', 'b', ['publish'], true],
  ['draft', 'a', ['publish'], false],
  ['draft', 'b', ['write'], false],
  ['active', 'b', ['publish'], false],
  ['retired', 'b', ['publish'], false],
] as const)('a %s, for %s who may %j', (state, id, permissions, offered) => {
  const actor = { id, permissions: new Set<string>(permissions) }
  expect(mayPublish({ state, changed_by: 'a' }, actor, 'publish')).toBe(offered)
})
