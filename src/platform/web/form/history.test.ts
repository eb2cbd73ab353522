import { expect, test } from 'vitest'
import { begin, edit, redo, undo, type History } from './history.ts'

type Act = ['edit', string, string?] | ['undo'] | ['redo']
const after = (acts: readonly Act[]): History<string> =>
  acts.reduce<History<string>>(
    (history, [act, next, key]) =>
      act === 'edit' ? edit(history, next!, key) : act === 'undo' ? undo(history) : redo(history),
    begin('0'),
  )

test.each<[string, Act[], string, number, number]>([
  ['nothing', [], '0', 0, 0],
  [
    'two edits',
    [
      ['edit', '1'],
      ['edit', '2'],
    ],
    '2',
    2,
    0,
  ],
  ['back', [['edit', '1'], ['edit', '2'], ['undo']], '1', 1, 1],
  ['all the way back and no further', [['edit', '1'], ['undo'], ['undo']], '0', 0, 1],
  ['back and forth', [['edit', '1'], ['edit', '2'], ['undo'], ['undo'], ['redo'], ['redo'], ['redo']], '2', 2, 0],
  ['an edit after going back drops what was ahead', [['edit', '1'], ['undo'], ['edit', '3'], ['redo']], '3', 1, 0],
  [
    'letters of one field are one step',
    [['edit', 'a', 'f'], ['edit', 'ab', 'f'], ['edit', 'abc', 'f'], ['undo']],
    '0',
    0,
    1,
  ],
  [
    'two fields are two steps',
    [
      ['edit', 'a', 'f'],
      ['edit', 'b', 'g'],
    ],
    'b',
    2,
    0,
  ],
  [
    'an undo between ends the step',
    [['edit', 'a', 'f'], ['edit', 'ab', 'f'], ['undo'], ['redo'], ['edit', 'abc', 'f']],
    'abc',
    2,
    0,
  ],
  ['what has not changed is no step', [['edit', '0']], '0', 0, 0],
])('%s', (_name, acts, now, past, future) => {
  const history = after(acts)
  expect([history.now, history.past.length, history.future.length]).toEqual([now, past, future])
})

test('the oldest steps go after three hundred', () => {
  let history = begin(0)
  for (let n = 1; n <= 400; n++) history = edit(history, n)
  expect([history.past.length, history.past[0]]).toEqual([300, 100])
})
