import { expect, test } from 'vitest'
import { beginWith, edit, redo, undo, type Edits } from './edits.ts'
import { newGroup, newLeaf } from './tree.ts'

const tree = (years: number) => newGroup('all', [newLeaf('age', { op: '>=', years })])
const [one, two, three, four] = [tree(1), tree(2), tree(3), tree(4)] as const
const years = ({ now }: Edits) => now.items.map((item) => (item.type === 'leaf' ? (item.test as { years: number }).years : 0))[0]

test('each change is taken back and made again', () => {
  const edits = edit(edit(beginWith(one), two), three)
  expect(years(undo(edits))).toBe(2)
  expect(years(undo(undo(edits)))).toBe(1)
  expect(years(redo(undo(edits)))).toBe(3)
  expect(years(redo(redo(undo(undo(edits)))))).toBe(3)
})

test('at either end nothing happens', () => {
  const edits = beginWith(one)
  expect(undo(edits)).toBe(edits)
  expect(redo(edits)).toBe(edits)
  expect(edit(edits, one)).toBe(edits)
})

test('what is typed in one field is one change', () => {
  const typed = edit(edit(edit(beginWith(one), two, 'n1 years'), three, 'n1 years'), four, 'n2 years')
  expect(years(undo(typed))).toBe(3)
  expect(years(undo(undo(typed)))).toBe(1)
})

test('after taking back, the same field begins a change of its own', () => {
  const edits = edit(undo(edit(beginWith(one), two, 'n1 years')), three, 'n1 years')
  expect(years(undo(edits))).toBe(1)
})

test('a new change forgets what had been taken back', () => {
  const edits = edit(undo(edit(beginWith(one), two)), three)
  expect(redo(edits)).toBe(edits)
})

test('no more than a hundred changes are kept', () => {
  let edits = beginWith(one)
  for (let n = 0; n < 150; n++) edits = edit(edits, tree(n))
  expect(edits.past).toHaveLength(100)
})
