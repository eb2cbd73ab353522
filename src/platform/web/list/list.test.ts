import { describe, expect, test } from 'vitest'
import { ariaSort, nextSort, shownColumns, type Column } from './column.ts'
import { cleared, countSet, isFiltered, type FilterField } from './filter-field.ts'
import { rowAct } from './row-keys.ts'
import { addView, readViews, removeView } from './saved-views.ts'

describe('keys', () => {
  test.each([
    ['ArrowDown', 0, true, { move: 1 }],
    ['ArrowDown', 4, true, { move: 4 }],
    ['ArrowUp', 0, true, { move: 0 }],
    ['ArrowUp', 3, false, { move: 2 }],
    ['Home', 3, true, { move: 0 }],
    ['End', 1, true, { move: 4 }],
    ['Enter', 2, true, { open: true }],
    ['Enter', 2, false, undefined],
    [' ', 2, true, { choose: true }],
    [' ', 2, false, undefined],
    ['x', 2, true, { choose: true }],
    ['a', 2, true, undefined],
  ])('%s at row %i (on the row: %s)', (key, at, onRow, expected) => expect(rowAct(key, at, 5, onRow)).toEqual(expected))
})

describe('columns', () => {
  const column = (key: string, optional = false): Column<object> => ({ key, title: key, optional, render: () => null })
  const columns = [column('name'), column('phone'), column('birth', true)]
  const keys = (chosen?: string[]) => shownColumns(columns, chosen).map(({ key }) => key)

  test('optional ones wait until they are chosen; the name stays always', () => {
    expect(keys()).toEqual(['name', 'phone'])
    expect(keys(['birth'])).toEqual(['name', 'birth'])
    expect(keys([])).toEqual(['name'])
  })

  test('a heading goes up, down, and back to the order of the list', () => {
    expect(nextSort(undefined, 'due')).toBe('due')
    expect(nextSort('due', 'due')).toBe('-due')
    expect(nextSort('-due', 'due')).toBeUndefined()
    expect(nextSort('-name', 'due')).toBe('due')
    expect(ariaSort('due', 'due')).toBe('ascending')
    expect(ariaSort('-due', 'due')).toBe('descending')
    expect(ariaSort('due', undefined)).toBeUndefined()
  })
})

describe('filters', () => {
  const fields: FilterField[] = [
    { kind: 'text', key: 'q', label: 'q' },
    { kind: 'choice', key: 'state', label: 'state', options: [], multiple: true },
    { kind: 'dates', from: 'from', to: 'to', label: 'dates' },
    { kind: 'flag', key: 'mine', label: 'mine' },
  ]
  test.each([
    [{}, false, 0],
    [{ mine: false, state: [], q: '' }, false, 0],
    [{ q: '王' }, true, 0],
    [{ to: '2026-01-01', mine: true }, true, 2],
    [{ other: 'x' }, false, 0],
  ])('%j is a filter: %s, behind the button: %i', (state, expected, count) => {
    expect(isFiltered(fields, state)).toBe(expected)
    expect(countSet(fields, state)).toBe(count)
  })
  test('clearing names every key', () => expect(Object.keys(cleared(fields))).toEqual(['q', 'state', 'from', 'to', 'mine']))
})

describe('saved views', () => {
  const view = (name: string, search = `?q=${name}`) => ({ name, search })
  test('the newest stands first, one of the same name is replaced', () => {
    expect(addView([view('a'), view('b')], view('b', '?q=new'))).toEqual([view('b', '?q=new'), view('a')])
    expect(removeView([view('a'), view('b')], 'a')).toEqual([view('b')])
  })
  test('there are twenty at most', () => {
    const many = Array.from({ length: 20 }, (_, i) => view(String(i)))
    expect(addView(many, view('new'))).toHaveLength(20)
  })
  test.each([[null], ['rubbish'], ['{}'], ['[1,null]']])('rubbish is none: %s', (kept) => expect(readViews(kept)).toEqual([]))
  test('what was kept is read', () => expect(readViews(JSON.stringify([view('a')]))).toEqual([view('a')]))
})
