import { describe, expect, test } from 'vitest'
import type { NavGroup } from '../page/staff-page.ts'
import { isFolded, readFolds } from './nav-folds.ts'

const sections = (counts: Partial<Record<NavGroup, number>>) =>
  Object.entries(counts).map(([group, count]) => ({
    group: group as NavGroup,
    entries: Array.from({ length: count }, (_, n) => ({ path: `/${group}/${n}`, label: '', icon: () => null })),
  }))
const PHYSICIAN = sections({ daily: 4, patients: 6, reports: 3, content: 11, settings: 1 })
const REVIEWER = sections({ reports: 1, content: 11 })

describe('a group of the navigation', () => {
  test.each([
    ['daily', PHYSICIAN, {}, false],
    ['reports', PHYSICIAN, {}, false],
    ['content', PHYSICIAN, {}, true],
    ['settings', PHYSICIAN, {}, true],
    ['content', REVIEWER, {}, false],
    ['content', PHYSICIAN, { content: false }, false],
    ['daily', PHYSICIAN, { daily: true }, true],
    ['content', REVIEWER, { content: true }, true],
  ] as const)('%s with %o and kept %o: folded is %s', (group, all, kept, expected) => {
    const own = all.find((section) => section.group === group)!
    expect(isFolded(own, { sections: all, active: '/daily/0', kept })).toBe(expected)
  })

  test('opens by itself where one is in it, unless its reader has folded it', () => {
    const own = PHYSICIAN.find((section) => section.group === 'content')!
    const there = { sections: PHYSICIAN, active: '/content/3' }
    expect(isFolded(own, { ...there, kept: {} })).toBe(false)
    expect(isFolded(own, { ...there, kept: { content: true } })).toBe(true)
  })

  test.each([
    [null, {}],
    ['', {}],
    ['no JSON', {}],
    ['null', {}],
    ['[true]', {}],
    ['{"content":true,"daily":"yes","gone":true}', { content: true }],
  ])('kept as %j is read as %o', (text, expected) => expect(readFolds(text)).toEqual(expected))
})
