import { describe, expect, test } from 'vitest'
import type { Condition } from '../../condition/grammar.ts'
import { besides, change, conditionOf, copy, find, insert, keepLeaves, leavesOf, levelsOf, moveTo, neighbourOf, newGroup, newLeaf, placeOf, remove, step, treeOf, type TreeGroup, type TreeNode } from './tree.ts'

const c = (condition: unknown) => condition as Condition
const leaf = (name: string) => newLeaf('tag', { code: name })
const named = (node: TreeNode): string => (node.type === 'leaf' ? (node.test as { code: string }).code : `${node.mode}(${node.items.map(named).join(' ')})`)
const idOf = (root: TreeGroup, name: string) => leavesOf(root).find((one) => named(one) === name)!.id

/** all(a b any(c d) e) */
function aTree() {
  const inner = newGroup('any', [leaf('c'), leaf('d')])
  return { root: newGroup('all', [leaf('a'), leaf('b'), inner, leaf('e')]), inner }
}

describe('a condition and its tree', () => {
  const same: [string, unknown][] = [
    ['all', { all: [{ sex: 'male' }, { age: { op: '>=', years: 60 } }] }],
    ['any within all', { all: [{ any: [{ sex: 'male' }, { deceased: true }] }] }],
    ['a denied question', { all: [{ not: { sex: 'male' } }] }],
    ['none of several', { all: [{ not: { any: [{ sex: 'male' }, { deceased: true }] } }] }],
    ['not all of several', { not: { all: [{ sex: 'male' }, { deceased: true }] } }],
    ['a denied denial', { all: [{ not: { not: { sex: 'male' } } }] }],
  ]
  test.each(same)('%s comes back as it was', (_name, condition) => expect(conditionOf(treeOf(c(condition)))).toEqual(condition))

  test('a question alone stands in a group, nothing at all in an empty one', () => {
    expect(conditionOf(treeOf(c({ sex: 'male' })))).toEqual({ all: [{ sex: 'male' }] })
    expect(conditionOf(treeOf(undefined))).toEqual({ all: [] })
  })

  test('none of one is not it', () => expect(conditionOf(newGroup('none', [leaf('a')]))).toEqual({ not: { tag: { code: 'a' } } }))

  test('what does not pass is left out, and groups that it leaves empty', () => {
    const { root } = aTree()
    expect(named(keepLeaves(root, (one) => ['a', 'e'].includes(named(one)))!)).toBe('all(a e)')
    expect(keepLeaves(root, () => false)).toBeUndefined()
  })
})

describe('moving', () => {
  const steps: [string, Parameters<typeof step>[2], string][] = [
    ['b', 'up', 'all(b a any(c d) e)'],
    ['a', 'down', 'all(b a any(c d) e)'],
    // Beyond the edge of a group one is out of it.
    ['c', 'up', 'all(a b c any(d) e)'],
    ['d', 'down', 'all(a b any(c) d e)'],
    ['d', 'out', 'all(a b any(c) d e)'],
    ['e', 'in', 'all(a b any(c d e))'],
    ['b', 'in', 'all(a any(b c d) e)'],
    // Where there is no such step nothing moves.
    ['a', 'up', 'all(a b any(c d) e)'],
    ['a', 'in', 'all(a b any(c d) e)'],
    ['a', 'out', 'all(a b any(c d) e)'],
    ['e', 'down', 'all(a b any(c d) e)'],
  ]
  test.each(steps)('%s %s', (name, direction, expected) => {
    const { root } = aTree()
    expect(named(step(root, idOf(root, name), direction))).toBe(expected)
  })

  test('a node keeps its name, so that the focus can follow it', () => {
    const { root } = aTree()
    const id = idOf(root, 'b')
    expect(find(step(root, id, 'in'), id)).toBe(find(root, id))
  })

  test('it is dropped where it is shown, also behind its own place', () => {
    const { root, inner } = aTree()
    expect(named(moveTo(root, idOf(root, 'a'), root.id, 2))).toBe('all(b a any(c d) e)')
    expect(named(moveTo(root, idOf(root, 'e'), root.id, 0))).toBe('all(e a b any(c d))')
    expect(named(moveTo(root, idOf(root, 'a'), inner.id, 1))).toBe('all(b any(c a d) e)')
  })

  test('a group never moves into itself, nor deeper than people read', () => {
    const { root, inner } = aTree()
    expect(moveTo(root, inner.id, inner.id, 0)).toBe(root)
    const deep = newGroup('all', [newGroup('any', [newGroup('all', [newGroup('any', [leaf('x')])])]), newGroup('all', [leaf('y')])])
    const innermost = placeOf(deep, idOf(deep, 'x'))!.group
    expect(levelsOf(deep)).toBe(4)
    expect(moveTo(deep, deep.items[1]!.id, innermost.id, 0)).toBe(deep)
  })
})

describe('changing', () => {
  test('a copy stands behind its origin, with names of its own', () => {
    const { root, inner } = aTree()
    const { root: next, copied } = copy(root, inner.id)
    expect(named(next)).toBe('all(a b any(c d) any(c d) e)')
    expect(copied).not.toBe(inner.id)
    const ids = leavesOf(next).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(copy(root, root.id)).toEqual({ root, copied: undefined })
  })

  test('a node is put in, changed and taken away; the rest stays as it is', () => {
    const { root, inner } = aTree()
    expect(named(insert(root, inner.id, leaf('x')))).toBe('all(a b any(c d x) e)')
    expect(named(remove(root, inner.id))).toBe('all(a b e)')
    expect(remove(root, root.id)).toBe(root)
    const turned = change(root, inner.id, (node) => ({ ...node, mode: 'none' }) as TreeNode)
    expect(named(turned)).toBe('all(a b none(c d) e)')
    expect(turned.items[0]).toBe(root.items[0])
  })

  test('what stands becomes one case of several', () => expect(named(besides(aTree().root))).toBe('any(all(a b any(c d) e))'))

  test('the focus goes to what stands next, or before, or around', () => {
    const { root, inner } = aTree()
    expect(neighbourOf(root, idOf(root, 'a'))).toBe(idOf(root, 'b'))
    expect(neighbourOf(root, idOf(root, 'e'))).toBe(inner.id)
    const one = newGroup('all', [leaf('x')])
    expect(neighbourOf(one, idOf(one, 'x'))).toBe(one.id)
    expect(neighbourOf(root, root.id)).toBeUndefined()
  })
})
