import type { Condition } from '../contract/condition.ts'

/** A condition as the builder shows it: groups of questions. `none` stands for `not`. */
export type TreeNode = TreeGroup | { kind: 'leaf'; leaf: Leaf }
export interface TreeGroup {
  kind: 'group'
  mode: 'all' | 'any' | 'none'
  items: TreeNode[]
}
export type Leaf = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>

export const LEAF_KINDS = [
  'indicator',
  'age',
  'sex',
  'condition',
  'procedure',
  'familyHistory',
  'tag',
  'since',
  'deceased',
] as const
export type LeafKind = (typeof LEAF_KINDS)[number]

export function kindOf(leaf: Leaf): LeafKind {
  return LEAF_KINDS.find((kind) => kind in leaf)!
}

/** The tree to edit; its root is always a group, so that there is a place to add to. */
export function treeOf(condition: Condition): TreeGroup {
  const node = nodeOf(condition)
  return node.kind === 'group' ? node : { kind: 'group', mode: 'all', items: [node] }
}

function nodeOf(condition: Condition): TreeNode {
  if ('all' in condition) return { kind: 'group', mode: 'all', items: condition.all.map(nodeOf) }
  if ('any' in condition) return { kind: 'group', mode: 'any', items: condition.any.map(nodeOf) }
  if ('not' in condition) {
    const items = 'any' in condition.not ? condition.not.any : [condition.not]
    return { kind: 'group', mode: 'none', items: items.map(nodeOf) }
  }
  return { kind: 'leaf', leaf: condition }
}

/** The condition of a tree; an empty group is kept, so that the schema can tell that something is missing. */
export function conditionOf(node: TreeNode): Condition {
  if (node.kind === 'leaf') return node.leaf
  const items = node.items.map(conditionOf)
  if (node.mode === 'all') return { all: items }
  if (node.mode === 'any') return { any: items }
  return { not: items.length === 1 ? items[0]! : { any: items } }
}

/** A question with what is most often meant already chosen. What only the writer can know is empty. */
export function newLeaf(kind: LeafKind): Leaf {
  switch (kind) {
    case 'indicator':
      return { indicator: { code: '', pick: 'newest', is: { op: '>=', value: 0 }, within: { months: 12 } } }
    case 'age':
      return { age: { op: '>=', years: 18 } }
    case 'sex':
      return { sex: 'female' }
    case 'condition':
      return { condition: { codes: [], status: 'active' } }
    case 'procedure':
      return { procedure: { kind: 'surgery' } }
    case 'familyHistory':
      return { familyHistory: { codes: [] } }
    case 'tag':
      return { tag: { code: '' } }
    case 'since':
      return { since: { event: 'any-contact', op: '>=', span: { months: 12 } } }
    case 'deceased':
      return { deceased: true }
  }
}
