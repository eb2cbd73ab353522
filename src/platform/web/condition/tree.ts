import type { Condition, Leaf } from '../../condition/grammar.ts'

/** A condition as it is put together: groups of questions, each with a name of its own, so that one can be moved. */
export type TreeNode = TreeGroup | TreeLeaf
export interface TreeLeaf {
  type: 'leaf'
  id: string
  /** The kind of fact. */
  code: string
  test: unknown
  /** Asked the other way round: 没有… */
  not: boolean
}
/** all: every one holds; any: one holds; none: none of them; notAll: not all of them together. */
export type GroupMode = 'all' | 'any' | 'none' | 'notAll'
export interface TreeGroup {
  type: 'group'
  id: string
  mode: GroupMode
  items: TreeNode[]
}
export const MODES: readonly GroupMode[] = ['all', 'any', 'none', 'notAll']

let last = 0
/** Names within one page; they are never stored. */
const newId = () => `n${++last}`

export const newLeaf = (code: string, test: unknown): TreeLeaf => ({ type: 'leaf', id: newId(), code, test, not: false })
export const newGroup = (mode: GroupMode, items: TreeNode[] = []): TreeGroup => ({ type: 'group', id: newId(), mode, items })

/** The tree to edit; its root is always a group, so that there is a place to add to. */
export function treeOf(condition: Condition | undefined): TreeGroup {
  if (!condition) return newGroup('all')
  const node = nodeOf(condition)
  return node.type === 'group' ? node : newGroup('all', [node])
}

function nodeOf(condition: Condition): TreeNode {
  if ('all' in condition) return newGroup('all', condition.all.map(nodeOf))
  if ('any' in condition) return newGroup('any', condition.any.map(nodeOf))
  if (!('not' in condition)) return newLeaf(Object.keys(condition)[0]!, Object.values(condition)[0])
  const { not } = condition
  if ('any' in not) return newGroup('none', not.any.map(nodeOf))
  if ('all' in not) return newGroup('notAll', not.all.map(nodeOf))
  const inner = nodeOf(not)
  return inner.type === 'leaf' && !inner.not ? { ...inner, not: true } : newGroup('none', [inner])
}

/** The condition of a tree. An empty group stays, so that who saves it is told that something is missing. */
export function conditionOf(node: TreeNode): Condition {
  if (node.type === 'leaf') {
    const leaf = { [node.code]: node.test } as unknown as Leaf
    return node.not ? { not: leaf } : leaf
  }
  const items = node.items.map(conditionOf)
  if (node.mode === 'all') return { all: items }
  if (node.mode === 'any') return { any: items }
  if (node.mode === 'none') return { not: items.length === 1 ? items[0]! : { any: items } }
  return { not: { all: items } }
}

/** The part of a tree whose leaves pass; groups without any are left out. undefined when nothing is left. */
export function keepLeaves(node: TreeNode, passes: (leaf: TreeLeaf) => boolean): TreeNode | undefined {
  if (node.type === 'leaf') return passes(node) ? node : undefined
  const items = node.items.flatMap((item) => keepLeaves(item, passes) ?? [])
  return items.length > 0 ? { ...node, items } : undefined
}

export function leavesOf(node: TreeNode): TreeLeaf[] {
  return node.type === 'leaf' ? [node] : node.items.flatMap(leavesOf)
}

/** All nodes in the order in which they stand on the page, each before its parts. */
export function nodesOf(node: TreeNode): TreeNode[] {
  return node.type === 'leaf' ? [node] : [node, ...node.items.flatMap(nodesOf)]
}

export function find(root: TreeGroup, id: string): TreeNode | undefined {
  return nodesOf(root).find((node) => node.id === id)
}

export interface Place {
  group: TreeGroup
  at: number
}

/** Where a node stands; undefined for the root. */
export function placeOf(root: TreeGroup, id: string): Place | undefined {
  for (const node of nodesOf(root)) {
    if (node.type === 'leaf') continue
    const at = node.items.findIndex((item) => item.id === id)
    if (at >= 0) return { group: node, at }
  }
  return undefined
}

