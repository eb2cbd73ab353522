import { expect, test } from 'vitest'
import { condition, type Condition } from '../contract/condition.ts'
import shipped from '../content/shipped-tags.json' with { type: 'json' }
import { conditionOf, kindOf, LEAF_KINDS, newLeaf, treeOf } from './condition-tree.ts'

const rules = shipped.tags
  .filter((tag) => tag.condition)
  .map((tag) => [tag.code, condition.parse(tag.condition)] as const)

test.each(rules)('%s is the same rule after the builder', (_code, rule) => {
  const once = conditionOf(treeOf(rule))
  expect(conditionOf(treeOf(once))).toEqual(once)
  // Only a single question at the root may have got a group around it.
  expect('all' in once && once.all.length === 1 && !('all' in rule) ? once.all[0] : once).toEqual(rule)
})

const old: Condition = { age: { op: '>=', years: 65 } }
const man: Condition = { sex: 'male' }
test.each<[string, Condition, Condition]>([
  ['a single question', old, { all: [old] }],
  ['one that is denied', { not: old }, { not: old }],
  ['several that are denied', { not: { any: [old, man] } }, { not: { any: [old, man] } }],
  ['a denied pair', { not: { all: [old, man] } }, { not: { all: [old, man] } }],
])('%s', (_name, given, kept) => expect(conditionOf(treeOf(given))).toEqual(kept))

test.each(LEAF_KINDS)('a new question of the kind %s knows its kind', (kind) =>
  expect(kindOf(newLeaf(kind))).toBe(kind),
)

test('an empty group is not yet a condition', () => {
  expect(condition.safeParse(conditionOf({ kind: 'group', mode: 'none', items: [] })).success).toBe(false)
})