export function change(root: TreeGroup, id: string, by: (node: TreeNode) => TreeNode): TreeGroup {
  const walk = (node: TreeNode): TreeNode => {
    if (node.id === id) return by(node)
    return node.type === 'leaf' ? node : { ...node, items: node.items.map(walk) }
  }
  return walk(root) as TreeGroup
}

/** @param at behind everything where it is not said */
export function insert(root: TreeGroup, groupId: string, node: TreeNode, at?: number): TreeGroup {
  return change(root, groupId, (group) =>
    group.type === 'group' ? { ...group, items: group.items.toSpliced(at ?? group.items.length, 0, node) } : group,
  )
}

export function remove(root: TreeGroup, id: string): TreeGroup {
  const place = placeOf(root, id)
  return place ? change(root, place.group.id, () => ({ ...place.group, items: place.group.items.toSpliced(place.at, 1) })) : root
}

/** The same once more, behind it, with new names. */
export function copy(root: TreeGroup, id: string): { root: TreeGroup; copied: string | undefined } {
  const [place, node] = [placeOf(root, id), find(root, id)]
  if (!place || !node) return { root, copied: undefined }
  const twin = renamed(node)
  return { root: insert(root, place.group.id, twin, place.at + 1), copied: twin.id }
}

function renamed(node: TreeNode): TreeNode {
  return node.type === 'leaf' ? { ...node, id: newId() } : { ...node, id: newId(), items: node.items.map(renamed) }
}

/** How deep groups may stand in each other, the root counted. The grammar holds six, a denied group counting twice. */
export const LEVELS_MOST = 4

export function levelsOf(node: TreeNode): number {
  return node.type === 'leaf' ? 0 : 1 + Math.max(0, ...node.items.map(levelsOf))
}

/** Moves a node before `at` of a group, as the group is before the move. A group never moves into itself. */
export function moveTo(root: TreeGroup, id: string, groupId: string, at: number): TreeGroup {
  const [place, node] = [placeOf(root, id), find(root, id)]
  if (!place || !node || nodesOf(node).some((inner) => inner.id === groupId)) return root
  const before = place.group.id === groupId && place.at < at ? at - 1 : at
  const moved = insert(remove(root, id), groupId, node, before)
  return levelsOf(moved) > Math.max(LEVELS_MOST, levelsOf(root)) ? root : moved
}

export type Direction = 'up' | 'down' | 'in' | 'out'

/**
 * One step by the keyboard: up and down among its own, beyond them out of the group; `in` to the end of the group before it,
 * or to the beginning of the one after; `out` behind its group. The same tree when there is no such step.
 */
export function step(root: TreeGroup, id: string, direction: Direction): TreeGroup {
  const place = placeOf(root, id)
  if (!place) return root
  const { group, at } = place
  const outer = placeOf(root, group.id)
  if (direction === 'in') {
    const [before, after] = [group.items[at - 1], group.items[at + 1]]
    if (before?.type === 'group') return moveTo(root, id, before.id, before.items.length)
    return after?.type === 'group' ? moveTo(root, id, after.id, 0) : root
  }
  if (direction === 'out') return outer ? moveTo(root, id, outer.group.id, outer.at + 1) : root
  if (direction === 'up') {
    if (at > 0) return moveTo(root, id, group.id, at - 1)
    return outer ? moveTo(root, id, outer.group.id, outer.at) : root
  }
  if (at < group.items.length - 1) return moveTo(root, id, group.id, at + 2)
  return outer ? moveTo(root, id, outer.group.id, outer.at + 1) : root
}

/** What stands becomes one case of several: a new root around it, in which one of them is enough. */
export function besides(root: TreeGroup): TreeGroup {
  return newGroup('any', [root])
}

/** Where the focus goes when a node is taken away: to the one after it, the one before, or its group. */
export function neighbourOf(root: TreeGroup, id: string): string | undefined {
  const place = placeOf(root, id)
  if (!place) return undefined
  const { group, at } = place
  return (group.items[at + 1] ?? group.items[at - 1] ?? group).id
}
